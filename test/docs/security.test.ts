import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableBelow } from './generated';
import { type Grant, grants, sourcesOf } from './granted';

const ROOT = join(__dirname, '..', '..');
const PAGE = join(ROOT, 'docs', 'security.md');
const handlers = readdirSync(join(ROOT, 'lambda')).filter((name) => name !== 'shared');
const all = grants(handlers);

/** What Lambda does with the role of a function, or AWS for a call of it: no line of a handler calls these. */
const BY_AWS: Readonly<Record<string, string>> = {
  'logs:CreateLogStream': 'Lambda writes what the function prints',
  'logs:PutLogEvents': 'Lambda writes what the function prints',
  'xray:PutTraceSegments': 'Lambda traces the function',
  'xray:PutTelemetryRecords': 'Lambda traces the function',
  'sqs:SendMessage': 'Lambda keeps batches that failed',
  'sqs:ReceiveMessage': 'Lambda meters the dead letters again, once its mapping is enabled',
  'sqs:ChangeMessageVisibility': 'Lambda meters the dead letters again, once its mapping is enabled',
  'sqs:GetQueueUrl': 'Lambda meters the dead letters again, once its mapping is enabled',
  'sqs:DeleteMessage': 'Lambda meters the dead letters again, once its mapping is enabled',
  'sqs:GetQueueAttributes': 'Lambda meters the dead letters again, once its mapping is enabled',
  's3:ListBucket': 'S3 answers 404, and not 403, for an object that does not exist yet',
  'logs:CreateLogGroup': 'X-Ray makes the log group with the permissions of who switches Transaction Search on',
  'logs:PutRetentionPolicy': 'X-Ray makes the log group with the permissions of who switches Transaction Search on',
  'kms:DescribeKey': 'X-Ray looks at the key with the permissions of who switches Transaction Search on',
  'kinesis:DescribeStreamSummary': 'Lambda reads the stream with the role of the function',
  'kinesis:DescribeStream': 'Lambda reads the stream with the role of the function',
  'kinesis:DescribeStreamConsumer': 'Lambda reads the stream with the role of the function',
  'kinesis:GetRecords': 'Lambda reads the stream with the role of the function',
  'kinesis:GetShardIterator': 'Lambda reads the stream with the role of the function',
  'kinesis:ListShards': 'Lambda reads the stream with the role of the function',
  'kinesis:ListStreams': 'Lambda reads the stream with the role of the function',
  'kinesis:SubscribeToShard': 'Lambda reads the stream with the role of the function',
  's3:PutObject': 'Lambda keeps batches of a stream that failed, and the function meters them again',
  'glue:GetDatabase': 'Athena looks up the table with the role of the function',
  'glue:GetTable': 'Athena looks up the table with the role of the function',
  'glue:GetPartitions': 'Athena looks up the table with the role of the function',
  'cloudwatch:PutMetricData': 'the OTLP endpoint of CloudWatch asks for it',
  'glue:CreateTable': 'Athena makes the table of the ledger and its views with the role of the function',
  'glue:UpdateTable': 'Athena makes the table of the ledger and its views with the role of the function',
  's3:GetBucketLocation': 'Athena reads and writes files with the role of the function',
  's3:DeleteObject': 'Athena replaces files of the table of the ledger, and no others',
  's3:AbortMultipartUpload': 'Athena writes files with the role of the function',
  's3:ListMultipartUploadParts': 'Athena writes files with the role of the function',
  's3:ListBucketMultipartUploads': 'Athena writes files with the role of the function',
  'iam:PassRole': 'Bedrock is given the role with which it writes records',
};

