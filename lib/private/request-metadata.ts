import { Token } from 'aws-cdk-lib';

/** Whether Bedrock accepts a key of `requestMetadata`. Commas are left out: functions get lists of keys separated by commas. */
export function isRequestMetadataKey(key: string, maxLength: number): boolean {
  return Token.isUnresolved(key) || (key.length <= maxLength && /^[A-Za-z0-9 :_@$#=/+.-]+$/.test(key));
}
