import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';

export interface Run {
  /** What the function wrote, by line, as Lambda would put it into the log group. */
  readonly lines: string[];
  /** The answer to each event: `response` or `error`, and its body. */
  readonly answers: { readonly kind: string; readonly body: string }[];
}

const FOLDER = resolve(__dirname, '../../../assets/meter-calls');

/** AWS's own runtime client where it is installed (it compiles native code), else a stand-in. */
function client(): string {
  try {
    return require.resolve('aws-lambda-ric');
  } catch {
    return resolve(__dirname, '../../fixtures/runtime-client.js');
  }
}

/** Runs the bundled handler on events, in a process of its own, behind a Runtime API. */
export async function runBundle(events: readonly unknown[], env: Record<string, string>): Promise<Run> {
  const answers: Run['answers'] = [];
  let finished: () => void = () => undefined;
  const done = new Promise<void>((settle) => (finished = settle));
  const server = createServer((request, response) => {
    void answer(request, response, events, answers).then(() => answers.length === events.length && finished());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const child = spawn(process.execPath, [client()], {
    cwd: FOLDER,
    env: {
      PATH: process.env.PATH,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(server.address() as AddressInfo).port}`,
      LAMBDA_TASK_ROOT: FOLDER,
      _HANDLER: 'index.handler',
      AWS_LAMBDA_FUNCTION_NAME: 'cost-meter',
      AWS_LAMBDA_FUNCTION_VERSION: '1',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/cost-meter',
      AWS_LAMBDA_LOG_STREAM_NAME: 'stream',
      AWS_REGION: 'us-east-1',
      ...env,
    },
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  const exited = new Promise<void>((exit) => child.on('exit', () => exit()));
  await Promise.race([done, exited]);
  child.kill();
  await exited;
  server.closeAllConnections();
  server.close();
  return { lines: output.split('\n').filter((line) => line !== ''), answers };
}

let sent = 0;

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  events: readonly unknown[],
  answers: Run['answers'],
): Promise<void> {
  if (request.url?.endsWith('/next')) {
    if (answers.length < events.length) {
      response.setHeader('Lambda-Runtime-Aws-Request-Id', `00000000-0000-4000-8000-${String(sent++).padStart(12, '0')}`);
      response.setHeader('Content-Type', 'application/json');
      response.setHeader('Lambda-Runtime-Trace-Id', 'Root=1-00000000-000000000000000000000000;Sampled=0');
      response.setHeader('Lambda-Runtime-Deadline-Ms', String(Date.now() + 30_000));
      response.setHeader('Lambda-Runtime-Invoked-Function-Arn', 'arn:aws:lambda:us-east-1:111122223333:function:cost-meter');
      response.end(JSON.stringify(events[answers.length]));
    }
    return;
  }
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
  }
  answers.push({ kind: request.url?.split('/').at(-1) ?? '', body });
  response.statusCode = 202;
  response.end('{}');
}
