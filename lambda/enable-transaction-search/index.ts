import { customResource } from '../shared/custom-resource';
import { newOwnershipRecord } from './ownership';
import { SIDS } from './policy-document';
import { Reconciler } from './reconciler';
import { SpanDestination } from './span-destination';
import { SPAN_LOG_GROUP, SpanLogGroup } from './span-log-group';
import { SpanPolicies } from './span-policies';

/** As CloudFormation sends them: numbers are strings. */
interface Properties {
  readonly Account: string;
  /** As whom X-Ray writes spans. */
  readonly SourceArn: string;
  /** The log groups that it writes to, with `:*` at their ends. */
  readonly Spans: string;
  readonly ApplicationSignals?: string;
  readonly IndexingPercentage?: string;
  readonly EncryptionKeyArn?: string;
}

export const handler = customResource(async ({ event, physicalResourceId, retryPolicy }) => {
  const properties = event.ResourceProperties as unknown as Properties;
  const { Account, SourceArn, Spans, ApplicationSignals, IndexingPercentage, EncryptionKeyArn } = properties;
  const reconciler = new Reconciler({
    record: newOwnershipRecord(physicalResourceId, retryPolicy),
    destination: new SpanDestination(retryPolicy),
    logGroup: new SpanLogGroup(retryPolicy),
    policies: new SpanPolicies({ account: Account, sourceArn: SourceArn }, retryPolicy),
    retryPolicy,
  });
  if (event.RequestType === 'Delete') {
    await reconciler.release();
    return undefined;
  }
  await reconciler.apply({
    needs: [
      { sid: SIDS.spans, resource: Spans },
      ...(ApplicationSignals ? [{ sid: SIDS.applicationSignals, resource: ApplicationSignals }] : []),
    ],
    percentage: IndexingPercentage === undefined ? undefined : Number(IndexingPercentage),
    encryptionKeyArn: EncryptionKeyArn,
  });
  return { LogGroupName: SPAN_LOG_GROUP };
});
