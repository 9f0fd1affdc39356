import { Duration, RemovalPolicy, TimeZone, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as targets from 'aws-cdk-lib/aws-scheduler-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ICostMeter } from './cost-meter-interface';
import { DIGEST_ROWS } from './private/alarms/table/heartbeats';
import { ruleOfFunction } from './private/alarms/table/row';
import { requireSameEnvironment, requireSameRegion, requireStandardTopic } from './private/handed-in';
import { KEPT } from './private/kept';
import { newHandler } from './private/new-handler';
import { allowLedgerReads, ledgerEnvironment, ledgerOf } from './private/ledger-reading';
import { allowMetricReads } from './private/read-grants';
import { grantPublish } from './private/topic-publishers';
import { requireLedger } from './private/require-ledger';
import { requireUsable } from './private/usable';
import { requireTimeZone } from './private/validation';
import { HandlerOptions } from './handler-options';
import { OwnAlarmsOptions } from './own-alarms-options';
import { TieredAlarms } from './tiered-alarms';

/**
 * Choices about a digest that do not depend on where its numbers come from.
 */
export interface UsageDigestOptions extends HandlerOptions, OwnAlarmsOptions {
  /**
   * The topics to which the digest is sent, for example that of an `AlarmTopic` with e-mail addresses or a chat channel.
   *
   * @default - the digest is not sent; it is kept in the bucket
   */
  readonly topics?: sns.ITopic[];

  /**
   * The hour of the day at which the digest is sent, from 0 to 23, in the time zone.
   *
   * @default 8
   */
  readonly hour?: number;

  /**
   * The bucket in which digests are kept as JSON. If a key of your own encrypts it, let `digestFunction` use the key.
   *
   * @default - a new encrypted bucket, kept when the stack is deleted
   */
  readonly bucket?: s3.IBucketRef;

  /**
   * The key that encrypts a new bucket.
   *
   * @default - a new bucket is encrypted with keys that Amazon S3 owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to a new bucket when the stack is deleted. With `RemovalPolicy.DESTROY` it is emptied first.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Properties for defining a UsageDigest.
 */
export interface UsageDigestProps extends UsageDigestOptions {
  /**
   * The meter whose ledger is summed up. It must keep a ledger, in its log group or in a table, which is read where there is one.
   */
  readonly costMeter: ICostMeter;

  /**
   * The time zone whose days are summed up, for example `Europe/Berlin`.
   *
   * @default 'UTC'
   */
  readonly timeZone?: string;
}

/**
 * A summary of usage, every day and on Mondays for the week: who spent how much on which models, which calls had no price, and
 * what the observability itself cost. It is made from the ledger and holds no prompts.
 */
export class UsageDigest extends Construct {
  /**
   * The bucket in which digests are kept as JSON, under `daily/` and `weekly/`.
   */
  public readonly bucket: s3.IBucketRef;

  /**
   * The function that makes the digest, for example to let its role use the key of a bucket of your own.
   */
  public readonly digestFunction: lambda.Function;

  /**
   * The alarms DigestMissing, which is on while no digest was made for two days, and DigestFailed, after one that could not be made.
   */
  public readonly tieredAlarms: TieredAlarms;

  constructor(scope: Construct, id: string, props: UsageDigestProps) {
    super(scope, id);

    const { costMeter, topics = [], timeZone = 'UTC', hour = 8 } = props;
    requireTimeZone(timeZone);
    requireSameEnvironment(this, 'costMeter', costMeter.ledgerLogGroup);
    requireUsable(props);
    topics.forEach((topic) => {
      requireSameRegion(this, 'topics', topic);
      requireStandardTopic('topics', topic);
    });
    const ledger = ledgerOf(costMeter);
    requireLedger(costMeter, 'the digest sums up', 'leave the digest out');
    if (!Token.isUnresolved(hour) && !(Number.isInteger(hour) && hour >= 0 && hour <= 23)) {
      throw new Error(`'hour' must be a whole number from 0 to 23, got ${hour}`);
    }

    requireSameRegion(this, 'encryptionKey', props.encryptionKey);
    requireSameRegion(this, 'bucket', props.bucket);
    this.bucket = props.bucket ?? this.newBucket(props);
    const { bucketArn, bucketName } = this.bucket.bucketRef;
    const handler = (this.digestFunction = newHandler(this, 'Function', {
      handler: 'send-digest',
      description: 'Sums up what Amazon Bedrock calls cost',
      memorySize: 256,
      timeout: Duration.minutes(5),
      environment: {
        ...ledgerEnvironment(ledger),
        METER_FUNCTION: costMeter.meterFunction.functionName,
        METER_LOG_GROUP: costMeter.ledgerLogGroup.logGroupName,
        BUCKET: bucketName,
        TIME_ZONE: timeZone,
        TOPICS: topics.map(({ topicArn }) => topicArn).join(','),
      },
      functions: props.functions,
    }));
    allowLedgerReads(handler, ledger);
    allowMetricReads(handler);
    handler.addToRolePolicy(
      new iam.PolicyStatement({ actions: ['s3:PutObject'], resources: [`${bucketArn}/daily/*`, `${bucketArn}/weekly/*`] }),
    );
    if (!props.bucket) {
      props.encryptionKey?.grantEncrypt(handler);
    }
    topics.forEach((topic) => grantPublish(topic, handler));
    const send = (name: string, days: number, weekDay?: string) =>
      new scheduler.Schedule(this, name, {
        description: `Sums up the last ${days === 1 ? 'day' : 'week'} of Amazon Bedrock calls`,
        schedule: scheduler.ScheduleExpression.cron({ minute: '0', hour: `${hour}`, weekDay, timeZone: TimeZone.of(timeZone) }),
        target: new targets.LambdaInvoke(handler, { input: scheduler.ScheduleTargetInput.fromObject({ days }) }),
      });
    send('Daily', 1);
    send('Weekly', 7, 'MON');
    this.tieredAlarms = new TieredAlarms(this, 'Alarms', {
      rules: DIGEST_ROWS.map((row) => ruleOfFunction(row, handler)),
      routing: props.routing,
      alarmNamePrefix: props.alarmNamePrefix,
      runbooksUrl: props.runbooksUrl,
    });
  }

  private newBucket({ encryptionKey, removalPolicy }: UsageDigestProps): s3.Bucket {
    return new s3.Bucket(this, 'Bucket', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
      encryptionKey,
      bucketKeyEnabled: encryptionKey && true,
      enforceSSL: true,
      removalPolicy: removalPolicy ?? KEPT,
      autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY ? true : undefined,
    });
  }
}
