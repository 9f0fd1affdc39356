import { App, Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { NAMED_QUESTIONS } from '../../engine/ledger/questions/question';
import {
  AdotLayer,
  AlarmSignals,
  BedrockObservability,
  BillReconciliation,
  BillSource,
  CostMeter,
  Ledger,
  LedgerAuditCopy,
  LedgerTable,
  type LedgerTableProps,
  MemberWatch,
  ObservabilityLevel,
  RetentionClass,
  UnrecordedUsage,
  UsageDigest,
} from '../../lib';

function tableIn(stack: Stack, props?: LedgerTableProps): { table: LedgerTable; template: () => Template } {
  const table = new LedgerTable(stack, 'Table', props);
  return { table, template: () => Template.fromStack(stack) };
}

const newStack = (region?: string) => new Stack(new App(), 'Stack', region ? { env: { account: '111122223333', region } } : {});

const variablesOf = (template: Template, description: string): Record<string, unknown> => {
  const [made] = Object.values(template.findResources('AWS::Lambda::Function', { Properties: { Description: description } }));
  return (made!.Properties as { Environment?: { Variables: Record<string, unknown> } }).Environment?.Variables ?? {};
};
const UPKEEP = 'Keeps the table of the ledger of Amazon Bedrock calls small and in order';

test('the stream appends to the table, which is there before it, and its role may write', () => {
  const template = tableIn(newStack()).template();
  const [stream] = Object.values(template.findResources('AWS::KinesisFirehose::DeliveryStream'));
  expect(stream!.Properties).toMatchObject({
    DeliveryStreamType: 'DirectPut',
    IcebergDestinationConfiguration: {
      AppendOnly: true,
      DestinationTableConfigurationList: [{ DestinationTableName: 'ledger', S3ErrorOutputPrefix: 'failed/' }],
      s3BackupMode: 'FailedDataOnly',
    },
  });
  const [table] = Object.keys(template.findResources('Custom::BedrockLedgerTable'));
  const policies = Object.keys(template.findResources('AWS::IAM::Policy')).filter((id) => id.includes('DeliveryRole'));
  expect(stream!.DependsOn).toEqual(expect.arrayContaining([table, ...policies]));
  expect(policies).toHaveLength(1);
});

test('each question has a named query, over the last thirty days', () => {
  const template = tableIn(newStack()).template();
  template.resourceCountIs('AWS::Athena::NamedQuery', NAMED_QUESTIONS.length);
  template.hasResourceProperties('AWS::Athena::NamedQuery', {
    Name: 'Cost by day (UTC) and model (USD)',
    QueryString: Match.stringLikeRegexp("interval '30' day"),
  });
});

test('the database has a name that Athena takes, whatever the names of the app', () => {
  const stack = new Stack(new App(), 'My-Stack-2');
  expect(tableIn(stack).table.databaseName).toMatch(/^[a-z0-9_]+$/);
});

test('rows are kept for as long as the prop says, or for ever', () => {
  expect(variablesOf(tableIn(newStack()).template(), UPKEEP)).toMatchObject({ RETENTION_DAYS: '400' });
  expect(variablesOf(tableIn(newStack(), { retention: RetentionClass.AUDIT }).template(), UPKEEP)).toMatchObject({
    RETENTION_DAYS: '2557',
  });
  expect(variablesOf(tableIn(newStack(), { retention: logs.RetentionDays.INFINITE }).template(), UPKEEP)).not.toHaveProperty(
    'RETENTION_DAYS',
  );
});

test('a copy for auditors is locked, and stays with the stack gone', () => {
  const { table, template } = tableIn(newStack(), { auditCopy: LedgerAuditCopy.compliance(), removalPolicy: RemovalPolicy.DESTROY });
  template().hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'RetainExceptOnCreate',
    Properties: {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 2557, Mode: 'COMPLIANCE' } } },
    },
  });
  expect(variablesOf(template(), UPKEEP)).toHaveProperty('AUDIT_BUCKET');
  expect(table.auditBucket).toBeDefined();
});

test('a key of your own encrypts the table, the copy and the rows on their way', () => {
  const stack = newStack();
  const encryptionKey = new kms.Key(stack, 'Key');
  const template = tableIn(stack, { encryptionKey, auditCopy: LedgerAuditCopy.governance({ retention: Duration.days(30) }) }).template();
  template.resourcePropertiesCountIs('AWS::S3::Bucket', { BucketEncryption: Match.anyValue() }, 2);
  template.hasResourceProperties('AWS::KinesisFirehose::DeliveryStream', {
    DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK' },
  });
});

