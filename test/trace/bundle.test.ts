import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import ts from 'typescript';

const root = join(__dirname, '../..');
const bundle = join(root, 'assets/trace/index.js');

/** An application with the package installed. */
let app: string;

beforeAll(() => {
  app = mkdtempSync(join(tmpdir(), 'trace-'));
  mkdirSync(join(app, 'node_modules'));
  symlinkSync(root, join(app, 'node_modules/cdk-bedrock-observability'));
});
afterAll(() => rmSync(app, { recursive: true }));

test('60 KB at most, and nothing of the CDK or of the AWS SDK', () => {
  expect(statSync(bundle).size).toBeLessThan(60_000);
  expect(readFileSync(bundle, 'utf8')).not.toMatch(/aws-cdk-lib|@aws-sdk|constructs/);
});

/** Calls a model with a provider that prints each span. The stand-in for the provider is what the API asks of one. */
const PROGRAM = `
const { traceConverse } = require('cdk-bedrock-observability/trace');
const attributes = {};
const span = { isRecording: () => true, spanContext: () => ({ traceId: 'a', spanId: 'b', traceFlags: 1 }), setStatus() {},
  setAttribute(key, value) { attributes[key] = value }, setAttributes(more) { Object.assign(attributes, more) }, end() {} };
const tracerProvider = { getTracer: () => ({ startSpan: () => span }) };
const client = { config: { region: async () => 'us-east-1' }, send: async () => ({ usage: { inputTokens: 1000000, outputTokens: 0 } }) };
traceConverse(client, { input: { modelId: 'amazon.nova-lite-v1:0', messages: [] } }, { tracerProvider })
  .then(() => console.log(attributes['llm.cost.usd']));
`;

const run = (file: string): string => execFileSync(process.execPath, [file], { encoding: 'utf8', cwd: tmpdir() }).trim();

test('prices are there for an application that imports the package', () => {
  const file = join(app, 'app.js');
  writeFileSync(file, PROGRAM);
  expect(run(file)).toBe('0.06');
});

test.each(['cjs', 'esm'] as const)('prices are there in the %s bundle of an application', (format) => {
  writeFileSync(join(app, 'app.js'), PROGRAM);
  const outfile = join(app, 'out', format === 'esm' ? 'app.mjs' : 'app.js');
  const banner: Record<string, string> =
    format === 'esm' ? { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } : {};
  buildSync({
    entryPoints: [join(app, 'app.js')],
    bundle: true,
    platform: 'node',
    format,
    outfile,
    banner,
    preserveSymlinks: true,
    logLevel: 'silent',
  });
  expect(run(outfile)).toBe('0.06');
});

const TYPED = `
import { traceConverse, traceContext, traceInvokeAgent, type TraceOptions } from 'cdk-bedrock-observability/trace';
interface Output { completion?: AsyncIterable<{ chunk?: { bytes?: Uint8Array } }> }
declare class InvokeAgentCommand { input: { agentId: string }; resolveMiddleware(a: object, b: object, c: object): (args: object) => Promise<{ output: Output; response: unknown }> }
declare class Client { send(command: InvokeAgentCommand, options?: object): Promise<Output>; send(command: InvokeAgentCommand, done: (error: unknown) => void): void }
const options: TraceOptions = { content: { input: true }, flush: true };
export async function read(): Promise<void> {
  const { completion } = await traceInvokeAgent(new Client(), new InvokeAgentCommand(), options);
  for await (const { chunk } of completion ?? []) chunk?.bytes?.byteLength.toFixed();
  const wrong: string = await traceConverse(new Client(), new InvokeAgentCommand());
  traceContext('session').traceParent?.trim();
}
`;

const file = (): string => join(app, 'typed.ts');

test.each([
  ['node10', ts.ModuleResolutionKind.Node10],
  ['node16', ts.ModuleResolutionKind.Node16],
  ['bundler', ts.ModuleResolutionKind.Bundler],
])('types are found with moduleResolution %s', (_, moduleResolution) => {
  const found = ts.resolveModuleName('cdk-bedrock-observability/trace', file(), { moduleResolution }, ts.sys).resolvedModule;
  expect(found?.resolvedFileName).toBe(join(root, 'assets/trace/index.d.ts'));
});

test('the output of a command is the type of the response', () => {
  writeFileSync(file(), TYPED);
  const options = { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16, lib: ['lib.es2022.d.ts'], types: [] };
  const program = ts.createProgram([file()], { ...options, strict: true, noEmit: true });
  const messages = program.getSemanticDiagnostics(program.getSourceFile(file()));
  expect(messages.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([
    "Type 'Output' is not assignable to type 'string'.",
  ]);
});
