import { SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import type { Clients } from '../emulator/clients';
import { policy } from '../emulator/policy';

/** A message to the person on call: an alarm, and its new state. */
export interface Page {
  readonly name: string;
  readonly state: string;
}

/** The pager of the person on call: a queue that subscribes to the topics of the alarms. */
export class Pager {
  private queueUrl = '';

  constructor(private readonly clients: Clients) {}

  async subscribeTo(topics: Iterable<string>): Promise<void> {
    const { sqs, sns } = this.clients;
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'demo-pager' }));
    this.queueUrl = QueueUrl;
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    const Policy = policy({ Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: Attributes?.QueueArn });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    for (const TopicArn of topics) {
      await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: Attributes?.QueueArn }));
    }
  }

  /** Takes the messages that came since the last call. */
  async take(): Promise<Page[]> {
    const pages: Page[] = [];
    for (let WaitTimeSeconds = 1; ; WaitTimeSeconds = 0) {
      const { Messages = [] } = await this.clients.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: this.queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds }),
      );
      if (Messages.length === 0) {
        return pages;
      }
      for (const { Body = '{}', ReceiptHandle } of Messages) {
        pages.push(pageIn(Body));
        await this.clients.sqs.send(new DeleteMessageCommand({ QueueUrl: this.queueUrl, ReceiptHandle }));
      }
    }
  }
}

function pageIn(notification: string): Page {
  const { Message } = JSON.parse(notification) as { Message: string };
  const { AlarmName: name, NewStateValue: state } = JSON.parse(Message) as { AlarmName: string; NewStateValue: string };
  return { name, state };
}
