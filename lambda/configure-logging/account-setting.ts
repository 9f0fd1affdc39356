import {
  BedrockClient,
  DeleteModelInvocationLoggingConfigurationCommand,
  GetModelInvocationLoggingConfigurationCommand,
  PutModelInvocationLoggingConfigurationCommand,
  type LoggingConfig,
} from '@aws-sdk/client-bedrock';
import { describe } from './configuration';
import { isDenial, isTransient, retry, type RetryPolicy } from './retry';

const client = new BedrockClient({});

/** The logging configuration of this account and Region; Bedrock has one for each. */
export class AccountSetting {
  constructor(private readonly retryPolicy: RetryPolicy) {}

  async get(): Promise<LoggingConfig | undefined> {
    const command = new GetModelInvocationLoggingConfigurationCommand({});
    const { loggingConfig } = await this.call('GetModelInvocationLoggingConfiguration', (abortSignal) =>
      client.send(command, { abortSignal }),
    );
    return loggingConfig;
  }

  /**
   * Bedrock checks the role and the buckets when it receives a configuration, and rejects a new role until IAM has propagated
   * it: rejections are retried as well.
   */
  async put(loggingConfig: LoggingConfig): Promise<void> {
    try {
      await this.send(loggingConfig, (error) => isTransient(error) || isRejection(error));
    } catch (error) {
      if (isRejection(error)) {
        throw new Error(
          `Bedrock does not accept this configuration (${describe(loggingConfig)}): ${(error as Error).message}; ` +
            `check the permissions and the trust policy of the role ('deliveryRole'), and the policies of the buckets ('largeData', 'archive')`,
          { cause: error },
        );
      }
      throw error;
    }
  }

  /** Puts back what was there before. Returns false if Bedrock rejects it, because its role, log group or bucket is gone. */
  async restore(loggingConfig: LoggingConfig): Promise<boolean> {
    try {
      await this.send(loggingConfig, isTransient);
      return true;
    } catch (error) {
      if (isRejection(error)) {
        return false;
      }
      throw new Error(
        `the former configuration (${describe(loggingConfig)}) was not put back: ${(error as Error).message}; ` +
          `put it back yourself, or deploy with 'onExisting' set to ExistingConfiguration.REPLACE, which may hand its role to Bedrock, and try again`,
        { cause: error },
      );
    }
  }

  async delete(): Promise<void> {
    const command = new DeleteModelInvocationLoggingConfigurationCommand({});
    await this.call('DeleteModelInvocationLoggingConfiguration', (abortSignal) => client.send(command, { abortSignal }));
  }

  private async send(loggingConfig: LoggingConfig, isRetryable: (error: unknown) => boolean): Promise<void> {
    const command = new PutModelInvocationLoggingConfigurationCommand({ loggingConfig });
    await this.call('PutModelInvocationLoggingConfiguration', (abortSignal) => client.send(command, { abortSignal }), isRetryable);
  }

  private async call<T>(
    action: string,
    send: (abortSignal: AbortSignal) => Promise<T>,
    isRetryable?: (error: unknown) => boolean,
  ): Promise<T> {
    try {
      return await retry(send, this.retryPolicy, isRetryable);
    } catch (error) {
      if (isRejection(error)) {
        throw error;
      }
      const { name, message } = error as Error;
      const hint = isDenial(error) ? '; look for a service control policy or a permissions boundary that forbids it' : '';
      throw new Error(`bedrock:${action} failed with ${name}: ${message}${hint}`, { cause: error });
    }
  }
}

/** Bedrock's answer to a configuration whose role, log group or buckets it cannot use. */
function isRejection(error: unknown): boolean {
  return (error as Error).name === 'ValidationException';
}
