import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { plus, startOf } from '../../engine/calendar';
import { digestOf } from '../../engine/digest/digest';
import { AwsSources } from '../shared/aws-sources';
import { withDeadline } from '../shared/deadline';
import { readDigestConfig } from './config';
import { messageOf } from './digest-message';
import { ledgerFacts } from './ledger-facts';

/** How long storing the digest may take, and sending it to one topic. */
const DEADLINE_MS = 20_000;

const config = readDigestConfig(process.env);
const sources = new AwsSources();
const s3 = new S3Client({});
const sns = new SNSClient({});

/** Sums up the days before today, one or seven: keeps the digest as JSON and sends it as messages. */
export async function handler({ days }: { readonly days: number }): Promise<void> {
  const { bucket, timeZone, topics } = config;
  const until = startOf('day', Date.now(), timeZone);
  const period = { from: plus(-days, 'day', until, timeZone), until, timeZone };
  const digest = digestOf(await ledgerFacts(sources, config, period), period);
  const kind = days === 1 ? 'daily' : 'weekly';

  const put = new PutObjectCommand({
    Bucket: bucket,
    Key: `${kind}/${digest.from}.json`,
    Body: `${JSON.stringify(digest, undefined, 2)}\n`,
    ContentType: 'application/json',
  });
  await withDeadline('the bucket of the digests', DEADLINE_MS, (abortSignal) => s3.send(put, { abortSignal }));
  const message = messageOf(digest, kind);
  await Promise.all(
    topics.map((topic) => {
      const publish = new PublishCommand({ ...message, TopicArn: topic });
      return withDeadline(`the topic ${topic}`, DEADLINE_MS, (abortSignal) => sns.send(publish, { abortSignal }));
    }),
  );
}
