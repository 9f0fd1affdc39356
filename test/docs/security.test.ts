import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  'refresh-prices s3:GetObject': 'reads the prices of the last refresh, and stores the new ones',
  'meter-calls bedrock:GetInferenceProfile': 'finds the model behind an application inference profile, which may be made at any time',
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
  'send-digest logs:StartQuery': 'sums up the ledger',
  'send-digest logs:GetQueryResults': 'reads the results, by the id of the query',
  'send-digest cloudwatch:GetMetricData': 'compares with the period before',
  'send-digest s3:PutObject': 'stores the digest',
};

const reasonOf = ({ handler, actions: [action] }: Grant) => BY_HANDLER[`${handler} ${action}`] ?? BY_AWS[action!] ?? '';

function table(): string {
  const rows = all
    .filter(({ actions }) => actions[0] !== 'logs:CreateLogStream')
    .map((grant) => {
      const { handler, actions, resources, condition } = grant;
      const on = resources.length > 3 ? `${resources.length} alarms` : resources.map((resource) => `\`${resource}\``).join(', ');
      const only = condition === undefined ? '' : `, if \`${JSON.stringify(condition).replaceAll('"', '')}\``;
      return `| \`${handler}\` | ${actions.map((action) => `\`${action}\``).join(', ')} | ${on}${only} | ${reasonOf(grant)} |`;
    });
  return ['| function | may | on | because it |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}

test('each function is known by its folder, and each statement has a reason', () => {
  expect(all.filter(({ handler }) => !handlers.includes(handler))).toEqual([]);
  expect(all.filter((grant) => reasonOf(grant) === '')).toEqual([]);
});

test('no function may do what its code never asks for', () => {
  const unused = all.flatMap(({ handler, actions }) =>
    actions
      .filter((action) => !(action in BY_AWS))
      .filter((action) => !new RegExp(`\\b(${action.split(':')[1]}Command|paginate${action.split(':')[1]})\\b`).test(sourcesOf(handler)))
      .map((action) => `${handler} ${action}`),
  );
  expect(unused).toEqual([]);
});

test('no function may read records, put metrics, or do anything with *', () => {
  const actions = all.flatMap((grant) => grant.actions);
  expect(actions.filter((action) => action.includes('*') || action === 'cloudwatch:PutMetricData')).toEqual([]);
  expect(all.flatMap(({ resources }) => resources).filter((resource) => resource.includes('InvocationLogging/LogGroup'))).toEqual([]);
});

test('docs/security.md has each statement; UPDATE_DOCS=1 writes it', () => {
  const MARK = '<!-- statements -->\n\n';
  const page = readFileSync(PAGE, 'utf8');
  const [before = '', rest = ''] = page.split(MARK);
  if (process.env.UPDATE_DOCS) {
    writeFileSync(PAGE, `${before}${MARK}${table()}${rest.slice(rest.indexOf('\n\n') + 1)}`);
  }
  const written = readFileSync(PAGE, 'utf8').split(MARK)[1] ?? '';
  expect(written.slice(0, table().length)).toBe(table());
});
