import { dirname } from 'node:path/posix';
import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
  type GetParametersByPathResult,
} from '@aws-sdk/client-ssm';
import { parseJson } from './parse-json';
import { retry, type RetryPolicy } from './retry';

/** The record of a resource of this library, in this stack or in another one. */
export interface NamedOwnership<T> {
  readonly name: string;
  readonly ownership: T;
  /** A construct that gets another logical id has two resources in its stack, until CloudFormation deletes the old one. */
  readonly isOfThisStack: boolean;
}

/** What a kind of custom resource keeps in its records. */
interface OwnershipKind<T> {
  /** What people see who find the parameter. */
  readonly description: string;
  /** Undefined for JSON that is no record. */
  readonly ownershipFrom: (parsed: unknown) => T | undefined;
  /** What a damaged record no longer says. */
  readonly lost: string;
}

const client = new SSMClient({});

/**
 * Keeps what a custom resource did to a setting of the account in a Systems Manager parameter, because that outlives a failed
 * deployment. Names end in `/<stack>/<resource>`.
 */
export class OwnershipRecord<T> {
  constructor(
    readonly parameterName: string,
    private readonly retryPolicy: RetryPolicy,
    private readonly kind: OwnershipKind<T>,
  ) {}

  async read(): Promise<T | undefined> {
    const command = new GetParameterCommand({ Name: this.parameterName });
    try {
      const { Parameter } = await this.call('GetParameter', (abortSignal) => client.send(command, { abortSignal }));
      const ownership = this.ownershipFrom(Parameter?.Value);
      if (ownership === undefined) {
        throw new Error(this.damaged());
      }
      return ownership;
    } catch (error) {
      if ((error as Error).cause instanceof ParameterNotFound) {
        return undefined;
      }
      throw error;
    }
  }

  /** The records of all other resources of this library in this account and Region. */
  async others(): Promise<NamedOwnership<T>[]> {
    const stack = dirname(this.parameterName);
    const others: NamedOwnership<T>[] = [];
    let NextToken: string | undefined;
    do {
      const command = new GetParametersByPathCommand({ Path: dirname(stack), Recursive: true, NextToken });
      const page: GetParametersByPathResult = await this.call('GetParametersByPath', (abortSignal) =>
        client.send(command, { abortSignal }),
      );
      for (const { Name: name = '', Value } of page.Parameters ?? []) {
        const ownership = this.ownershipFrom(Value);
        if (ownership && name !== this.parameterName) {
          others.push({ name, ownership, isOfThisStack: dirname(name) === stack });
        }
      }
      ({ NextToken } = page);
    } while (NextToken);
    return others;
  }

  async write(ownership: T, name = this.parameterName): Promise<void> {
    const command = new PutParameterCommand({
      Name: name,
      Description: this.kind.description,
      Type: 'String',
      // Two logging configurations with the longest names AWS allows do not fit into the 4 KB of a standard parameter.
      Tier: 'Intelligent-Tiering',
      Overwrite: true,
      Value: JSON.stringify(ownership),
    });
    await this.call('PutParameter', (abortSignal) => client.send(command, { abortSignal }));
  }

  async remove(): Promise<void> {
    const command = new DeleteParameterCommand({ Name: this.parameterName });
    try {
      await this.call('DeleteParameter', (abortSignal) => client.send(command, { abortSignal }));
    } catch (error) {
      if (!((error as Error).cause instanceof ParameterNotFound)) {
        throw error;
      }
    }
  }

  private async call<R>(action: string, send: (abortSignal: AbortSignal) => Promise<R>): Promise<R> {
    try {
      return await retry(send, this.retryPolicy);
    } catch (error) {
      const { name, message } = error as Error;
      throw new Error(`ssm:${action} on "${this.parameterName}" failed with ${name}: ${message}`, { cause: error });
    }
  }

  /** Undefined for a text that is no record. It may hold anything, so no part of it is shown. */
  private ownershipFrom(text = ''): T | undefined {
    try {
      return this.kind.ownershipFrom(parseJson(text, 'the record'));
    } catch {
      return undefined;
    }
  }

  private damaged(): string {
    const name = this.parameterName;
    return (
      `the parameter "${name}" was changed by hand and does not say any more ${this.kind.lost}, so nothing is changed: ` +
      `put back the newest readable value of "aws ssm get-parameter-history --name ${name}", and try again`
    );
  }
}
