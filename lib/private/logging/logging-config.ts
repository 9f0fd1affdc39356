import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ContentCapture } from '../../content-capture';
import { DeliveryTarget } from './delivery-target';

interface LoggingConfigOptions {
  readonly content: ContentCapture;
  readonly logGroup: logs.ILogGroup;
  readonly deliveryRole: iam.IRole;
  readonly largeData?: DeliveryTarget;
  readonly archive?: DeliveryTarget;
}

/** The `loggingConfig` of PutModelInvocationLoggingConfiguration. */
export function loggingConfig({ content, logGroup, deliveryRole, largeData, archive }: LoggingConfigOptions): Record<string, unknown> {
  return {
    cloudWatchConfig: {
      logGroupName: logGroup.logGroupName,
      roleArn: deliveryRole.roleArn,
      largeDataDeliveryS3Config: largeData?.s3Config,
    },
    s3Config: archive?.s3Config,
    // All five, always: the API reference does not say what Bedrock does about one that is left out.
    textDataDeliveryEnabled: content.text,
    imageDataDeliveryEnabled: content.image,
    embeddingDataDeliveryEnabled: content.embedding,
    videoDataDeliveryEnabled: content.video,
    audioDataDeliveryEnabled: content.audio,
  };
}
