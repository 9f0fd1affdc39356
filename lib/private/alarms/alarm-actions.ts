import { Arn, ArnFormat, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import { AlarmRouting } from '../../alarm-routing';

/** CloudWatch keeps at most five actions for each state of an alarm. Source: API reference of PutMetricAlarm. */
const MAX_ACTIONS = 5;

const CLOUDWATCH = 'cloudwatch.amazonaws.com';

/** Throws when there are more actions than an alarm can have. Alarms about money have those of their tier and those of FinOps. */
export function requireFewActions({ critical, warning, finOps, ok }: Required<AlarmRouting>): void {
  requireFew('critical', [...critical, ...finOps]);
  requireFew('warning', [...warning, ...finOps]);
  requireFew('ok', ok);
}

function requireFew(name: keyof AlarmRouting, actions: readonly cloudwatch.IAlarmAction[]): void {
  if (actions.length > MAX_ACTIONS) {
    throw new Error(
      `'routing.${name}' must have at most ${MAX_ACTIONS} actions, as a CloudWatch alarm, got ${actions.length}; put a topic in front of them`,
    );
  }
}

/** Throws for an action that acts in another Region than the alarms of a stack. At once, since the CDK refuses such references later. */
export function requireActionInRegion(prop: string, arn: string, stack: Stack): void {
  const target = referencedConstruct(arn);
  const region = target ? Stack.of(target).region : regionOf(arn);
  if (region && !Token.isUnresolved(region) && !Token.isUnresolved(stack.region) && region !== stack.region) {
    throw new Error(
      `an action of '${prop}' acts in ${region}, and alarms of ${stack.region} act in their own Region only: use a topic in ${stack.region}`,
    );
  }
}

/**
 * Why CloudWatch would not be able to carry out an action; undefined where nothing speaks against it.
 *
 * Policies are added until the end of synth, so this is asked when the whole app is known.
 */
export function faultOf(arn: string): string | undefined {
  const target = referencedConstruct(arn);
  return target instanceof sns.CfnTopic ? faultOfTopic(target) : undefined;
}

function faultOfTopic(topic: sns.CfnTopic): string | undefined {
  const { kmsMasterKeyId } = topic;
  const name = `is the topic '${topic.node.path}'`;
  if (JSON.stringify(Stack.of(topic).resolve(kmsMasterKeyId) ?? '').includes('alias/aws/')) {
    return `${name}, encrypted with a key that AWS manages: alarms may not use it, so use an AlarmTopic, or a key of your own`;
  }
  const key = typeof kmsMasterKeyId === 'string' ? referencedConstruct(kmsMasterKeyId) : undefined;
  if (key instanceof kms.CfnKey && !allowsCloudWatch(Stack.of(key).resolve(key.keyPolicy))) {
    return `${name}, and the policy of its key does not let ${CLOUDWATCH} use it (kms:Decrypt, kms:GenerateDataKey*)`;
  }
  const policies = policiesOf(topic);
  // SNS gives a topic without a policy a default one, which lets alarms of the account publish.
  return policies.length > 0 && !policies.some((policy) => allowsCloudWatch(Stack.of(policy).resolve(policy.policyDocument)))
    ? `${name}, and its policy does not let ${CLOUDWATCH} publish (sns:Publish)`
    : undefined;
}

function policiesOf(topic: sns.CfnTopic): sns.CfnTopicPolicy[] {
  return topic.node.root.node
    .findAll()
    .filter((construct) => construct instanceof sns.CfnTopicPolicy)
    .filter((policy) => policy.topics.some((arn) => referencedConstruct(arn) === topic));
}

/** Whether a statement allows something to CloudWatch, or to everybody. */
function allowsCloudWatch(policy: unknown): boolean {
  const { Statement = [] } = (policy ?? {}) as {
    Statement?: Array<{ Effect: string; Principal?: { Service?: string | string[] } | string }>;
  };
  return Statement.filter(({ Effect }) => Effect === 'Allow').some(({ Principal }) =>
    typeof Principal === 'string' ? Principal === '*' : [Principal?.Service ?? []].flat().includes(CLOUDWATCH),
  );
}

/** The construct whose attribute a token stands for. */
function referencedConstruct(value: string): IConstruct | undefined {
  const token = Token.isUnresolved(value) ? Tokenization.reverseString(value).firstToken : undefined;
  return token && Reference.isReference(token) ? token.target : undefined;
}

function regionOf(arn: string): string | undefined {
  return Token.isUnresolved(arn) ? undefined : Arn.split(arn, ArnFormat.NO_RESOURCE_NAME).region;
}
