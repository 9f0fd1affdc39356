import { setTimeout } from 'node:timers/promises';
import {
  BedrockClient,
  DeleteModelInvocationLoggingConfigurationCommand,
  GetModelInvocationLoggingConfigurationCommand,
  PutModelInvocationLoggingConfigurationCommand,
  type LoggingConfig,
} from '@aws-sdk/client-bedrock';
import { describe, sameDestination } from './configuration';
import { refusal } from './refusals';
import { isDenial, isTransient, retry, type RetryPolicy } from '../shared/retry';

const client = new BedrockClient({});

/** Someone else put a configuration after the setting was read. Trying again would overwrite it. */
class OvertakenError extends Error {
  override readonly name = 'OvertakenError';
  /** A status, because errors without one count as missing answers, which are retried. */
  readonly $metadata = { httpStatusCode: 409 };
}

/** The logging configuration of this account and Region; Bedrock has one for each. */
export class AccountSetting {
  constructor(private readonly retryPolicy: RetryPolicy) {}

  get(): Promise<LoggingConfig | undefined> {
    return this.call('GetModelInvocationLoggingConfiguration', (abortSignal) => this.read(abortSignal));
  }

  /** What is in place once whoever saw the setting at the same time has put his own. */
  async getLater(): Promise<LoggingConfig | undefined> {
    await setTimeout(this.retryPolicy.retryDelaySeconds * 1000);
    return this.get();
  }

  /**
   * Bedrock checks the role and the buckets when it receives a configuration, and rejects a new role until IAM has propagated
   * it: rejections are retried as well. That takes a minute, in which another stack may put its own: before each attempt the
   * setting must still be what was seen.
   */
  async put(loggingConfig: LoggingConfig, seen: LoggingConfig | undefined): Promise<void> {
    const command = new PutModelInvocationLoggingConfigurationCommand({ loggingConfig });
    const send = async (abortSignal: AbortSignal) => {
      const live = await this.read(abortSignal);
      if (live && !(seen && sameDestination(live, seen)) && !sameDestination(live, loggingConfig)) {
        throw new OvertakenError(refusal(live));
      }
      await client.send(command, { abortSignal });
    };
    try {
      await this.call('PutModelInvocationLoggingConfiguration', send, (error) => isTransient(error) || isRejection(error));
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
    const command = new PutModelInvocationLoggingConfigurationCommand({ loggingConfig });
    try {
      await this.call('PutModelInvocationLoggingConfiguration', (abortSignal) => client.send(command, { abortSignal }));
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

  private async read(abortSignal: AbortSignal): Promise<LoggingConfig | undefined> {
    const { loggingConfig } = await client.send(new GetModelInvocationLoggingConfigurationCommand({}), { abortSignal });
    return loggingConfig;
  }

  private async call<T>(
    action: string,
    send: (abortSignal: AbortSignal) => Promise<T>,
    isRetryable?: (error: unknown) => boolean,
  ): Promise<T> {
    try {
      return await retry(send, this.retryPolicy, isRetryable);
    } catch (error) {
      if (isRejection(error) || error instanceof OvertakenError) {
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