test.each(['cn-north-1', 'us-gov-west-1', 'eusc-de-east-1', 'ap-southeast-5', 'mx-central-1'])(
  '%s has no delivery to Iceberg: said at synth',
  (region) => {
    expect(() => tableIn(newStack(region))).toThrow(
      `'LedgerTable' needs delivery of Amazon Data Firehose to Apache Iceberg, which does not exist in ${region}: leave the table out`,
    );
  },
);

test.each<[string, () => unknown, string]>([
  ['a name with a hyphen', () => tableIn(newStack(), { databaseName: 'my-ledger' }), "'databaseName' must be 1 to 128 lower-case letters"],
  [
    'a retention that is not known',
    () => tableIn(newStack(), { retention: Token.asNumber({ Ref: 'Days' }) }),
    "'retention' must be known at synth",
  ],
  [
    'a lock of hours',
    () => LedgerAuditCopy.compliance({ retention: Duration.hours(5) }),
    "'retention' must be whole days, from 1 to 36,500",
  ],
  [
    'a lock that is not known',
    () => LedgerAuditCopy.compliance({ retention: Duration.days(Token.asNumber({ Ref: 'D' })) }),
    "'retention' must be known at synth",
  ],
])('refuses %s', (_, make, message) => {
  expect(make).toThrow(message);
});

test('a Region without Athena has neither the table nor an export: said at synth', () => {
  expect(() => tableIn(newStack('us-iso-west-1'))).toThrow("'LedgerTable' needs Amazon Athena, which does not exist in us-iso-west-1");
  const stack = newStack('us-isob-west-1');
  const costMeter = new CostMeter(stack, 'Meter', { logGroup: new logs.LogGroup(stack, 'Records'), adotLayer: AdotLayer.NONE });
  const source = BillSource.dataExport({ bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'exports'), exportName: 'costs' });
  expect(() => new BillReconciliation(stack, 'Bill', { costMeter, source })).toThrow(
    "'source' needs Amazon Athena, which does not exist in us-isob-west-1",
  );
});

const METER = 'Prices Amazon Bedrock model invocations';

test.each([
  ['beside the log group', (table: LedgerTable) => Ledger.perCall({ table }), 'perCall'],
  ['instead of lines', (table: LedgerTable) => Ledger.inTable(table, { requestMetadataKeys: ['team'] }), 'table'],
])('a meter puts rows %s', (_, ledger, form) => {
  const stack = newStack();
  const table = new LedgerTable(stack, 'Table');
  new CostMeter(stack, 'Meter', { logGroup: new logs.LogGroup(stack, 'Records'), ledger: ledger(table) });
  const template = Template.fromStack(stack);
  expect(variablesOf(template, METER)).toMatchObject({ LEDGER: form, LEDGER_STREAM: { Ref: stack.getLogicalId(table.deliveryStream) } });
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 'firehose:PutRecordBatch' })]) },
  });
});

test('a table of another stack is refused', () => {
  const app = new App();
  const table = new LedgerTable(new Stack(app, 'One'), 'Table');
  const other = new Stack(app, 'Other');
  expect(() => new CostMeter(other, 'Meter', { logGroup: new logs.LogGroup(other, 'Records'), ledger: Ledger.inTable(table) })).toThrow(
    "'ledger.table' must be in the stack of the cost meter, 'Other', got 'One/Table': move it there",
  );
});

test('whoever may query the table may read its files, and no row that failed', () => {
  const stack = newStack();
  const { table, template } = tableIn(stack);
  const role = new iam.Role(stack, 'Analyst', { assumedBy: new iam.AccountRootPrincipal() });
  table.grantRead(role);
  const [policy] = Object.entries(template().findResources('AWS::IAM::Policy')).filter(([id]) => id.includes('Analyst'));
  const text = JSON.stringify(policy);
  expect(text).toContain('athena:StartQueryExecution');
  expect(text).toContain('/ledger/*');
  expect(text).not.toMatch(/failed|PutObject|glue:Update/);
});

interface Reader {
  readonly name: string;
  readonly description: string;
  readonly make: (stack: Stack, costMeter: CostMeter, table: LedgerTable) => unknown;
}

