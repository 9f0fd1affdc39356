import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import { customResource } from '../shared/custom-resource';
import { AccountSetting } from './account-setting';
import { configurationFrom, type SentConfiguration } from './configuration';
import { newOwnershipRecord } from './ownership';
import { Reconciler } from './reconciler';

interface Properties {
  readonly OnExisting: 'fail' | 'adopt' | 'replace';
  readonly LoggingConfig?: SentConfiguration;
}

export const handler = customResource(async ({ event, physicalResourceId, retryPolicy }) => {
  const reconciler = new Reconciler(new AccountSetting(retryPolicy), newOwnershipRecord(physicalResourceId, retryPolicy));
  const properties = event.ResourceProperties as unknown as Properties;
  const mayReplace = properties.OnExisting !== 'fail';
  if (event.RequestType === 'Delete') {
    await reconciler.release({ wanted: wantedBy(properties), mayReplace });
    return undefined;
  }
  const isUpdate = event.RequestType === 'Update';
  const previous = isUpdate ? wantedBy(event.OldResourceProperties as unknown as Partial<Properties>) : undefined;
  const logGroupName =
    properties.OnExisting === 'adopt'
      ? await reconciler.adopt()
      : await reconciler.apply(configurationFrom(properties.LoggingConfig ?? {}), { previous, isUpdate, mayReplace });
  return { LogGroupName: logGroupName };
});

function wantedBy({ LoggingConfig }: Partial<Properties> = {}): LoggingConfig | undefined {
  return LoggingConfig && configurationFrom(LoggingConfig);
}
