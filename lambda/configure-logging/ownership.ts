import { dirname } from 'node:path/posix';
import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
  type GetParametersByPathResult,
} from '@aws-sdk/client-ssm';
import { parseJson } from '../shared/parse-json';
import { retry, type RetryPolicy } from './retry';

/** What a custom resource did to the account's setting. It is written before each change, so that a change that is cut off is covered. */
export interface Ownership {
  /** The configuration that was there before and is given back at the end; null if there was none. */
  readonly former: LoggingConfig | null;
  /** Configurations that were put or about to be put, newest first. More than one while a change is under way or has failed. */
  readonly ours: LoggingConfig[];
  /** Whether the former configuration has been given back, because the resource was switched to adopt. */
  readonly handedBack?: boolean;
  /** Whether the last update was refused. CloudFormation then asks for the former properties again. */
  readonly refused?: boolean;
  /** The record of the resource that put the former configuration, where that was one of this library. */
  readonly over?: string;
  /** Counts the changes that all resources of this library made: of two that put one destination the later one owns it. */
  readonly turn?: number;
}

/** The record of a resource of this library, in this stack or in another one. */
export interface NamedRecord {
  readonly name: string;
  readonly ownership: Ownership;
  /** A construct that gets another logical id has two resources in its stack, until CloudFormation deletes the old one. */
  readonly isOfThisStack: boolean;
}

const client = new SSMClient({});

/** Keeps the ownership in a Systems Manager parameter, because that outlives a failed deployment. Names end in `/<stack>/<resource>`. */
export class OwnershipRecord {
  constructor(
    readonly parameterName: string,
    private readonly retryPolicy: RetryPolicy,
  ) {}

  async read(): Promise<Ownership | undefined> {
    const command = new GetParameterCommand({ Name: this.parameterName });
    try {
      const { Parameter } = await this.call('GetParameter', (abortSignal) => client.send(command, { abortSignal }));
      const ownership = ownershipFrom(Parameter?.Value);
      if (ownership === undefined) {
        throw new Error(damaged(this.parameterName));
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
  async others(): Promise<NamedRecord[]> {
    const stack = dirname(this.parameterName);
    const others: NamedRecord[] = [];
    let NextToken: string | undefined;
    do {
      const command = new GetParametersByPathCommand({ Path: dirname(stack), Recursive: true, NextToken });
      const page: GetParametersByPathResult = await this.call('GetParametersByPath', (abortSignal) =>
        client.send(command, { abortSignal }),
      );
      for (const { Name: name = '', Value } of page.Parameters ?? []) {
        const ownership = ownershipFrom(Value);
        if (ownership && name !== this.parameterName) {
          others.push({ name, ownership, isOfThisStack: dirname(name) === stack });
        }
      }
      ({ NextToken } = page);
    } while (NextToken);
    return others;
  }

  async write(ownership: Ownership, name = this.parameterName): Promise<void> {
    const command = new PutParameterCommand({
      Name: name,
      Description: 'Which Bedrock invocation logging configuration a stack put, and which one it gives back. Do not edit.',
      Type: 'String',
      // Two configurations with the longest names AWS allows do not fit into the 4 KB of a standard parameter.
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

  private async call<T>(action: string, send: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await retry(send, this.retryPolicy);
    } catch (error) {
      const { name, message } = error as Error;
      throw new Error(`ssm:${action} on "${this.parameterName}" failed with ${name}: ${message}`, { cause: error });
    }
  }
}

/** Undefined for a text that is no record. It may hold anything, so no part of it is shown. */
function ownershipFrom(text = ''): Ownership | undefined {
  try {
    const ownership = parseJson(text, 'the record') as Ownership;
    return typeof ownership.former === 'object' && Array.isArray(ownership.ours) ? ownership : undefined;
  } catch {
    return undefined;
  }
}

function damaged(name: string): string {
  return (
    `the parameter "${name}" was changed by hand and does not say any more which logging configuration to give back, so nothing is changed: ` +
    `put back the newest readable value of "aws ssm get-parameter-history --name ${name}", and try again`
  );
}
