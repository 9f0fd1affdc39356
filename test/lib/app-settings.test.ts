import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type AppProps, Aspects, RemovalPolicies, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { CodePipeline, CodePipelineSource, ShellStep } from 'aws-cdk-lib/pipelines';
import { type IConstruct } from 'constructs';
import * as library from '../../lib';

const ENV = { account: '111122223333', region: 'eu-central-1' };
const ADVANCED = { level: library.ObservabilityLevel.ADVANCED, agents: {}, budgets: [library.CostBudget.monthly('All', 100)] };

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'settings of apps-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** The template of the whole library in an app with these props, after `settle` has had its way with the app. */
function templateIn(props: AppProps, settle: (app: App) => void = () => {}, env = ENV): Template {
  const app = new App({ outdir: folder, ...props });
  settle(app);
  const stack = new Stack(app, 'Settings', { env });
  // The CDK knows no layer of ADOT for GovCloud, and the meter says so.
  new library.BedrockObservability(stack, 'It', { ...ADVANCED, costMeter: { adotLayer: library.AdotLayer.NONE } });
  app.synth();
  return Template.fromStack(stack);
}

const OFF = Object.fromEntries(Object.keys(CURRENTLY_RECOMMENDED_FLAGS).map((flag) => [flag, false]));

test.each<[string, AppProps]>([
  ['all feature flags on', { context: CURRENTLY_RECOMMENDED_FLAGS }],
  ['all feature flags off', { context: OFF }],
  ['bundling of no stack', { context: { 'aws:cdk:bundling-stacks': [] } }],
  ['neither metadata nor stack traces', { analyticsReporting: false, treeMetadata: false, stackTraces: false }],
  ['property injectors of others', { propertyInjectors: [] }],
])('an app with %s synthesizes everything', (_, props) => {
  templateIn(props).resourceCountIs('Custom::BedrockModelInvocationLogging', 1);
});

test('the code of all functions is in a cdk.out whose path has blanks', () => {
  const functions = Object.keys(templateIn({}).findResources('AWS::Lambda::Function')).length;
  expect(folder).toContain(' ');
  const assets = readdirSync(folder).filter((file) => file.startsWith('asset.'));
  expect(assets.length).toBeGreaterThan(5);
  expect(functions).toBeGreaterThan(assets.length - 1);
});

test.each([
  ['us-gov-west-1', 'aws-us-gov'],
  ['us-gov-east-1', 'aws-us-gov'],
  ['cn-north-1', 'aws-cn'],
])('in %s no ARN names the partition of commercial Regions', (region) => {
  const template = templateIn({}, undefined, { ...ENV, region }).toJSON() as object;
  expect(JSON.stringify(template)).not.toMatch(/"arn:aws:(?!iam::aws:policy)/);
});

test('a stack name of 128 characters leaves room for the names of alarms, dashboards and queries', () => {
  const app = new App({ outdir: folder });
  const stack = new Stack(app, 'Long', { env: ENV, stackName: `s${'t'.repeat(127)}` });
  new library.BedrockObservability(stack, 'It', ADVANCED);
  const template = Template.fromStack(stack);
  const names = (type: string, property: string): string[] =>
    Object.values(template.findResources(type)).flatMap(({ Properties }) => (Properties[property] as string | undefined) ?? []);
  const all = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'].flatMap((type) => names(type, 'AlarmName'));
  expect(all.length).toBeGreaterThan(30);
  const tooLong = [...all, ...names('AWS::CloudWatch::Dashboard', 'DashboardName'), ...names('AWS::Logs::QueryDefinition', 'Name')];
  expect(tooLong.filter((name) => name.length > 255)).toEqual([]);
});

test('what is made by the platform team only: roles by name, which another team creates', () => {
  const precreated = (app: App) => {
    const preview = new App({ outdir: join(folder, 'preview') });
    const stack = new Stack(preview, 'Settings', { env: ENV });
    iam.Role.customizeRoles(stack, { preventSynthesis: false } as never);
    new library.BedrockObservability(stack, 'It', ADVANCED);
    const roles = stack.node.findAll().filter((node): node is iam.Role => node instanceof iam.Role);
    const usePrecreatedRoles = Object.fromEntries(roles.map(({ node }, index) => [node.path, `platform-${index}`]));
    iam.Role.customizeRoles(app, { preventSynthesis: true, usePrecreatedRoles } as never);
  };
  const template = templateIn({}, precreated);
  template.resourceCountIs('AWS::IAM::Role', 0);
  template.resourceCountIs('AWS::IAM::Policy', 0);
  expect(readFileSync(join(folder, 'iam-policy-report.txt'), 'utf8')).toContain('logs:StartQuery');
});

test('a permissions boundary, a removal policy and a name for each function, by Aspects of the app', () => {
  const template = templateIn({}, (app) => {
    const boundary = iam.ManagedPolicy.fromManagedPolicyName(new Stack(app, 'Platform'), 'Boundary', 'platform');
    iam.PermissionsBoundary.of(app).apply(boundary);
    RemovalPolicies.of(app).destroy();
    let count = 0;
    Aspects.of(app).add({
      visit: (node: IConstruct) => {
        if (node instanceof lambda.CfnFunction) node.functionName = `platform-${count++}`;
      },
    });
  });
  const roles = Object.values(template.findResources('AWS::IAM::Role'));
  expect(roles.filter(({ Properties }) => Properties.PermissionsBoundary === undefined)).toEqual([]);
});

test('a pipeline deploys it to two Regions, with an approval between', () => {
  const app = new App({ outdir: folder });
  const pipelineStack = new Stack(app, 'Pipeline', { env: ENV });
  const input = CodePipelineSource.connection('org/repo', 'main', {
    connectionArn: 'arn:aws:codestar-connections:eu-central-1:111122223333:connection/1',
  });
  const synth = new ShellStep('Synth', { input, commands: ['npx cdk synth'] });
  const pipeline = new CodePipeline(pipelineStack, 'Pipeline', { synth, crossAccountKeys: true });
  for (const region of ['eu-central-1', 'us-east-1']) {
    const stage = new Stage(app, `Prod-${region}`, { env: { ...ENV, region } });
    new library.BedrockObservability(new Stack(stage, 'Bedrock'), 'It', ADVANCED);
    pipeline.addStage(stage);
  }
  app.synth();
  Template.fromStack(pipelineStack).resourceCountIs('AWS::CodePipeline::Pipeline', 1);
});
