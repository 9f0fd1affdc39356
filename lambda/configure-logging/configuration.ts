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

/** CloudFormation hands every boolean over as a string. */
export type SentConfiguration = Omit<LoggingConfig, keyof typeof DELIVERIES> & Partial<Record<keyof typeof DELIVERIES, string | boolean>>;

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

/** What a person needs to recognise a configuration. */
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

function destination(configuration: LoggingConfig) {
  const { cloudWatchConfig, s3Config } = configuration;
  return [
    cloudWatchConfig?.logGroupName,
    cloudWatchConfig?.roleArn,
    location(cloudWatchConfig?.largeDataDeliveryS3Config),
    location(s3Config),
  ];
}

// A prefix may come back with or without its slashes: they make no other place of it.
function location(place: S3Config | undefined) {
  return place?.bucketName && `s3://${place.bucketName}/${(place.keyPrefix ?? '').replace(/^\/+|\/+$/g, '')}`;
}