/** Why a handler calls what it may call. */
const BY_HANDLER: Readonly<Record<string, string>> = {
  'configure-logging bedrock:GetModelInvocationLoggingConfiguration': 'sets the logging configuration of the account, which has no ARN',
  'configure-logging ssm:GetParameter': 'remembers what was there before, to give it back',
  'configure-logging ssm:GetParametersByPath': 'tells another stack that gives way, or takes over, what was there before both',
  'enable-transaction-search xray:GetTraceSegmentDestination': 'switches Transaction Search of the account on, which has no ARN',
  'enable-transaction-search logs:DescribeLogGroups': 'waits for `aws/spans`',
  'enable-transaction-search logs:DescribeResourcePolicies': 'lets X-Ray write spans, in one policy for all stacks',
  'enable-transaction-search ssm:GetParameter': 'remembers what it changed, to undo that and nothing else',
  'enable-transaction-search ssm:GetParametersByPath': 'tells another stack what that one has to undo instead',
  'enable-transaction-search logs:AssociateKmsKey': 'encrypts a log group that was left from before',
  'configure-log-group logs:GetDataProtectionPolicy':
    'gives log groups that AgentCore makes masking, a key and a retention where they have none',
  'configure-log-group logs:DescribeLogGroups': 'sees what they have',
  'configure-log-group kms:DescribeKey': 'CloudWatch Logs looks at the key with the permissions of who gives it to a log group',
  'meter-calls firehose:PutRecordBatch': 'puts rows of the ledger into their table, where there is one',
  'make-ledger-table athena:StartQueryExecution': 'makes the table of the ledger and its views, with a work group of its own',
  'make-ledger-table s3:GetObject': 'Athena reads what the table has already with the role of the function',
  'make-ledger-table s3:PutObject': 'Athena writes what Iceberg says of a table beside its files, with the role of the function',
  'make-ledger-table s3:ListBucket': 'Athena sees what the table has already with the role of the function',
  'keep-ledger-table s3:PutObject': 'Athena writes few files in the place of many, and the copy; the function writes manifests of the copy',
  'keep-ledger-table athena:StartQueryExecution': 'deletes what is too old, makes few files of many, and copies closed days for auditors',
  'keep-ledger-table s3:GetObject': 'Athena reads the table with the role of the function, which looks for manifests of the copy itself',
  'keep-ledger-table s3:ListBucket': 'counts rows that could not be written; Athena lists the files of the table',
  'refresh-prices s3:GetObject': 'reads the prices of the last refresh, and stores the new ones',
  'meter-calls bedrock:GetInferenceProfile': 'finds the model behind an application inference profile, which may be made at any time',
  'meter-calls sts:AssumeRole': 'finds the models behind profiles of other accounts; the role may do nothing else there',
  'meter-calls cloudwatch:PutMetricData': 'sends metrics over OTLP, only with `otlp` to CloudWatch',
  'meter-calls s3:GetObject': 'reads the refreshed prices',
  'meter-unrecorded bedrock:GetModelInvocationJob': 'lists capacity, custom models and batch jobs, which are made after the deployment',
  'meter-unrecorded logs:FilterLogEvents': 'sees which jobs have a line already',
  'meter-unrecorded cloudwatch:GetMetricData': 'reads units of guardrails and tokens of bedrock-mantle; metrics have no ARN',
  'meter-unrecorded s3:GetObject': 'reads the manifests of batch jobs, and no record',
  'meter-agents s3:GetObject': 'reads the refreshed prices, for estimates',
  'join-agents s3:GetObject': 'reads the refreshed prices, for estimates',
  'join-agents logs:FilterLogEvents': 'reads the lines of agents and of the ledger',
  'publish-signals cloudwatch:GetMetricData': 'compares with the last seven days; metrics have no ARN',
  'publish-signals logs:StartQuery': 'finds single calls and callers in the ledger',
  'publish-signals logs:GetQueryResults': 'reads the results, by the id of the query',
  'publish-signals bedrock:GetModelInvocationLoggingConfiguration': 'compares the log group that gets the records with the metered one',
  'measure-quota cloudwatch:GetMetricData': 'reads the tokens of each model',
  'measure-quota servicequotas:ListServiceQuotas': 'reads the quotas of Bedrock, and the names of its models',
  'activate-alarms ssm:GetParameter': 'reads when the days before the alarms may act began',
  'activate-alarms cloudwatch:EnableAlarmActions': 'lets the alarms act, which it names one by one',
  'reconcile-bill logs:StartQuery': 'sums up the ledger of the settled days',
  'reconcile-bill logs:GetQueryResults': 'reads the results, by the id of the query',
  'reconcile-bill ce:GetCostAndUsage': 'reads the bill of Amazon Bedrock, day by day; bills have no ARN',
  'reconcile-bill athena:StartQueryExecution': 'reads the bill in an export, with a work group of its own',
  'reconcile-bill s3:GetObject': 'reads the manifest of an export; Athena reads its files with the role of the function',
  'reconcile-bill s3:ListBucket': 'sees whether all files of an export are there',
  'watch-members logs:StartQuery': 'counts the records of each member in the ledger',
  'watch-members logs:GetQueryResults': 'reads the results, by the id of the query',
  'watch-members cloudwatch:GetMetricData': 'counts the calls of each member, in each Region; metrics have no ARN',
  'send-digest logs:StartQuery': 'sums up the ledger',
  'send-digest logs:GetQueryResults': 'reads the results, by the id of the query',
  'send-digest cloudwatch:GetMetricData': 'compares with the period before',
  'send-digest s3:PutObject': 'stores the digest',
};

