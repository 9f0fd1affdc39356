import { App, Aspects, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as agentcore from 'aws-cdk-lib/aws-bedrockagentcore';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import ts from 'typescript';
import * as library from '../../lib';
import { codeBlocksOf, PAGES } from './code-blocks';

/** Pages whose examples of constructs are synthesized; those of all pages are compiled. */
const SYNTHESIZED = /^docs\/(instrumentation|instrument-agents|gateway|agents|backends\/.*)\.md$/;

const examples = PAGES.filter((page) => SYNTHESIZED.test(page))
  .flatMap(codeBlocksOf)
  .filter(({ language, code }) => language === 'ts' && !code.startsWith('import'));

/** What the pages name without making it. Each is made when an example asks for it. */
const GIVEN: Readonly<Record<string, (stack: Stack) => unknown>> = {
  app: (stack) => stack.node.root,
  stack: (stack) => stack,
  logGroup: (stack) => logs.LogGroup.fromLogGroupName(stack, 'GivenRecords', '/records'),
  meter: (stack) => new library.CostMeter(stack, 'GivenMeter', { logGroup: new logs.LogGroup(stack, 'GivenLogs') }),
  vpc: (stack) => new ec2.Vpc(stack, 'GivenVpc'),
  fn: (stack) =>
    new lambda.Function(stack, 'GivenFunction', {
      runtime: lambda.Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {}'),
      memorySize: 512,
    }),
  container: (stack) =>
    new ecs.FargateTaskDefinition(stack, 'GivenTask').addContainer('app', { image: ecs.ContainerImage.fromRegistry('app') }),
  service: (stack) => ({ connections: new ec2.SecurityGroup(stack, 'GivenGroup', { vpc: new ec2.Vpc(stack, 'ServiceVpc') }).connections }),
  secret: (stack) => secretsmanager.Secret.fromSecretNameV2(stack, 'GivenSecret', 'otlp'),
  destinations: () => [library.OtlpDestination.cloudWatch()],
  language: () => library.AdotLanguage.NODE,
  serviceName: () => 'shop',
  runtimes: (stack) => [
    new agentcore.CfnRuntime(stack, 'GivenRuntime', {
      agentRuntimeName: 'agent',
      agentRuntimeArtifact: { containerConfiguration: { containerUri: 'agent' } },
      networkConfiguration: { networkMode: 'PUBLIC' },
      roleArn: 'role',
    }),
  ],
  gateways: () => [],
  memories: (stack) => [new agentcore.CfnMemory(stack, 'GivenMemory', { name: 'm', eventExpiryDuration: 30 })],
  browsers: () => [],
  codeInterpreters: () => [],
  workloadIdentities: () => [],
};
const NAMES: Readonly<Record<string, unknown>> = {
  App,
  Aspects,
  Duration,
  RemovalPolicy,
  Stack,
  ec2,
  ecs,
  lambda,
  logs,
  secretsmanager,
  ...library,
};

/** Runs an example as the constructor of a stack, with files going nowhere. */
function run(code: string, stack: Stack): void {
  const options = { module: ts.ModuleKind.None, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(code, { compilerOptions: options });
  const known = new Proxy(NAMES, {
    has: (_, name) => typeof name === 'string' && (name in NAMES || name in GIVEN),
    get: (_, name) => (typeof name !== 'string' ? undefined : name in NAMES ? NAMES[name] : GIVEN[name]!(stack)),
  });
  // `with`: names are made when they are asked for, and those that the example declares are its own.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the examples are in the docs of this repository
  const example = new Function('known', `with (known) { (function () { ${outputText} }).call(this); }`);
  example.call(stack, known);
}

test('there are examples', () => expect(examples.length).toBeGreaterThan(15));

test.each(examples.map((example) => [`${example.page}:${example.line}`, example.code]))('%s', (_, code) => {
  const write = jest.spyOn(library.OtelGatewayConfiguration.prototype, 'writeFile').mockImplementation(function (
    this: library.OtelGatewayConfiguration,
  ) {
    JSON.parse(this.toText());
  });
  const app = new App();
  const stack = new Stack(app, 'Example', { env: { account: '111122223333', region: 'eu-central-1' } });
  run(code, stack);
  const { stacks } = app.synth();
  const made = Object.keys((stacks[0]!.template as { Resources?: object }).Resources ?? {}).length;
  expect(made > 0 || write.mock.calls.length > 0 || /^const secret/.test(code)).toBe(true);
  write.mockRestore();
});
