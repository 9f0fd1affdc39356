import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { CreateLogGroupCommand, CreateLogStreamCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda';
import { build } from 'esbuild';
import type { Clients } from './clients';
import { ACCOUNT, REGION, ROOT } from './environment';
import { DEFINITIONS } from './stand-in/definitions';
import { policy } from './policy';
import type { Processes } from './processes';
import type { Python } from './python';

const NAME = 'demo-stand-in';
export const STAND_IN_ARN = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${NAME}`;

/** Creates the function of the folder stand-in/ with a role of its own, because the emulator enforces IAM. */
export async function createStandIn(clients: Clients, processes: Processes, python: Python, folder: string): Promise<void> {
  await clients.logs.send(new CreateLogGroupCommand(DEFINITIONS));
  await clients.logs.send(new CreateLogStreamCommand(DEFINITIONS));
  const role = await clients.iam.send(
    new CreateRoleCommand({
      RoleName: NAME,
      AssumeRolePolicyDocument: policy({ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    }),
  );
  await clients.iam.send(
    new PutRolePolicyCommand({
      RoleName: NAME,
      PolicyName: 'all',
      PolicyDocument: policy({ Action: ['cloudwatch:*', 'logs:*'], Resource: '*' }),
    }),
  );
  await clients.lambda.send(
    new CreateFunctionCommand({
      FunctionName: NAME,
      Role: role.Role?.Arn,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Timeout: 60,
      Code: { ZipFile: await bundle(processes, python, folder) },
    }),
  );
  await waitUntilFunctionActiveV2({ client: clients.lambda, maxWaitTime: 120, minDelay: 1 }, { FunctionName: NAME });
}

async function bundle(processes: Processes, python: Python, folder: string): Promise<Uint8Array> {
  const file = path.join(folder, 'index.js');
  const zip = path.join(folder, 'stand-in.zip');
  await build({
    entryPoints: [path.join(ROOT, 'demo', 'emulator', 'stand-in', 'index.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    target: 'node20',
    minify: true,
    logLevel: 'silent',
  });
  await processes.run(python.command, ['-m', 'zipfile', '-c', zip, file], {
    env: process.env,
    failureMessage: `'${zip}' could not be written`,
  });
  return readFile(zip);
}
