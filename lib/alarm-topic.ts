import { RemovalPolicy, Token } from 'aws-cdk-lib';
import * as chatbot from 'aws-cdk-lib/aws-chatbot';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { requireSameRegion } from './private/handed-in';
import { requireRegionOf, WITHOUT_CHAT } from './private/regions';
import { allowPublishers, allowPublishersToEncrypt, grantPublish } from './private/topic-publishers';
import { requireUsable } from './private/usable';
import { requireKnown } from './private/validation';

/**
 * Properties for defining an AlarmTopic.
 */
export interface AlarmTopicProps {
  /**
   * E-mail addresses that get every message. Each address must confirm its subscription.
   *
   * @default - no message is sent by e-mail
   */
  readonly emailAddresses?: string[];

  /**
   * The key that encrypts the messages. Its policy is extended, so that alarms may use it; that of an imported key must allow it already, and a key
   * that AWS manages cannot.
   *
   * @default - a new key
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * Options for a Slack channel.
 */
export interface SlackChannelOptions {
  /**
   * The id of the workspace, for example `T07EA123LEP`. It must be authorized once in the console of Amazon Q Developer in chat applications.
   */
  readonly workspaceId: string;

  /**
   * The id of the channel, for example `C07EZ1ABC23`.
   */
  readonly channelId: string;
}

/**
 * An encrypted topic to which CloudWatch alarms, EventBridge and AWS Budgets of this account may publish. It is an alarm action.
 */
export class AlarmTopic extends Construct implements cloudwatch.IAlarmAction {
  /**
   * The topic.
   */
  public readonly topic: sns.Topic;

  /**
   * The key that encrypts its messages.
   */
  public readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, props: AlarmTopicProps = {}) {
    super(scope, id);

    requireSameRegion(this, 'encryptionKey', props.encryptionKey);
    requireUsable(props);
    requireKnown('emailAddresses', props.emailAddresses);
    const invalid = props.emailAddresses?.find((address) => !Token.isUnresolved(address) && !/^[^\s@]+@[^\s@]+$/.test(address));
    if (invalid !== undefined) {
      throw new Error(`'emailAddresses' must hold e-mail addresses, got '${invalid}'`);
    }

    this.encryptionKey = props.encryptionKey ?? this.newKey();
    allowPublishersToEncrypt(this, this.encryptionKey);
    this.topic = new sns.Topic(this, 'Resource', { masterKey: this.encryptionKey, enforceSSL: true });
    allowPublishers(this, this.topic);
    props.emailAddresses?.forEach((address) => this.topic.addSubscription(new EmailSubscription(address)));
  }

  /**
   * Returns the action that publishes to the topic.
   *
   * @param _scope the scope of the alarm
   * @param _alarm the alarm
   */
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- jsii wants the whole signature of the interface
  public bind(_scope: Construct, _alarm: cloudwatch.IAlarm): cloudwatch.AlarmActionConfig {
    return { alarmActionArn: this.topic.topicArn };
  }

  /**
   * Lets somebody publish to the topic.
   *
   * @param grantee who may publish
   */
  public grantPublish(grantee: iam.IGrantable): iam.Grant {
    return grantPublish(this.topic, grantee);
  }

  /**
   * Sends every message to a Slack channel, through Amazon Q Developer in chat applications.
   *
   * @param name a name for the configuration, unique in the account
   * @param options the channel
   */
  public addSlackChannel(name: string, options: SlackChannelOptions): chatbot.SlackChannelConfiguration {
    requireKnown('name', name);
    requireUsable({ name, ...options });
    requireRegionOf(
      this,
      'addSlackChannel',
      'Amazon Q Developer in chat applications',
      WITHOUT_CHAT,
      'use e-mail addresses, or a topic subscription',
    );
    // Its role gets no permissions, so that the channel shows messages and cannot run commands.
    return new chatbot.SlackChannelConfiguration(this, `Slack-${name}`, {
      slackChannelConfigurationName: name,
      slackWorkspaceId: options.workspaceId,
      slackChannelId: options.channelId,
      notificationTopics: [this.topic],
    });
  }

  /** A topic keeps no message, so that nothing needs the key when the topic is gone. AWS KMS deletes it 30 days later. */
  private newKey(): kms.Key {
    return new kms.Key(this, 'Key', {
      description: 'Encrypts alarms about Amazon Bedrock',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