/** What a service does with its role. */
const BY_SERVICE: Readonly<Record<string, string>> = {
  'bedrock.amazonaws.com logs:CreateLogStream': 'writes records',
  'scheduler.amazonaws.com lambda:InvokeFunction': 'starts the function at its hour',
  'firehose.amazonaws.com glue:GetTable': 'finds the files of the table of the ledger in the catalogue, and adds its own',
  'firehose.amazonaws.com s3:AbortMultipartUpload': 'writes rows into the table, and those that it cannot write beside it',
  'firehose.amazonaws.com s3:GetBucketLocation': 'finds the bucket, and what is in it',
  'firehose.amazonaws.com logs:CreateLogStream': 'says why rows could not be written',
  'logs.amazonaws.com kinesis:PutRecord': 'sends the records of the organization to the stream',
  'logs.amazonaws.com logs:PutLogEvents': 'sends records to the destination of the other account, which asks the sender for a role',
  'ecs-tasks.amazonaws.com xray:PutTraceSegments': 'sends spans and metrics to CloudWatch, as the collector',
  'ecs-tasks.amazonaws.com logs:CreateLogStream': 'writes the log of the collector',
  'ecs-tasks.amazonaws.com secretsmanager:GetSecretValue': 'hands the headers of a destination to the collector',
};

const reasonOf = ({ handler, service, actions: [action] }: Grant) =>
  (handler === undefined ? BY_SERVICE[`${service} ${action}`] : (BY_HANDLER[`${handler} ${action}`] ?? BY_AWS[action!])) ?? '';

const ofFunctions = all.filter(({ handler }) => handler !== undefined);
const ofServices = all.filter(({ handler }) => handler === undefined);

const code = (text: string) => `\`${text}\``;
/** The construct that a role belongs to: names that are made of hashes are left out. */
const ownerOf = ({ role }: Grant) => role.replace(/\/?[^/]*Role(ForTarget-\w+)?$/, '').replace(/^$/, 'schedules');

function rowOf(grant: Grant, columns: readonly string[]): string {
  const { actions, resources, condition } = grant;
  const on = resources.length > 6 ? `${resources.length} alarms` : resources.map(code).join(', ');
  const only = condition === undefined ? '' : `, if ${code(JSON.stringify(condition).replaceAll('"', ''))}`;
  return `| ${[...columns, actions.map(code).join(', '), `${on}${only}`, reasonOf(grant)].join(' | ')} |`;
}

/** The generated tables by the marks above them. */
const TABLES: Readonly<Record<string, string>> = {
  statements: [
    '| function | of | may | on | because it |',
    '| --- | --- | --- | --- | --- |',
    ...ofFunctions
      .filter(({ actions }) => actions[0] !== 'logs:CreateLogStream')
      .map((grant) => rowOf(grant, [code(grant.handler!), code(ownerOf(grant))])),
  ].join('\n'),
  'roles of services': [
    '| role of | assumed by | may | on | because it |',
    '| --- | --- | --- | --- | --- |',
    ...ofServices.map((grant) => rowOf(grant, [code(ownerOf(grant)), code(grant.service)])),
  ].join('\n'),
};

test('each function is known by its folder, and each statement has a reason', () => {
  expect(ofFunctions.filter(({ handler }) => !handlers.includes(handler!))).toEqual([]);
  expect(all.filter((grant) => reasonOf(grant) === '')).toEqual([]);
});

test('a reason whose statement is gone goes too', () => {
  const used = new Set(ofServices.map(({ service, actions: [action] }) => `${service} ${action}`));
  expect(Object.keys(BY_SERVICE).filter((key) => !used.has(key))).toEqual([]);
  const asked = new Set(ofFunctions.flatMap(({ handler, actions }) => actions.map((action) => `${handler} ${action}`)));
  expect(Object.keys(BY_HANDLER).filter((key) => !asked.has(key))).toEqual([]);
});

