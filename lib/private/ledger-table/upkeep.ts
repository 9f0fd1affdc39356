import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as targets from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import { FunctionOptions } from '../../function-options';
import { newHandler } from '../new-handler';
import { grantTableWrite } from './grants';
import { TableParts } from './parts';

interface UpkeepProps extends TableParts {
  readonly retention: logs.RetentionDays;
  readonly auditBucket?: s3.Bucket;
  readonly functions?: FunctionOptions;
}

/** What is done to the table once a day: the copy for auditors, then what is too old, then small files and old snapshots. */
export function newUpkeep(scope: Construct, { retention, auditBucket, functions, ...parts }: UpkeepProps): lambda.Function {
  const upkeep = newHandler(scope, 'Upkeep', {
    prefix: 'Upkeep',
    handler: 'keep-ledger-table',
    description: 'Keeps the table of the ledger of Amazon Bedrock calls small and in order',
    memorySize: 256,
    timeout: Duration.minutes(15),
    environment: {
      BUCKET: parts.bucket.bucketName,
      DATABASE: parts.databaseName,
      WORK_GROUP: parts.workGroup.ref,
      ...(retention !== logs.RetentionDays.INFINITE && { RETENTION_DAYS: `${retention}` }),
      ...(auditBucket && { AUDIT_BUCKET: auditBucket.bucketName }),
    },
    functions,
  });
  grantTableWrite(scope, upkeep, parts);
  if (auditBucket) {
    // Athena writes with the role of the function. It lists first, because it writes to a place that is empty, or not at all.
    const allow = (actions: string[], resources: string[]) => upkeep.addToRolePolicy(new iam.PolicyStatement({ actions, resources }));
    allow(['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], [auditBucket.arnForObjects('*')]);
    allow(['s3:GetObject'], [auditBucket.arnForObjects('ledger/*/manifest.json')]);
    allow(['s3:ListBucket', 's3:GetBucketLocation', 's3:ListBucketMultipartUploads'], [auditBucket.bucketArn]);
  }
  new scheduler.Schedule(scope, 'Daily', {
    description: 'Keeps the table of the ledger of Amazon Bedrock calls small and in order',
    schedule: scheduler.ScheduleExpression.cron({ minute: '20', hour: '2' }),
    target: new targets.LambdaInvoke(upkeep, {}),
  });
  return upkeep;
}