/** What reads the ledger. */
const READERS: readonly Reader[] = [
  {
    name: 'Digest',
    description: 'Sums up what Amazon Bedrock calls cost',
    make: (stack, costMeter) => new UsageDigest(stack, 'Digest', { costMeter }),
  },
  {
    name: 'Bill',
    description: 'Compares the cost of Amazon Bedrock calls with the bill',
    make: (stack, costMeter) => new BillReconciliation(stack, 'Bill', { costMeter }),
  },
  {
    name: 'Watch',
    description: 'Finds members whose records of Amazon Bedrock calls do not arrive',
    make: (stack, costMeter) => new MemberWatch(stack, 'Watch', { costMeter, regions: ['us-east-1'] }),
  },
  {
    name: 'Signals',
    description: 'Publishes what Amazon Bedrock alarms cannot compute themselves',
    make: (stack, { metrics, ledgerLogGroup }, ledgerTable) =>
      new AlarmSignals(stack, 'Signals', { costMetrics: metrics, ledgerLogGroup, ledgerTable }),
  },
];

test.each(
  READERS.flatMap((reader) => [
    { ...reader, form: 'a table only', ledger: (table: LedgerTable) => Ledger.inTable(table) },
    { ...reader, form: 'both', ledger: (table: LedgerTable) => Ledger.perCall({ table }) },
  ]),
)('$name reads the table of a ledger in $form, and may', ({ name, description, make, ledger }) => {
  const stack = newStack();
  const table = new LedgerTable(stack, 'Table');
  make(stack, new CostMeter(stack, 'Meter', { logGroup: new logs.LogGroup(stack, 'Records'), ledger: ledger(table) }), table);
  const template = Template.fromStack(stack);
  expect(variablesOf(template, description)).toMatchObject({
    LEDGER_DATABASE: table.databaseName,
    LEDGER_WORK_GROUP: { Ref: stack.getLogicalId(table.workGroup) },
  });
  expect(variablesOf(template, description)).not.toHaveProperty('LEDGER_LOG_GROUPS');
  const [policy] = Object.entries(template.findResources('AWS::IAM::Policy')).filter(
    ([id]) => id.startsWith(`${name}Role`) || id.startsWith(`${name}FunctionRole`),
  );
  expect(JSON.stringify(policy)).toContain('athena:StartQueryExecution');
  expect(JSON.stringify(policy)).not.toContain('logs:StartQuery');
});

test('the whole library over a ledger in a table: every reader asks the table, and what no record describes is in it', () => {
  const stack = newStack('us-east-1');
  const table = new LedgerTable(stack, 'Table');
  new BedrockObservability(stack, 'Bedrock', {
    level: ObservabilityLevel.ADVANCED,
    costMeter: { ledger: Ledger.inTable(table) },
    unrecordedUsage: {},
    billReconciliation: {},
  });
  const template = Template.fromStack(stack);
  for (const { description } of READERS.filter(({ name }) => name !== 'Watch')) {
    expect(variablesOf(template, description)).toHaveProperty('LEDGER_DATABASE');
  }
  expect(variablesOf(template, 'Prices usage of Amazon Bedrock that no invocation record describes')).toHaveProperty('LEDGER_STREAM');
  expect(JSON.stringify(template.toJSON())).toContain('CallerCost');
});

test('lines of unrecorded usage that are in no table are not compared beside one', () => {
  const stack = newStack();
  const ledger = Ledger.inTable(new LedgerTable(stack, 'Table'));
  const costMeter = new CostMeter(stack, 'Meter', { logGroup: new logs.LogGroup(stack, 'Records'), ledger });
  const { logGroup } = new UnrecordedUsage(stack, 'Unrecorded');
  expect(() => new BillReconciliation(stack, 'Bill', { costMeter, unrecordedLogGroup: logGroup })).toThrow(
    "got 'Stack/Unrecorded/Lines' beside the table 'Stack/Table': leave it out, and give the table to 'ledgerTable' of UnrecordedUsage",
  );
});

test('a meter without a ledger has nothing to compare', () => {
  const stack = newStack();
  const costMeter = new CostMeter(stack, 'Meter', { logGroup: new logs.LogGroup(stack, 'Records'), ledger: Ledger.NONE });
  expect(() => new BillReconciliation(stack, 'Bill', { costMeter })).toThrow('got one with Ledger.NONE');
});
