import { Arn, ArnFormat, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';

/** CloudWatch keeps five actions for each state. */
const MAX_ACTIONS = 5;

/** Throws when there are more actions than an alarm can have. */
export function requireFewActions(prop: string, actions: readonly cloudwatch.IAlarmAction[]): void {
  if (actions.length > MAX_ACTIONS) {
    throw new Error(
      `'${prop}' must have at most ${MAX_ACTIONS} actions, as a CloudWatch alarm, got ${actions.length}; put a topic in front of them`,
    );
  }
}

/** What keeps an action from being carried out, found once the whole app is known. */
export function faultOf(arn: string, stack: Stack): string | undefined {
  const target = referenced(arn);
  const region = target ? Stack.of(target).region : regionOf(arn);
  if (region && !Token.isUnresolved(region) && !Token.isUnresolved(stack.region) && region !== stack.region) {
    return `acts in ${region}, and alarms of ${stack.region} act in their own Region only: use a topic in ${stack.region}`;
  }
  return target instanceof sns.CfnTopic ? faultOfTopic(target) : undefined;
}

function faultOfTopic(topic: sns.CfnTopic): string | undefined {
  const { kmsMasterKeyId } = topic;
  const key = typeof kmsMasterKeyId === 'string' && Token.isUnresolved(kmsMasterKeyId) ? referenced(kmsMasterKeyId) : undefined;
  if (JSON.stringify(Stack.of(topic).resolve(kmsMasterKeyId) ?? '').includes('alias/aws/')) {
    return `is the topic '${topic.node.path}', encrypted with a key that AWS manages: alarms may not use it, so use an AlarmTopic, or a key of your own`;
  }
  if (key instanceof kms.CfnKey && !names(Stack.of(key).resolve(key.keyPolicy))) {
    return `is the topic '${topic.node.path}', and the policy of its key does not let cloudwatch.amazonaws.com use it (kms:Decrypt, kms:GenerateDataKey*)`;
  }
  const policies = topic.node.root.node
    .findAll()
    .filter((construct): construct is sns.CfnTopicPolicy => construct instanceof sns.CfnTopicPolicy)
    .filter((policy) => policy.topics.some((arn) => referenced(arn) === topic));
  // A topic without a policy of its own has a default one that lets the account's alarms publish.
  return policies.length > 0 && !policies.some((policy) => names(Stack.of(policy).resolve(policy.policyDocument)))
    ? `is the topic '${topic.node.path}', and its policy does not let cloudwatch.amazonaws.com publish (sns:Publish)`
    : undefined;
}

/** An allowing statement that names CloudWatch, or everybody of an account. */
function names(policy: unknown): boolean {
  const { Statement = [] } = (policy ?? {}) as {
    Statement?: Array<{ Effect: string; Principal?: { Service?: string | string[] } | string }>;
  };
  return Statement.filter(({ Effect }) => Effect === 'Allow').some(({ Principal }) =>
    typeof Principal === 'string' ? Principal === '*' : [Principal?.Service ?? []].flat().includes('cloudwatch.amazonaws.com'),
  );
}

function referenced(value: string): IConstruct | undefined {
  const token = Token.isUnresolved(value) ? Tokenization.reverseString(value).firstToken : undefined;
  return token && Reference.isReference(token) ? token.target : undefined;
}

function regionOf(arn: string): string | undefined {
  return Token.isUnresolved(arn) ? undefined : Arn.split(arn, ArnFormat.NO_RESOURCE_NAME).region;
}
