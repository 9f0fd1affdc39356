import { CfnParameter, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as library from '../../lib';
import { ENUMS } from './declared-props';

/** Values that a prop of one type may be given by mistake, each made in its stack. */
type Wrong = Readonly<Record<string, (stack: Stack) => unknown>>;

const ACCOUNT = '111122223333';
const arn = (service: string, resource: string, region = 'us-east-1', account = ACCOUNT) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;
const textOf = (stack: Stack, id = 'Text') => new CfnParameter(stack, id).valueAsString;
const numberOf = (stack: Stack) => new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
const listOf = (stack: Stack) => new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
const far = (stack: Stack) => new Stack(stack.node.root as never, 'Far', { env: { account: ACCOUNT, region: 'us-east-1' } });
const costMetrics = library.CostMetrics.inNamespace();
const farMeter = (stack: Stack) => {
  const there = far(stack);
  return new library.CostMeter(there, 'Meter', { logGroup: logs.LogGroup.fromLogGroupName(there, 'Records', '/records') });
};

const LOG_GROUP: Wrong = {
  'of another Region': (stack) => logs.LogGroup.fromLogGroupArn(stack, 'Wrong', arn('logs', 'log-group:far')),
  'of another account': (stack) =>
    logs.LogGroup.fromLogGroupArn(stack, 'Wrong', arn('logs', 'log-group:far', 'eu-central-1', '999999999999')),
  'of a class without events': (stack) => {
    const logGroup = new logs.LogGroup(stack, 'Wrong');
    (logGroup.node.defaultChild as logs.CfnLogGroup).logGroupClass = 'DELIVERY';
    return logGroup;
  },
};
const KEY: Wrong = {
  'of another Region': (stack) => kms.Key.fromKeyArn(stack, 'Wrong', arn('kms', 'key/1234abcd-12ab-34cd-56ef-1234567890ab')),
  'that is asymmetric': (stack) => new kms.Key(stack, 'Wrong', { keySpec: kms.KeySpec.RSA_4096, keyUsage: kms.KeyUsage.ENCRYPT_DECRYPT }),
  'that signs': (stack) => new kms.Key(stack, 'Wrong', { keySpec: kms.KeySpec.HMAC_256, keyUsage: kms.KeyUsage.GENERATE_VERIFY_MAC }),
};
const BUCKET: Wrong = {
  'of another Region': (stack) => s3.Bucket.fromBucketAttributes(stack, 'Wrong', { bucketName: 'far', region: 'us-east-1' }),
};
const ALARM: Wrong = { 'of another Region': (stack) => cloudwatch.Alarm.fromAlarmArn(stack, 'Wrong', arn('cloudwatch', 'alarm:far')) };
const ROLE: Wrong = { 'of another account': (stack) => iam.Role.fromRoleArn(stack, 'Wrong', arn('iam', 'role/far', '', '999999999999')) };
const DURATION: Wrong = {
  zero: () => Duration.millis(0),
  'a millisecond': () => Duration.millis(1),
  'a token in seconds': (stack) => Duration.seconds(numberOf(stack)),
  'a token in days': (stack) => Duration.days(numberOf(stack)),
};
const TEXT: Wrong = {
  empty: () => '',
  'a token': (stack) => textOf(stack),
};
const NUMBER: Wrong = {
  'not a number': () => NaN,
  infinite: () => Infinity,
  negative: () => -1,
  zero: () => 0,
  'a token': (stack) => numberOf(stack),
};

/** The tables of all types of props but of lists, which follow from these, and of enums. */
const BY_TYPE: Readonly<Record<string, Wrong>> = {
  string: TEXT,
  number: NUMBER,
  Duration: DURATION,
  'logs.RetentionDays': { 'a token': numberOf, 'no choice of the service': () => 2, negative: () => -1, zero: () => 0 },
  RemovalPolicy: { 'that log groups do not have': () => RemovalPolicy.SNAPSHOT },
  'logs.ILogGroup': LOG_GROUP,
  'logs.ILogGroupRef': LOG_GROUP,
  'kms.IKey': KEY,
  'kms.IKeyRef': KEY,
  's3.IBucket': BUCKET,
  's3.IBucketRef': BUCKET,
  'iam.IRole': ROLE,
  'iam.IRoleRef': ROLE,
  'cloudwatch.IAlarmRef': ALARM,
  'cloudwatch.IAlarmAction': {
    'of another Region': (stack) => new actions.SnsAction(sns.Topic.fromTopicArn(stack, 'Wrong', arn('sns', 'far'))),
  },
  'cloudwatch.IMetric': {
    'of another Region': () => costMetrics.metricCost({ region: 'us-east-1' }),
    'of another account': () => costMetrics.metricCost({ account: '999999999999' }),
  },
  'cloudwatch.HorizontalAnnotation': { 'without a number': () => ({ value: NaN }) },
  'sns.ITopic': {
    'of another Region': (stack) => sns.Topic.fromTopicArn(stack, 'Wrong', arn('sns', 'far')),
    FIFO: (stack) => new sns.Topic(stack, 'Wrong', { fifo: true }),
  },
  'ec2.IVpc': {
    'of another Region': (stack) => new ec2.Vpc(far(stack), 'Vpc'),
    'without subnets': (stack) => ec2.Vpc.fromVpcAttributes(stack, 'Wrong', { vpcId: 'vpc-1', availabilityZones: ['a'] }),
  },
  'ec2.SubnetSelection': { 'of none': () => ({ subnets: [] }), 'that do not exist': () => ({ subnetGroupName: 'missing' }) },
  'ec2.ISecurityGroup': {
    'of another Region': (stack) => {
      const vpc = new ec2.Vpc(far(stack), 'Vpc');
      return new ec2.SecurityGroup(vpc, 'Group', { vpc });
    },
  },
  'ecs.ICluster': {
    'of another Region': (stack) => {
      const vpc = new ec2.Vpc(far(stack), 'Vpc');
      return new ecs.Cluster(vpc, 'Cluster', { vpc });
    },
  },
  'kinesis.IStream': { 'of another Region': (stack) => kinesis.Stream.fromStreamArn(stack, 'Wrong', arn('kinesis', 'stream/far')) },
  'firehose.IDeliveryStream': {
    'of another Region': (stack) => firehose.DeliveryStream.fromDeliveryStreamArn(stack, 'Wrong', arn('firehose', 'deliverystream/far')),
  },
  'secretsmanager.ISecret': {
    'of another Region': (stack) =>
      secretsmanager.Secret.fromSecretCompleteArn(stack, 'Wrong', arn('secretsmanager', 'secret:salt-AbCdEf')),
  },
  ICostMeter: { 'of another Region': farMeter },
  IPriceCatalogue: { 'of another Region': (stack) => new library.PriceCatalogue(far(stack), 'Prices') },
  AlarmSignals: { 'of another Region': (stack) => new library.AlarmSignals(far(stack), 'Signals', { costMetrics }) },
  AgentMeter: { 'of another Region': (stack) => new library.AgentMeter(far(stack), 'Agents') },
  LedgerTable: { 'of another Region': (stack) => new library.LedgerTable(far(stack), 'Table') },
  TieredAlarms: {
    'of another Region': (stack) =>
      new library.TieredAlarms(far(stack), 'Alarms', { rules: library.DefaultAlarmRules.forMetrics(costMetrics) }),
  },
  SavedQueries: {
    'of another Region': (stack) => {
      const there = far(stack);
      return new library.SavedQueries(there, 'Queries', {
        sources: { costMetrics, ledgerLogGroup: logs.LogGroup.fromLogGroupName(there, 'Ledger', '/ledger') },
      });
    },
  },
  'agentcore.IRuntimeRef': {
    'of another Region': (stack) =>
      new agentcore.CfnRuntime(far(stack), 'Runtime', {
        agentRuntimeName: 'agent',
        agentRuntimeArtifact: { containerConfiguration: { containerUri: 'image' } },
        networkConfiguration: { networkMode: 'PUBLIC' },
        roleArn: arn('iam', 'role/agent', ''),
      }),
  },
  'agentcore.IMemoryRef': {
    'of another Region': (stack) => new agentcore.CfnMemory(far(stack), 'Memory', { name: 'memory', eventExpiryDuration: 30 }),
  },
  'agentcore.IGatewayRef': {
    'of another Region': (stack) =>
      new agentcore.CfnGateway(far(stack), 'Gateway', {
        name: 'g',
        protocolType: 'MCP',
        authorizerType: 'AWS_IAM',
        roleArn: arn('iam', 'role/g', ''),
      }),
  },
  'agentcore.IBrowserCustomRef': {
    'of another Region': (stack) =>
      new agentcore.CfnBrowserCustom(far(stack), 'Browser', { name: 'b', networkConfiguration: { networkMode: 'PUBLIC' } }),
  },
  'agentcore.ICodeInterpreterCustomRef': {
    'of another Region': (stack) =>
      new agentcore.CfnCodeInterpreterCustom(far(stack), 'Code', { name: 'c', networkConfiguration: { networkMode: 'SANDBOX' } }),
  },
  'agentcore.IWorkloadIdentityRef': {
    'of another Region': (stack) => new agentcore.CfnWorkloadIdentity(far(stack), 'Identity', { name: 'i' }),
  },
};

/** Types of which each value is a right one: the class or the interface checks what is given to it, and has rows of its own. */
const CHECKED_ELSEWHERE =
  /^(boolean|events\.Schedule|ecs\.ContainerImage|logs\.DataIdentifier|cloudwatch\.(TreatMissingData|ComparisonOperator)|CostMetrics|AgentDimension|[A-Z]\w+(Options|Props|Sampling|Override|Discount|Capacity|Routing|Sources|Source|Window|Rule|Layer|Activation|Protection|Capture|Budget|Destination|Overrides|Map|Copy|Dimension|Bucket|Widget|Ledger)|Ledger)$/;

/** The wrong values of a type; undefined for a type that nobody has thought of. */
export function wrongValuesOf(type: string): Wrong | undefined {
  const element = /^(?:readonly )?(.+)\[\]$/.exec(type)?.[1];
  if (element !== undefined) {
    return ofList(element, wrongValuesOf(element));
  }
  const value = /^(?:Record<string, |\{ \[\w+: string\]: )(\w+)(?:>|; ?\}| \})$/.exec(type)?.[1];
  if (value !== undefined) {
    return ofMap(BY_TYPE[value]!);
  }
  if (ENUMS.includes(type)) {
    return { 'no member of the enum': () => 'nonsense' };
  }
  return BY_TYPE[type] ?? (CHECKED_ELSEWHERE.test(type) ? {} : undefined);
}

function ofList(element: string, wrong: Wrong | undefined): Wrong | undefined {
  return (
    wrong && {
      'an empty list': () => [],
      ...(element === 'string' && { 'a token for a list': listOf, 'two of one name': () => ['a', 'a'] }),
      ...Object.fromEntries(Object.entries(wrong).map(([name, make]) => [`with one ${name}`, (stack: Stack) => [make(stack)]])),
    }
  );
}

function ofMap(wrong: Wrong): Wrong {
  return {
    'an empty map': () => ({}),
    'with an empty key': () => ({ '': 'value' }),
    ...Object.fromEntries(Object.entries(wrong).map(([name, make]) => [`with one ${name}`, (stack: Stack) => ({ key: make(stack) })])),
  };
}
