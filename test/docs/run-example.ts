import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import * as traced from '../../trace';
import { Client, Command, streamOf } from '../trace/fake-client';
import { response, sdkEvents } from '../trace/responses';

const events = sdkEvents(response('one model call').events);

/** The commands of AgentCore that examples have sent. */
export const askedOfAgentCore: unknown[] = [];

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
      return { send: ({ input }: Command<unknown>) => Promise.resolve(askedOfAgentCore.push(input)) };
    },
    InvokeAgentRuntimeCommand: Command,
  },
  // The provider is registered by the test.
  '@opentelemetry/sdk-node': {
    NodeSDK: function () {
      return { start: () => undefined, shutdown: () => Promise.resolve() };
    },
  },
  'bedrock-observability/trace': traced,
};

/** The examples of a page for applications, which import what they use. Those of constructs do not. */
export const examplesOf = (page: string): string[] =>
  [...readFileSync(join(__dirname, '../../docs', `${page}.md`), 'utf8').matchAll(/```ts\n(.*?)```/gs)]
    .map(([, code]) => code!)
    .filter((code) => code.startsWith('import'));

export async function runExample(code: string): Promise<void> {
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
