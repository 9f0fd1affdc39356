import { App, Aspects, LegacyStackSynthesizer, NestedStack, RemovalPolicies, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import * as library from '../../lib';

const ENV = { account: '111122223333', region: 'eu-central-1' };
const observe = (scope: Construct, id = 'BedrockObservability') => new library.BedrockObservability(scope, id);

/** Shapes of apps in which people put the library. Each leaves the stacks that are to be deployed in the app. */
const SHAPES: Record<string, (app: App) => void> = {
  'a stage': (app) => observe(new Stack(new Stage(app, 'Prod', { env: ENV }), 'Observability')),
  'two stages of two accounts': (app) =>
    ['111122223333', '444455556666'].forEach((account) =>
      observe(new Stack(new Stage(app, `Stage${account}`, { env: { ...ENV, account } }), 'Observability')),
    ),
  'stages without an environment': (app) => ['Dev', 'Prod'].forEach((id) => observe(new Stack(new Stage(app, id), 'Observability'))),
  'a nested stack': (app) => observe(new NestedStack(new Stack(app, 'Parent', { env: ENV }), 'Nested')),
  'several Regions': (app) =>
    ['eu-central-1', 'us-east-1', 'ap-southeast-2'].forEach((region) => observe(new Stack(app, region, { env: { ...ENV, region } }))),
  'a construct deep in the tree, with odd ids': (app) =>
    observe(new Construct(new Construct(new Stack(app, 'Platform'), 'team: search & ads'), 'Überwachung 2'), 'bedrock observability (eu)'),
  'long ids': (app) => observe(new Construct(new Stack(app, 'S'.repeat(120)), 'C'.repeat(200)), 'B'.repeat(200)),
  'the legacy synthesizer': (app) => observe(new Stack(app, 'Legacy', { synthesizer: new LegacyStackSynthesizer() })),
  'termination protection and tags': (app) => {
    const stack = new Stack(app, 'Tagged', { terminationProtection: true, tags: { team: 'platform' } });
    observe(stack);
    Tags.of(stack).add('cost-centre', '4711');
  },
  'a removal policy by an Aspect': (app) => {
    observe(new Stack(app, 'Removable'));
    RemovalPolicies.of(app).destroy();
  },
  'an Aspect that renames roles': (app) => {
    observe(new Stack(app, 'Renamed', { env: ENV }));
    let count = 0;
    Aspects.of(app).add({
      visit: (node: IConstruct) => {
        if (node instanceof iam.CfnRole) node.roleName = `platform-${count++}`;
      },
    });
  },
  'parts in stacks of their own': (app) => {
    const stack = (id: string) => new Stack(app, id, { env: ENV });
    const logging = new library.InvocationLogging(stack('Logging'), 'Logging');
    const prices = new library.PriceCatalogue(stack('Prices'), 'Prices');
    const meter = new library.CostMeter(stack('Metering'), 'Meter', { logGroup: logging.logGroup, prices });
    const signals = new library.AlarmSignals(stack('Signals'), 'Signals', {
      costMetrics: meter.metrics,
      ledgerLogGroup: meter.ledgerLogGroup,
      loggingConfigurationRoles: [logging.configurationRole],
    });
    const topic = new library.AlarmTopic(stack('Topics'), 'Topic');
    const alarms = new library.TieredAlarms(stack('Alarms'), 'Alarms', {
      rules: library.DefaultAlarmRules.forMetrics(meter.metrics, { signals, costMeter: meter, prices }),
      routing: { critical: [topic], finOps: [topic] },
    });
    new library.CostBudgets(stack('Budgets'), 'Budgets', {
      budgets: [library.CostBudget.monthly('All', 100)],
      signals,
      awsBudgetsTopic: topic.topic,
    });
    new library.UsageDigest(stack('Digest'), 'Digest', { costMeter: meter, topics: [topic.topic] });
    new library.Dashboards(stack('Boards'), 'Boards', {
      sources: { costMetrics: meter.metrics, ledgerLogGroup: meter.ledgerLogGroup, invocationLogGroup: logging.logGroup },
      alarms: alarms.alarms,
    });
  },
};

const stacksOf = (app: App) => app.node.findAll().filter((node): node is Stack => node instanceof Stack);

function templatesOf(make: (app: App) => void): unknown[] {
  const app = new App();
  make(app);
  return stacksOf(app).map((stack) => Template.fromStack(stack).toJSON());
}

test.each(Object.entries(SHAPES))('%s synthesizes, and no token is left in its templates', (_, make) => {
  expect(JSON.stringify(templatesOf(make))).not.toMatch(/\$\{Token\[|#\{Token\[|-\d\.\d+e\+2\d\d/);
});

test.each(['stages without an environment', 'parts in stacks of their own'])('%s: the same app gives the same templates again', (shape) => {
  expect(templatesOf(SHAPES[shape]!)).toEqual(templatesOf(SHAPES[shape]!));
});

test('dashboards of all Regions and accounts have names of their own, because dashboards are global', () => {
  const app = new App();
  SHAPES['several Regions']!(app);
  const names = stacksOf(app).flatMap((stack) =>
    Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard')).map(
      ({ Properties }) => Properties.DashboardName as string,
    ),
  );
  expect(new Set(names).size).toBe(6);
});

test('the removal policy of an Aspect is the one that counts', () => {
  const app = new App();
  SHAPES['a removal policy by an Aspect']!(app);
  const [template] = stacksOf(app).map((stack) => Template.fromStack(stack));
  const groups = Object.values(template!.findResources('AWS::Logs::LogGroup'));
  expect(groups.map(({ DeletionPolicy }) => DeletionPolicy as string)).toEqual(groups.map(() => 'Delete'));
});
