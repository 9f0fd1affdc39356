import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import * as traced from '../../trace';
import { Client, Command } from '../trace/fake-client';
import { sdkEvents, response } from '../trace/responses';
import { streamOf } from '../trace/fake-client';
import { provider, useProvider } from '../trace/tracing';

useProvider();

/** The pages, and how many examples each has. */
const PAGES = { instrumentation: 2, 'instrument-agents': 3 };
const examplesOf = (page: string) =>
  [...readFileSync(join(__dirname, '../../docs', `${page}.md`), 'utf8').matchAll(/```ts\n(.*?)```/gs)]
    .map(([, code]) => code!)
    // Those of constructs are compiled by another test.
    .filter((code) => code.startsWith('import'));
const examples = Object.keys(PAGES).flatMap(examplesOf);

const events = sdkEvents(response('one model call').events);

/** The packages that the examples import. Clients answer from memory. */
const PACKAGES: Readonly<Record<string, unknown>> = {
  '@aws-sdk/client-bedrock-agent-runtime': {
    BedrockAgentRuntimeClient: function () {
      return new Client({ $metadata: {}, completion: streamOf(events) });
    },
    InvokeAgentCommand: Command,
  },
  '@aws-sdk/client-bedrock-runtime': {
    BedrockRuntimeClient: function () {
      return new Client({ $metadata: {}, stream: streamOf([{ metadata: { usage: { inputTokens: 9, outputTokens: 8 } } }]) });
    },
    ConverseStreamCommand: Command,
  },
  '@aws-sdk/client-bedrock-agentcore': {
    BedrockAgentCoreClient: function () {
      return { send: () => Promise.resolve(asked.push('agentcore')) };
    },
    InvokeAgentRuntimeCommand: Command,
  },
  // The provider is registered by the test.
  '@opentelemetry/sdk-node': {
    NodeSDK: function () {
      return { start: () => undefined, shutdown: () => Promise.resolve() };
    },
  },
  'cdk-bedrock-observability/trace': traced,
};
const asked: string[] = [];

async function run(code: string): Promise<void> {
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(code, { compilerOptions: options });
  const written: unknown[] = [];
  const output = { stdout: { write: (text: unknown) => written.push(text) } };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the examples are in the docs of this repository
  const example = new Function('require', 'exports', 'process', `return (async () => {${outputText}})()`) as (
    ...args: unknown[]
  ) => Promise<void>;
  await example((name: string) => PACKAGES[name], {}, output);
}

test.each(Object.entries(PAGES))('examples of %s', (page, count) => expect(examplesOf(page)).toHaveLength(count));

test.each(examples.map((code) => [code.split('\n').at(-2)!, code]))('%s', async (_, code) => {
  await run(code);
  if (code.includes('traceContext')) {
    expect(asked).toEqual(['agentcore']);
    return;
  }
  expect(provider.ended.filter(({ attributes }) => typeof attributes['llm.cost.usd'] === 'number')).toHaveLength(1);
});
