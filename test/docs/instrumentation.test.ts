import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import * as traced from '../../trace';
import { Client, Command } from '../trace/fake-client';
import { sdkEvents, response } from '../trace/responses';
import { streamOf } from '../trace/fake-client';
import { provider, useProvider } from '../trace/tracing';

useProvider();

const page = readFileSync(join(__dirname, '../../docs/instrumentation.md'), 'utf8');
const examples = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code!);

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
  'cdk-bedrock-observability/trace': traced,
};

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

test('there are examples', () => expect(examples).toHaveLength(2));

test.each(examples.map((code) => [code.split('\n').at(1)!, code]))('%s', async (_, code) => {
  await run(code);
  expect(provider.ended.filter(({ attributes }) => typeof attributes['llm.cost.usd'] === 'number')).toHaveLength(1);
});
