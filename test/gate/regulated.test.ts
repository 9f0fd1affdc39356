import { readFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as library from '../../lib';
import { regulatedFindings } from './nag';

// cdk-nag needs more than the oldest aws-cdk-lib has. Jest replaces the CDK by its newest version; see jest.config.js.
const onNewest = process.env.CDK === 'newest' ? test : test.skip;

/** Rules in the table of docs/security.md, and whether a prop cures all of their findings. */
const page = readFileSync('docs/security.md', 'utf8').split('## What checks of rule packs remain')[1]!;
const rows = [...page.matchAll(/^\| (`\w+`(?:, `\w+`)*) \| ([^|]+) \| ([^|]+) \|$/gm)].flatMap(([, rules, , remains]) =>
  [...rules!.matchAll(/`(\w+)`/g)].map(([, rule]) => ({ rule: rule!, isCured: remains!.trim() === 'nothing' })),
);

const vpcIn = (stack: Stack, id: string): ec2.IVpc =>
  ec2.Vpc.fromVpcAttributes(stack, id, { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] });

/** Every public construct, in an account with rules. */
function everything(props: library.BedrockObservabilityProps, encryptionKey?: kms.IKey): (stack: Stack) => void {
  return (stack) => {
    const topic = new library.AlarmTopic(stack, 'Topic');
    new library.AccountDataProtection(stack, 'DataProtection');
    new library.OtelGateway(stack, 'Gateway', {
      vpc: vpcIn(stack, 'GatewayVpc'),
      encryptionKey,
      destinations: [library.OtlpDestination.cloudWatch()],
    });
    const table = new library.LedgerTable(stack, 'Table', {
      ...{
        encryptionKey,
        functions: { ...props.functions, logEncryptionKey: encryptionKey },
        auditCopy: library.LedgerAuditCopy.compliance(),
      },
      routing: { critical: [topic], warning: [topic] },
    });
    new library.BedrockObservability(stack, 'It', {
      costMeter: { ledger: library.Ledger.perCall({ table }) },
      unrecordedUsage: {},
      billReconciliation: {},
      level: library.ObservabilityLevel.ADVANCED,
      agents: {},
      budgets: [library.CostBudget.monthly('Month', 1000)],
      digest: { topics: [topic.topic] },
      alarmRouting: { critical: [topic], warning: [topic] },
      invocationLogging: { largeData: library.DeliveryBucket.create(), archive: library.DeliveryBucket.create() },
      encryptionKey,
      ...props,
    });
  };
}

function findings(make: (stack: Stack) => void): Map<string, string[]> {
  const app = new App();
  make(new Stack(app, 'Test'));
  return regulatedFindings(app);
}

/** With everything that docs/security.md offers. */
const hardened = (props: library.BedrockObservabilityProps = {}) =>
  findings((stack) => {
    const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
    everything({ functions: { vpc: vpcIn(stack, 'Vpc'), reservedConcurrentExecutions: 2 }, ...props }, key)(stack);
  });

onNewest('each finding of HIPAA, NIST 800-53 and PCI DSS has its row in docs/security.md', () => {
  const found = findings(everything({ alarmActivation: library.AlarmActivation.after() }));
  expect(rows.map(({ rule }) => rule).sort()).toEqual([...found.keys()].sort());
});

onNewest('what the page says is cured is cured by its prop, and nothing else is', () => {
  const found = hardened({ alarmActivation: library.AlarmActivation.after() });
  expect(
    rows
      .filter(({ isCured }) => !isCured)
      .map(({ rule }) => rule)
      .sort(),
  ).toEqual([...found.keys()].sort());
});

onNewest('with a routing, symptoms and the maintenance alarm are the only alarms without an action', () => {
  const names = hardened()
    .get('CloudWatchAlarmAction')!
    .map((path) => path.split('/')[3]!);
  const stack = new Stack();
  const symptoms = library.DefaultAlarmRules.forMetrics(library.CostMetrics.inNamespace(), {
    signals: new library.AlarmSignals(stack, 'Signals', { costMetrics: library.CostMetrics.inNamespace() }),
    agentMeter: new library.BedrockObservability(stack, 'It', { agents: {} }).agentMeter,
  }).filter(({ category }) => category === library.AlarmCategory.SERVICE);
  const expected = [...symptoms.map(({ name }) => name), 'Maintenance'];
  expect([...new Set(names)].filter((name) => !expected.includes(name))).toEqual([]);
});
