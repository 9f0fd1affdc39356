import { isDeepStrictEqual } from 'node:util';
import type { LoggingConfig, S3Config } from '@aws-sdk/client-bedrock';

const DELIVERIES = {
  textDataDeliveryEnabled: 'text',
  imageDataDeliveryEnabled: 'image',
  embeddingDataDeliveryEnabled: 'embedding',
  videoDataDeliveryEnabled: 'video',
  audioDataDeliveryEnabled: 'audio',
} as const;
const FLAGS = Object.keys(DELIVERIES) as (keyof typeof DELIVERIES)[];

/** A configuration as the custom resource receives it: CloudFormation sends booleans as strings. */
export type SentConfiguration = Omit<LoggingConfig, keyof typeof DELIVERIES> & Partial<Record<keyof typeof DELIVERIES, string | boolean>>;

/** All five flags are set, because the API reference does not say what Bedrock does with absent ones. */
export function configurationFrom(sent: SentConfiguration): LoggingConfig {
  const flags = Object.fromEntries(FLAGS.map((flag) => [flag, String(sent[flag]) === 'true']));
  return { cloudWatchConfig: sent.cloudWatchConfig, s3Config: sent.s3Config, ...flags };
}

export function sameDestination(one: LoggingConfig, other: LoggingConfig): boolean {
  return isDeepStrictEqual(destination(one), destination(other));
}

export function sameConfiguration(one: LoggingConfig, other: LoggingConfig): boolean {
  return sameDestination(one, other) && FLAGS.every((flag) => one[flag] === other[flag]);
}

/** A configuration in words, for messages: where it writes what. */
export function describe(configuration: LoggingConfig): string {
  const [logGroup, role, largeData, records] = destination(configuration);
  const kinds = FLAGS.filter((flag) => configuration[flag]).map((flag) => DELIVERIES[flag]);
  return [
    logGroup && `records to the log group "${logGroup}" through the role "${role}"`,
    records && `records to "${records}"`,
    largeData && `large bodies to "${largeData}"`,
    kinds.length > 0 ? `content: ${kinds.join(', ')}` : 'no content, metadata only',
  ]
    .filter(Boolean)
    .join('; ');
}

/** Log group, role, place of large bodies and place of the archived records; each is undefined where there is none. */
function destination(configuration: LoggingConfig): (string | undefined)[] {
  const { cloudWatchConfig, s3Config } = configuration;
  return [
    cloudWatchConfig?.logGroupName,
    cloudWatchConfig?.roleArn,
    location(cloudWatchConfig?.largeDataDeliveryS3Config),
    location(s3Config),
  ];
}

/** Without the slashes around the prefix: Bedrock may return it with or without them. */
function location(s3: S3Config | undefined): string | undefined {
  return s3?.bucketName && `s3://${s3.bucketName}/${(s3.keyPrefix ?? '').replace(/^\/+|\/+$/g, '')}`;
}
