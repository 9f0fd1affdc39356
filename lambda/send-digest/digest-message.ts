import type { PublishCommandInput } from '@aws-sdk/client-sns';
import type { Digest } from '../../engine/digest/digest';
import { chatOf } from '../../engine/digest/digest-chat';
import { textOf } from '../../engine/digest/digest-text';
import { Catalogue } from '../../engine/pricing/catalogue';

/**
 * What is published: text for everybody, and for subscriptions by HTTPS, which is how chat channels are subscribed, a
 * notification that Amazon Q Developer in chat applications can show. Source: "MessageStructure" of Publish in the Amazon SNS
 * API reference.
 */
export function messageOf(digest: Digest, kind: 'daily' | 'weekly'): Omit<PublishCommandInput, 'TopicArn'> {
  const catalogue = Catalogue.builtIn();
  return {
    Subject: `Amazon Bedrock ${kind} digest, ${digest.from}`,
    MessageStructure: 'json',
    Message: JSON.stringify({ default: textOf(digest, catalogue), https: JSON.stringify(chatOf(digest, catalogue)) }),
  };
}
