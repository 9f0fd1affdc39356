import {
  AssociateKmsKeyCommand,
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DataProtectionStatus,
  DeleteDataProtectionPolicyCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DisassociateKmsKeyCommand,
  GetDataProtectionPolicyCommand,
  PutDataProtectionPolicyCommand,
  PutRetentionPolicyCommand,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-cloudwatch-logs';
import { ask } from '../shared/ask';
import type { RetryPolicy } from '../shared/retry';

const client = new CloudWatchLogsClient({});

/** What a log group has, or is to have. What is left out is not set. */
export interface Settings {
  readonly retention?: string;
  readonly encryptionKey?: string;
  readonly dataProtection?: string;
}

type Change = readonly [action: string, command: (logGroup: string, value: string) => object];

/** How each setting is set, and taken away. */
const CHANGES: Readonly<Record<keyof Settings, { readonly set: Change; readonly remove: Change }>> = {
  retention: {
    set: ['PutRetentionPolicy', (name, days) => new PutRetentionPolicyCommand({ logGroupName: name, retentionInDays: Number(days) })],
    remove: ['DeleteRetentionPolicy', (name) => new DeleteRetentionPolicyCommand({ logGroupName: name })],
  },
  encryptionKey: {
    set: ['AssociateKmsKey', (name, kmsKeyId) => new AssociateKmsKeyCommand({ logGroupName: name, kmsKeyId })],
    remove: ['DisassociateKmsKey', (name) => new DisassociateKmsKeyCommand({ logGroupName: name })],
  },
  dataProtection: {
    set: [
      'PutDataProtectionPolicy',
      (name, policyDocument) => new PutDataProtectionPolicyCommand({ logGroupIdentifier: name, policyDocument }),
    ],
    remove: ['DeleteDataProtectionPolicy', (name) => new DeleteDataProtectionPolicyCommand({ logGroupIdentifier: name })],
  },
};

/** A log group that a service makes when it first writes. */
export class LogGroup {
  constructor(
    private readonly logGroupName: string,
    private readonly retryPolicy: RetryPolicy,
  ) {}

  /** Makes it, unless it is there. */
  async make(): Promise<void> {
    const command = new CreateLogGroupCommand({ logGroupName: this.logGroupName });
    try {
      await this.call('CreateLogGroup', (abortSignal) => client.send(command, { abortSignal }));
    } catch (error) {
      if (!((error as Error).cause instanceof ResourceAlreadyExistsException)) throw error;
    }
  }

  async settings(): Promise<Settings> {
    const { logGroupName } = this;
    const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName });
    const { logGroups = [] } = await this.call('DescribeLogGroups', (abortSignal) => client.send(command, { abortSignal }));
    const { retentionInDays, kmsKeyId, dataProtectionStatus } = logGroups.find((each) => each.logGroupName === logGroupName) ?? {};
    const hasPolicy = dataProtectionStatus !== undefined && dataProtectionStatus !== DataProtectionStatus.DELETED;
    return {
      retention: retentionInDays?.toString(),
      encryptionKey: kmsKeyId,
      dataProtection: hasPolicy ? await this.dataProtection() : undefined,
    };
  }

  /** @param value undefined takes the setting away */
  async set(setting: keyof Settings, value: string | undefined): Promise<void> {
    const { set, remove } = CHANGES[setting];
    const [action, commandFor] = value === undefined ? remove : set;
    const command = commandFor(this.logGroupName, value ?? '') as PutRetentionPolicyCommand;
    await this.call(action, (abortSignal) => client.send(command, { abortSignal }));
  }

  private async dataProtection(): Promise<string | undefined> {
    const command = new GetDataProtectionPolicyCommand({ logGroupIdentifier: this.logGroupName });
    const { policyDocument } = await this.call('GetDataProtectionPolicy', (abortSignal) => client.send(command, { abortSignal }));
    return policyDocument;
  }

  private call<T>(action: string, send: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    return ask(`logs:${action} on "${this.logGroupName}"`, send, this.retryPolicy);
  }
}
