import { Duration, RemovalPolicy, Stack, Token, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IDependable } from 'constructs';
import { DeliveryBucket } from '../../delivery-bucket';
import { bedrockPrincipal } from './bedrock-source';

/** What a bucket gets that is made here. */
export interface NewBucketSettings {
  readonly lifecycleRule: s3.LifecycleRule;
  readonly encryptionKey?: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
}

/** A bucket that Bedrock may write to. */
export class DeliveryTarget extends Construct {
  public readonly bucket: s3.IBucket;

  /** What has to be in place before Bedrock is told of the bucket. */
  public readonly dependables: IDependable[] = [];

  private readonly keyPrefix?: string;

  constructor(scope: Construct, id: string, target: DeliveryBucket, settings: NewBucketSettings) {
    super(scope, id);

    this.keyPrefix = target.keyPrefix;
    this.bucket = target.bucket ?? this.newBucket(settings);
    this.allowDelivery();
    if (this.bucket.encryptionKey) {
      this.allowEncryption(this.bucket.encryptionKey);
    }
  }

  /** The target as the Bedrock API names it. */
  public get s3Config() {
    return { bucketName: this.bucket.bucketName, keyPrefix: this.keyPrefix };
  }

  private newBucket({ lifecycleRule, encryptionKey, removalPolicy }: NewBucketSettings): s3.Bucket {
    return new s3.Bucket(this, 'Resource', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      encryption: encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
      encryptionKey,
      bucketKeyEnabled: encryptionKey && true,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(7), ...lifecycleRule }],
      removalPolicy,
    });
  }

  private allowDelivery(): void {
    const objects = (prefix: string | undefined, account: string) =>
      `${prefix === undefined ? '' : `${prefix}/`}AWSLogs/${account}/BedrockModelInvocationLogs/*`;
    const resource = this.bucket.arnForObjects(objects(this.keyPrefix, Stack.of(this).account));
    const { statementAdded, policyDependable } = this.bucket.addToResourcePolicy(
      new iam.PolicyStatement({ principals: [bedrockPrincipal(this)], actions: ['s3:PutObject'], resources: [resource] }),
    );
    if (!statementAdded) {
      const readable = Token.isUnresolved(this.keyPrefix) ? 'PREFIX' : this.keyPrefix;
      Validations.of(this).addWarning(
        'cdk-bedrock-observability:InvocationLogging.importedBucket',
        `the policy of the imported bucket is not changed: it must let bedrock.amazonaws.com do s3:PutObject on ${objects(readable, 'ACCOUNT')}`,
      );
    }
    if (policyDependable) {
      this.dependables.push(policyDependable);
    }
  }

  private allowEncryption(key: kms.IKey): void {
    const { statementAdded } = key.addToResourcePolicy(
      new iam.PolicyStatement({ principals: [bedrockPrincipal(this)], actions: ['kms:GenerateDataKey'], resources: ['*'] }),
    );
    if (!statementAdded) {
      Validations.of(this).addWarning(
        'cdk-bedrock-observability:InvocationLogging.importedBucketKey',
        'the policy of the imported key is not changed: it must let bedrock.amazonaws.com do kms:GenerateDataKey',
      );
    }
  }
}
