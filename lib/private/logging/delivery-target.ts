import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IDependable } from 'constructs';
import { DeliveryBucket } from '../../delivery-bucket';
import { KEPT } from '../kept';
import { addWarning } from '../warning';
import { bedrockPrincipal } from './bedrock-principal';

/** Properties of a new bucket. */
interface NewBucketProps {
  readonly lifecycleRule: s3.LifecycleRule;
  readonly encryptionKey?: kms.IKey;
  readonly removalPolicy?: RemovalPolicy;
}

/** A bucket, new or given, with the permissions that let Bedrock write to it. */
export class DeliveryTarget extends Construct {
  public readonly bucket: s3.IBucket;

  /** The policies that must exist before the bucket is part of the logging configuration. */
  public readonly dependables: IDependable[] = [];

  private readonly keyPrefix?: string;

  constructor(scope: Construct, id: string, target: DeliveryBucket, newBucketProps: NewBucketProps) {
    super(scope, id);

    this.keyPrefix = target.keyPrefix;
    this.bucket = target.bucket ?? this.newBucket(newBucketProps);
    this.allowDelivery();
    if (this.bucket.encryptionKey) {
      this.allowEncryption(this.bucket.encryptionKey);
    }
  }

  /** The bucket in the words of the Bedrock API. */
  public get s3Config() {
    return { bucketName: this.bucket.bucketName, keyPrefix: this.keyPrefix };
  }

  private newBucket({ lifecycleRule, encryptionKey, removalPolicy }: NewBucketProps): s3.Bucket {
    return new s3.Bucket(this, 'Resource', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      encryption: encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
      encryptionKey,
      bucketKeyEnabled: encryptionKey && true,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(7), ...lifecycleRule }],
      removalPolicy: removalPolicy ?? KEPT,
      autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY ? true : undefined,
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
      const prefix = Token.isUnresolved(this.keyPrefix) ? 'PREFIX' : this.keyPrefix;
      addWarning(
        this,
        'InvocationLogging.importedBucket',
        `the policy of the imported bucket is not changed: it must let bedrock.amazonaws.com do s3:PutObject on ${objects(prefix, 'ACCOUNT')}`,
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
      addWarning(
        this,
        'InvocationLogging.importedBucketKey',
        'the policy of the imported key is not changed: it must let bedrock.amazonaws.com do kms:GenerateDataKey',
      );
    }
  }
}
