import { customResource } from '../shared/custom-resource';
import { configure } from './configure';
import { LogGroup, type Settings } from './log-group';

/** As CloudFormation sends them. */
interface Properties {
  readonly LogGroupName: string;
  readonly RetentionInDays?: string;
  readonly EncryptionKeyArn?: string;
  readonly DataProtectionPolicy?: string;
}

export const handler = customResource(
  async ({ event, physicalResourceId: logGroupName, retryPolicy }) => {
    // The log group outlives the stack, as it does the runtime, and keeps what it has.
    if (event.RequestType === 'Delete') return undefined;
    const old = event.RequestType === 'Update' ? (event.OldResourceProperties as unknown as Properties) : undefined;
    const before = old?.LogGroupName === logGroupName ? settingsOf(old) : {};
    const wanted = settingsOf(event.ResourceProperties as unknown as Properties);
    const kept = await configure(new LogGroup(logGroupName, retryPolicy), wanted, before);
    if (kept.length > 0) {
      const message = `${logGroupName} keeps what it had, which this stack has not set: ${kept.join(', ')}`;
      console.warn(JSON.stringify({ level: 'WARN', message }));
    }
    return { LogGroupName: logGroupName };
  },
  ({ ResourceProperties }) => (ResourceProperties as unknown as Properties).LogGroupName,
);

const settingsOf = ({ RetentionInDays, EncryptionKeyArn, DataProtectionPolicy }: Properties): Settings => ({
  retention: RetentionInDays,
  encryptionKey: EncryptionKeyArn,
  dataProtection: DataProtectionPolicy,
});
