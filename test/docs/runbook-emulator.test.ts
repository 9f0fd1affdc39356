import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { startEmulator } from '../../demo/emulator/emulator';
import { DEMO_FOLDER, isolated, runFolder } from '../../demo/emulator/environment';
import { Processes } from '../../demo/emulator/processes';
import { DESCRIPTIONS } from './runbook-parts';
import { commandsOf, PAGES } from './runbook-shell/blocks';

const PORT = 4590;
const PACKAGES = path.join(DEMO_FOLDER, 'py');
/** Where `.ci/run` installs the AWS CLI; one that Python finds by itself does as well. */
const AWS_CLI = path.join(DEMO_FOLDER, 'aws-cli');
const PYTHONPATH = [AWS_CLI, process.env.PYTHONPATH].filter(Boolean).join(path.delimiter);
/** It needs the emulator, which the demo installs, and an AWS CLI that Python can load. */
const isAsked = process.env.RUNBOOKS === 'emulator';
const isInstalled = () =>
  existsSync(path.join(PACKAGES, 'installed')) &&
  spawnSync('python3', ['-c', 'import awscli.clidriver'], { env: { ...process.env, PYTHONPATH } }).status === 0;

const folder = mkdtempSync(path.join(tmpdir(), 'runbooks-'));
const processes = new Processes();
/** What the server of the AWS CLI printed, first of all its port. */
const printed: string[] = [];

/** Calls the AWS CLI of a server, because its start takes longer than all else. */
const AWS = `aws() {
  local answer channel
  exec {channel}<>"/dev/tcp/127.0.0.1/$AWS_PORT"
  printf '%s\\0' "$#" "$@" >&"$channel"
  answer=$(cat <&"$channel")
  exec {channel}>&-
  printf '%s' "\${answer%$'\\n'exit *}"
  [[ "\${answer##*exit }" == 0 ]] || printf '%s: %s\\n' "$*" "$answer" >&2
  return "\${answer##*exit }"
}`;

/** What a deployed stack has of what the runbooks look for. */
const SETUP = `
role=$(aws iam create-role --role-name runbooks --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}' --query Role.Arn --output text)
for name in records /bedrock/invocations aws/spans Stack-LedgerTableDeliveryLogs1A2B3C4D; do aws logs create-log-group --log-group-name "$name"; aws logs create-log-stream --log-group-name "$name" --log-stream-name s; done
aws bedrock put-model-invocation-logging-configuration --logging-config "{\\"cloudWatchConfig\\":{\\"logGroupName\\":\\"records\\",\\"roleArn\\":\\"$role\\"}}"
queue=$(aws sqs create-queue --queue-name dead-letters --query QueueUrl --output text)
arn=$(aws sqs get-queue-attributes --queue-url "$queue" --attribute-names QueueArn --query Attributes.QueueArn --output text)
aws sns create-topic --name Stack-AlarmsMaintenanceTopic1A2B3C4D
number=0
for description in "\${DESCRIPTIONS[@]}"; do
  number=$((number + 1))
  aws logs create-log-group --log-group-name "logs-$number"
  aws lambda create-function --function-name "function-$number" --description "$description" --role "$role" --runtime nodejs22.x --handler index.handler \\
    --zip-file "fileb://$FOLDER/function.zip" --logging-config "LogGroup=logs-$number" --dead-letter-config "TargetArn=$arn"
  target=$(aws lambda get-function-configuration --function-name "function-$number" --query FunctionArn --output text)
  aws lambda create-event-source-mapping --function-name "function-$number" --event-source-arn "$arn" --no-enabled
  aws events put-rule --name "rule-$number" --schedule-expression 'rate(1 hour)'
  aws events put-targets --rule "rule-$number" --targets "Id=1,Arn=$target"
done
for page in "\${RULES[@]}"; do
  aws cloudwatch put-metric-alarm --alarm-name "Stack-$page" --alarm-description 'Runbook: x' --namespace N --metric-name M --statistic Sum --period 60 --evaluation-periods 1 --threshold 1 --comparison-operator GreaterThanThreshold
done`;

function bash(script: string): string {
  const list = (name: string, words: readonly string[]) => `${name}=(${words.map((word) => `'${word}'`).join(' ')})`;
  // Names of rules in the order of the pages: error-rate becomes ErrorRate.
  const rules = PAGES.map((page) => page.replace('.md', '').replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()));
  const head = ['set -euo pipefail', AWS, list('DESCRIPTIONS', DESCRIPTIONS), list('RULES', rules)].join('\n');
  const env = { ...process.env, AWS_PORT: printed[0], FOLDER: folder };
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `${head}\n${script}`], { env, encoding: 'utf8', timeout: 110_000 });
  if (status !== 0) {
    throw new Error(`exit code ${status}\n${stdout.slice(-2000)}\n${stderr.slice(-2000)}`);
  }
  return stdout;
}

(isAsked ? describe : describe.skip)('the commands of the runbooks, by the AWS CLI and the emulator of the demo', () => {
  beforeAll(async () => {
    expect(isInstalled()).toBe(true);
    rmSync(runFolder(PORT), { recursive: true, force: true });
    await startEmulator(processes, { command: 'python3', version: '' }, PACKAGES, PORT);
    await new Promise<void>((resolve, reject) => {
      const onLine = (line: string) => void (printed.push(line), resolve());
      const env = { ...isolated(process.env, PORT), AWS_DEFAULT_REGION: 'us-east-1', AWS_PAGER: '', ANSWERS: folder, PYTHONPATH };
      processes.start('python3', [path.join(__dirname, 'runbook-shell', 'aws-cli-server.py')], { env, onLine }).catch(reject);
    });
    const code = "import sys, zipfile; zipfile.ZipFile(sys.argv[1], 'w').writestr('index.js', 'exports.handler = async () => ({})')";
    execFileSync('python3', ['-c', code, path.join(folder, 'function.zip')]);
    bash(SETUP);
  }, 120_000);

  test.each(PAGES)(
    '%s',
    (page) => {
      // A name that was not found is printed as None.
      expect(bash(`${commandsOf(page, folder)}\nset | grep -E '^[A-Z_]+=None$' || true`)).not.toMatch(/^[A-Z_]+=None$/m);
    },
    120_000,
  );

  afterAll(async () => {
    await processes.stop();
    rmSync(runFolder(PORT), { recursive: true, force: true });
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));
