import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import { DeleteParameterCommand, GetParameterCommand, ParameterNotFound, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { retry, type RetryPolicy } from './retry';

/** What this custom resource did to the account's setting. It is written before each change, so that a change that is cut off is covered. */
export interface Ownership {
  /** The configuration that was there before and is given back at the end; null if there was none. */
  readonly former: LoggingConfig | null;
  /** Configurations that were put or about to be put, newest first. More than one while a change is under way or has failed. */
  readonly ours: LoggingConfig[];
  /** Whether the former configuration has been given back, because the resource was switched to adopt. */
  readonly handedBack?: boolean;
}

const client = new SSMClient({});

/** Keeps the ownership in a Systems Manager parameter, because that outlives a failed deployment. */
export class OwnershipRecord {
  constructor(
    readonly parameterName: string,
    private readonly retryPolicy: RetryPolicy,
  ) {}

  async read(): Promise<Ownership | undefined> {
    const command = new GetParameterCommand({ Name: this.parameterName });
    try {
      const { Parameter } = await this.call('GetParameter', (abortSignal) => client.send(command, { abortSignal }));
      return JSON.parse(Parameter?.Value ?? '') as Ownership;
    } catch (error) {
      if ((error as Error).cause instanceof ParameterNotFound) {
        return undefined;
      }
      throw error;
    }
  }

  async write(ownership: Ownership): Promise<void> {
    const command = new PutParameterCommand({
      Name: this.parameterName,
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
