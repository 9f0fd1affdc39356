import * as bedrock from '@aws-sdk/client-bedrock';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as ce from '@aws-sdk/client-cost-explorer';
import * as lambda from '@aws-sdk/client-lambda';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';

const CLIENTS: Readonly<Record<string, object>> = { bedrock, ce, cloudwatch, logs, lambda, sns, sqs };

/** Commands of services without a client here, with their options. Source: AWS CLI Command Reference. */
const WITHOUT_CLIENT: Readonly<Record<string, readonly string[]>> = {
  'events list-rule-names-by-target': ['target-arn'],
  'events describe-rule': ['name'],
  'scheduler list-schedules': [],
  'cloudtrail lookup-events': ['lookup-attributes'],
  'cloudtrail describe-trails': [],
  'cloudtrail get-trail-status': ['name'],
  's3api list-buckets': [],
  'bedrock-agent list-agents': [],
};

/** Options of the AWS CLI itself. */
const GLOBAL = ['query', 'output', 'max-items', 'cli-binary-format'];

type Structure = readonly [kind: number, namespace: string, name: string, traits: unknown, members: readonly string[]];
type Operation = readonly [kind: number, namespace: string, name: string, traits: unknown, input: () => Structure];

/** What is wrong with a command of the AWS CLI, by the models of the SDK. Undefined where nothing is. */
export function faultOf([service = '', operation = '', ...rest]: readonly string[]): string | undefined {
  const options = optionsOf(service, operation);
  if (!options) {
    return `'${service} ${operation}' does not exist`;
  }
  const given = rest.filter((word) => /^--[a-z]/.test(word)).map((word) => word.slice(2));
  const unknown = given.find((name) => ![...options, ...GLOBAL].includes(name.replace(/^no-/, '')));
  return unknown && `'${service} ${operation}' has no '--${unknown}'`;
}

function optionsOf(service: string, operation: string): readonly string[] | undefined {
  const client = CLIENTS[service] as Record<string, new (input: object) => { readonly schema: Operation }> | undefined;
  const command = client?.[`${operation.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Command`];
  // CloudWatch names its parameters as its API does: AlarmNames, others begin in lower case.
  return command
    ? new command({}).schema[4]()[4].flatMap((name) => [kebab(name), kebab(name.replace(/UUID/, 'Uuid'))])
    : WITHOUT_CLIENT[`${service} ${operation}`];
}

const kebab = (name: string): string => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
