// Deploys the tests of test/integ/ to an account, checks what must be true there, and removes everything:
//   npm run integ -- [--region us-east-1] [--only cost-meter,dashboards]
// It needs AWS credentials, `cdk bootstrap`, model access, and an account in which nobody else logs invocations of the Region.
// An hour or two, and less than a dollar. What is done is on stdout; the exit code is 1 if anything was wrong.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BedrockClient, GetModelInvocationLoggingConfigurationCommand } from '@aws-sdk/client-bedrock';
import { root, run, temporaryFolder } from './shell.mjs';

const { values } = parseArgs({ options: { region: { type: 'string', default: 'us-east-1' }, only: { type: 'string', default: '' } } });
const { region } = values;
const only = values.only.split(',').filter(Boolean);
const folder = join(root, 'test', 'integ');
const all = readdirSync(folder)
  .map((file) => /^integ\.(.*)\.ts$/.exec(file)?.[1])
  .filter(Boolean);
/** These need a second account, whose ids are to be written into them first. */
const NEED_AN_ORGANIZATION = ['metrics-link', 'record-centralization'];
const unknown = only.find((name) => !all.includes(name));
if (unknown !== undefined) {
  throw new Error(`'--only' names '${unknown}', expected some of ${all.join(', ')}`);
}
const work = temporaryFolder();
/** A deployment waits for its assertions, each up to 15 minutes. */
const LONGEST_MS = 3_600_000;
const bedrock = new BedrockClient({ region });
const wrong = [];

if ((await setting()) !== undefined) {
  throw new Error(`invocation logging is on in ${region}: run the tests in an account and Region in which it is off`);
}
await run('npm run bundle');
for (const name of only.length > 0 ? only : all.filter((each) => !NEED_AN_ORGANIZATION.includes(each))) {
  const before = wrong.length;
  try {
    await deploy(name);
    if (name === 'invocation-logging') {
      // The same stack, with the construct under another name: the setting must survive the update.
      const logGroup = (await setting())?.cloudWatchConfig?.logGroupName;
      await deploy(name, '-c id=Renamed');
      const after = (await setting())?.cloudWatchConfig?.logGroupName;
      check(
        name,
        logGroup !== undefined && after !== undefined,
        `the setting is there before and after a rename, got '${logGroup}' and '${after}'`,
      );
    }
  } catch (error) {
    check(name, false, error.message.split('\n').slice(-15).join('\n  '));
  } finally {
    await cdk(name, 'destroy --all --force').catch((error) => check(name, false, `it could not be removed: ${error.message}`));
  }
  check(name, (await setting()) === undefined, 'the setting is gone with the stack');
  console.log(`${wrong.length === before ? 'ok    ' : 'FAILED'} ${name}`);
}
console.log(`integ: ${wrong.length === 0 ? 'everything was right' : `${wrong.length} were wrong`}`);
process.exit(wrong.length === 0 ? 0 : 1);

async function setting() {
  return (await bedrock.send(new GetModelInvocationLoggingConfigurationCommand({}))).loggingConfig;
}

/** Deploys the stack and its assertions, and reads what came of each assertion. */
async function deploy(name, context = '') {
  const outputs = join(work, `${name}.json`);
  await cdk(name, `deploy --all --require-approval never --outputs-file '${outputs}' ${context}`);
  const stacks = existsSync(outputs) ? Object.values(JSON.parse(readFileSync(outputs, 'utf8'))) : [];
  const results = stacks.flatMap(Object.entries).filter(([key]) => key.startsWith('AssertionResults'));
  check(name, results.length > 0, 'there are assertions');
  for (const [key, value] of results) {
    const { status, message = '' } = JSON.parse(value);
    check(name, status === 'success', `${key}: ${message}`);
  }
}

function cdk(name, command) {
  const app = `node --import tsx '${join(folder, `integ.${name}.ts`)}'`;
  const env = { AWS_REGION: region, AWS_DEFAULT_REGION: region, CDK_DEFAULT_REGION: region };
  return run(`cdk ${command} --app "${app}" -o '${join(work, name)}' --no-notices`, { env, timeLimitMs: LONGEST_MS });
}

function check(name, holds, what) {
  if (!holds) {
    wrong.push(name);
    console.log(`       ${name}: ${what}`);
  }
}
