import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import * as library from '../../lib';
import { codeBlocksOf, PAGES, type CodeBlock } from './code-blocks';

// README.md and the comments of lib/ are compiled by jsii-rosetta.
const BLOCKS = PAGES.filter((page) => page.startsWith('docs/'))
  .flatMap(codeBlocksOf)
  .filter(({ language }) => language === 'ts');

/** What the pages use without importing it, as examples of the CDK do. */
const IMPORTS: Readonly<Record<string, string>> = {
  App: "import { App } from 'aws-cdk-lib';",
  Aspects: "import { Aspects } from 'aws-cdk-lib';",
  Duration: "import { Duration } from 'aws-cdk-lib';",
  RemovalPolicy: "import { RemovalPolicy } from 'aws-cdk-lib';",
  Stack: "import { Stack } from 'aws-cdk-lib';",
  UrlSubscription: "import { UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';",
  ...Object.fromEntries(
    ['cloudwatch', 'ec2', 'ecs', 'iam', 'kinesis', 'kms', 'lambda', 'logs', 's3', 'secretsmanager', 'sns', 'sqs'].map((name) => [
      name,
      `import * as ${name} from 'aws-cdk-lib/aws-${name}';`,
    ]),
  ),
};

/** What the pages name without making it: their text or an example before says what it is. */
const GIVEN: Readonly<Record<string, string>> = {
  app: "import('aws-cdk-lib').App",
  stack: "import('aws-cdk-lib').Stack",
  meter: "import('cdk-bedrock-observability').CostMeter",
  observability: "import('cdk-bedrock-observability').BedrockObservability",
  signals: "import('cdk-bedrock-observability').AlarmSignals",
  chat: "import('cdk-bedrock-observability').AlarmTopic",
  logGroup: "import('aws-cdk-lib/aws-logs').ILogGroup",
  auditBucket: "import('aws-cdk-lib/aws-s3').IBucket",
  findingsBucket: "import('aws-cdk-lib/aws-s3').IBucket",
  vpc: "import('aws-cdk-lib/aws-ec2').IVpc",
  securityGroups: "import('aws-cdk-lib/aws-ec2').ISecurityGroup[]",
  key: "import('aws-cdk-lib/aws-kms').IKey",
  stream: "import('aws-cdk-lib/aws-kinesis').IStream",
  fn: "import('aws-cdk-lib/aws-lambda').Function",
  container: "import('aws-cdk-lib/aws-ecs').ContainerDefinition",
  secret: "import('aws-cdk-lib/aws-secretsmanager').ISecret",
  service: "import('aws-cdk-lib/aws-ecs').FargateService",
  language: "import('cdk-bedrock-observability').AdotLanguage",
  serviceName: 'string',
  destinations: "import('cdk-bedrock-observability').OtlpDestination[]",
  number: 'string',
  ...Object.fromEntries(
    ['runtimes', 'gateways', 'memories', 'browsers', 'codeInterpreters', 'workloadIdentities'].map((name) => [
      name,
      `NonNullable<import('cdk-bedrock-observability').AgentCoreTelemetryProps['${name}']>`,
    ]),
  ),
};

/** An example as a module: it begins on the line that its first line has here. */
function moduleOf({ code }: CodeBlock): string {
  const names = new Set(code.match(/\b[A-Za-z]\w*\b/g));
  const declares = (name: string): boolean => new RegExp(`\\b(const|import \\{[^}]*\\b)\\s*${name}\\b`).test(code);
  const used = [...names].filter((name) => !declares(name));
  const ofLibrary = used.filter((name) => name in library);
  const prelude = [
    ...used.flatMap((name) => (Object.hasOwn(IMPORTS, name) ? [IMPORTS[name]!] : [])),
    ofLibrary.length === 0 ? '' : `import { ${ofLibrary.join(', ')} } from 'cdk-bedrock-observability';`,
    ...used.flatMap((name) => (Object.hasOwn(GIVEN, name) ? [`declare const ${name}: ${GIVEN[name]!};`] : [])),
  ].join(' ');
  const [, imports = '', body = ''] = /^((?:import .*\n)*)([^]*)$/.exec(code)!;
  // Within a function there is `this`, and `await` needs no module.
  return `${prelude} export {};\n${imports}(async function (this: import('aws-cdk-lib').Stack) { ${body} });`;
}

/** Errors of the examples as `docs/page.md:line: message`. */
function errorsIn(blocks: readonly CodeBlock[]): string[] {
  const root = join(__dirname, '..', '..');
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => readFileSync(path, 'utf8')) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const modules = new Map(blocks.map((block, n) => [join(root, 'test', 'docs', `example-${n}.ts`), block]));
  const host = ts.createCompilerHost(options);
  const onDisk = { ...host };
  host.fileExists = (path) => modules.has(path) || onDisk.fileExists(path);
  host.readFile = (path) => (modules.has(path) ? moduleOf(modules.get(path)!) : onDisk.readFile(path));
  host.getSourceFile = (path, ...rest) =>
    modules.has(path) ? ts.createSourceFile(path, host.readFile(path)!, rest[0], true) : onDisk.getSourceFile(path, ...rest);
  const settings = { ...options, incremental: false, tsBuildInfoFile: undefined, skipLibCheck: true, noUnusedLocals: false, paths: PATHS };
  const program = ts.createProgram([...modules.keys(), join(__dirname, 'not-installed.d.ts')], settings, host);
  return [...modules].flatMap(([path, block]) => {
    const file = program.getSourceFile(path)!;
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(({ start = 0, messageText }) => {
      const { line } = ts.getLineAndCharacterOfPosition(file, start);
      return `${block.page}:${block.line + line - 1}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
  });
}

const PATHS = {
  'cdk-bedrock-observability': ['./lib'],
  'bedrock-observability/trace': ['./trace'],
};

test('every example in TypeScript compiles, as strictly as the library itself; one that does not is named', () => {
  const code = "new BedrockObservability(stack, 'Observability', {\n  levle: 1,\n});\n";
  const wrong: CodeBlock = { page: 'docs/page.md', line: 10, language: 'ts', code };
  expect(BLOCKS.length).toBeGreaterThan(15);
  // Both at once: a program takes seconds to make.
  expect(errorsIn([...BLOCKS, wrong])).toEqual([
    expect.stringMatching(/^docs\/page\.md:11: Object literal may only specify known properties/),
  ]);
});

test('examples in TypeScript say that they are', () => {
  const unlabelled = PAGES.filter((page) => page.startsWith('docs/'))
    .flatMap(codeBlocksOf)
    .filter(({ language, code }) => language === '' && /^(?:\s*const \w+ = )?\s*(?:new [A-Z]\w+\(|import .* from )/m.test(code));
  expect(unlabelled.map(({ page, line }) => `${page}:${line}`)).toEqual([]);
});
