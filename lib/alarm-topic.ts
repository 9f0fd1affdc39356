import { Stack, Token } from 'aws-cdk-lib';
import * as chatbot from 'aws-cdk-lib/aws-chatbot';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/** Services that publish to the topic on behalf of this account: alarms, the digest's schedule, and AWS Budgets. */
const PUBLISHERS = ['cloudwatch.amazonaws.com', 'events.amazonaws.com', 'budgets.amazonaws.com'];

/**
 * Properties for defining an AlarmTopic.
 */
export interface AlarmTopicProps {
  /**
   * Who gets every message by e-mail. Each address must confirm its subscription.
   *
   * @default - nobody by e-mail
   */
  readonly emailAddresses?: string[];

  /**
   * The key that encrypts the messages; its policy is extended. A key that AWS manages does not work: alarms may not use it.
   *
   * @default - a new key
   */
  readonly encryptionKey?: kms.Key;
}

/**
 * Options for a Slack channel.
 */
export interface SlackChannelOptions {
  /**
   * The id of the workspace, which must have been authorized once in the console of Amazon Q Developer in chat applications.
   */
  readonly workspaceId: string;

  /**
   * The id of the channel, for example `C07EZ1ABC23`.
   */
  readonly channelId: string;
}

/**
 * An encrypted topic that CloudWatch alarms, EventBridge and AWS Budgets of this account may publish to. It is an alarm action itself.
 */
export class AlarmTopic extends Construct implements cloudwatch.IAlarmAction {
  /**
   * The topic.
   */
  public readonly topic: sns.Topic;

  /**
   * The key that encrypts its messages.
   */
  public readonly encryptionKey: kms.Key;

  constructor(scope: Construct, id: string, props: AlarmTopicProps = {}) {
    super(scope, id);

    const wrong = props.emailAddresses?.find((address) => !Token.isUnresolved(address) && !/^[^\s@]+@[^\s@]+$/.test(address));
    if (wrong !== undefined) {
      throw new Error(`'emailAddresses' must hold e-mail addresses, got '${wrong}'`);
    }

    const publishers = PUBLISHERS.map((service) => new iam.ServicePrincipal(service));
    const ownAccount = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } };
    this.encryptionKey =
      props.encryptionKey ?? new kms.Key(this, 'Key', { description: 'Encrypts alarms about Amazon Bedrock', enableKeyRotation: true });
    this.encryptionKey.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: publishers,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: ownAccount,
      }),
    );

    this.topic = new sns.Topic(this, 'Resource', { masterKey: this.encryptionKey, enforceSSL: true });
    this.topic.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: publishers,
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: ownAccount,
      }),
    );
    props.emailAddresses?.forEach((address) => this.topic.addSubscription(new EmailSubscription(address)));
  }

  /**
   * Makes the topic an alarm action.
   */
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- jsii wants the whole signature of the interface
  public bind(_scope: Construct, _alarm: cloudwatch.IAlarm): cloudwatch.AlarmActionConfig {
    return { alarmActionArn: this.topic.topicArn };
  }

  /**
   * Shows every message in a Slack channel, through Amazon Q Developer in chat applications.
   *
   * @param name a name for the configuration, unique in the account
   */
  public addSlackChannel(name: string, options: SlackChannelOptions): chatbot.SlackChannelConfiguration {
    // Its role has no permissions: messages come in, nobody runs commands from the channel.
    return new chatbot.SlackChannelConfiguration(this, `Slack-${name}`, {
      slackChannelConfigurationName: name,
      slackWorkspaceId: options.workspaceId,
      slackChannelId: options.channelId,
      notificationTopics: [this.topic],
    });
  }
}