/** What Athena does with the role of a function that never does it itself. */
const BY_ATHENA = ['make-ledger-table s3:GetObject', 'make-ledger-table s3:PutObject', 'make-ledger-table s3:ListBucket'];

/** A command or a paginator of the SDK, or the name of an operation in a request that is signed here. */
const asksFor = (operation: string) => new RegExp(`\\b(${operation}Command|paginate${operation})\\b|_\\d{8}\\.${operation}'`);

test('no function may do what its code never asks for', () => {
  const unused = ofFunctions.flatMap(({ handler, actions }) =>
    actions
      .filter((action) => !(action in BY_AWS))
      .filter((action) => !asksFor(action.split(':')[1]!).test(sourcesOf(handler!)))
      .map((action) => `${handler} ${action}`)
      .filter((key) => !BY_ATHENA.includes(key)),
  );
  expect(unused).toEqual([]);
});

test('no function may read records, put metrics but over OTLP, or do anything with *', () => {
  expect(all.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual([]);
  // Only `otlp` to CloudWatch lets the meter put metrics.
  const putting = ofFunctions.filter(({ actions }) => actions.includes('cloudwatch:PutMetricData'));
  expect(putting.map(({ handler }) => handler)).toEqual(['meter-calls']);
  const records = ofFunctions.flatMap(({ resources }) => resources).filter((resource) => resource.includes('InvocationLogging/LogGroup'));
  expect(records).toEqual([]);
});

/** The words of the table of VPC endpoints: for the prefix of an action, the client of the SDK. */
const SERVICES: Readonly<Record<string, readonly [prefix: string, client: string]>> = {
  'Bedrock (control plane)': ['bedrock', 'bedrock'],
  CloudWatch: ['cloudwatch', 'cloudwatch'],
  'CloudWatch Logs': ['logs', 'cloudwatch-logs'],
  'Cost Explorer': ['ce', 'cost-explorer'],
  S3: ['s3', 's3'],
  'Secrets Manager': ['secretsmanager', 'secrets-manager'],
  'Service Quotas': ['servicequotas', 'service-quotas'],
  SNS: ['sns', 'sns'],
  'Systems Manager': ['ssm', 'ssm'],
  'X-Ray': ['xray', 'xray'],
};

test.each(handlers)('docs/security.md names what %s calls from a VPC, and nothing else', (handler) => {
  const calls = new RegExp(`^\\| \`${handler}\` \\| ([^|]+) \\|$`, 'm').exec(readFileSync(PAGE, 'utf8'))?.[1] ?? '';
  const isNamed = (service: string) => new RegExp(`${service.replace(/[()]/g, '\\$&')}(?! Logs)`).test(calls);
  const granted = ofFunctions.filter((grant) => grant.handler === handler).flatMap(({ actions }) => actions);
  const mayCall = (prefix: string) =>
    granted.some((action) => action.startsWith(`${prefix}:`) && !(action in BY_AWS && action !== 's3:PutObject'));
  const sources = sourcesOf(handler);
  const services = Object.entries(SERVICES);
  expect(services.filter(([service, [prefix]]) => mayCall(prefix) && !isNamed(service))).toEqual([]);
  // Custom resources answer to a bucket of CloudFormation, without a client of the SDK.
  const surplus = services.filter(([service, [, client]]) => isNamed(service) && !sources.includes(`'@aws-sdk/client-${client}'`));
  expect(surplus.filter(([service]) => !(service === 'S3' && calls.includes('response URL')))).toEqual([]);
});

test.each(Object.entries(TABLES))('docs/security.md has the %s; UPDATE_DOCS=1 writes them', (name, table) => {
  expect(tableBelow(PAGE, name, table)).toBe(table);
});

test.each(['SECURITY.md', 'docs/security.md', 'docs/runbooks/dead-letters.md'])(
  '%s says that dead letters hold records, for how long and under which key',
  (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    expect(text).toMatch(/dead letters|dead-letter queue/);
    expect(text).toMatch(/14 days/);
    expect(text).toContain('deadLetterEncryptionKey');
  },
);
