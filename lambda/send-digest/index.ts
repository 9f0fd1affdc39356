import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { AwsSources } from '../shared/aws-sources';
import { plus, startOf } from '../../engine/calendar';
import { digestOf } from '../../engine/digest/digest';
import { ledgerFacts } from './ledger-facts';
import { textOf } from '../../engine/digest/digest-text';

const { LEDGER_LOG_GROUP = '', METER_FUNCTION = '', BUCKET = '', TIME_ZONE = 'UTC' } = process.env;
const TOPICS = (process.env.TOPICS ?? '').split(',').filter((arn) => arn !== '');

const sources = new AwsSources();
const s3 = new S3Client({});
const sns = new SNSClient({});

/** Sums up the days before today: one for a day, seven for a week. */
export async function handler(event: { readonly days: number }): Promise<void> {
  const until = startOf('day', Date.now(), TIME_ZONE);
  const period = { from: plus(-event.days, 'day', until, TIME_ZONE), until, timeZone: TIME_ZONE };
  const facts = await ledgerFacts(sources, { ledger: LEDGER_LOG_GROUP, meterFunction: METER_FUNCTION }, period);
  const digest = digestOf(facts, period);
  const kind = event.days === 1 ? 'daily' : 'weekly';

  await s3.send(
    new PutObjectCommand({
      Bucket: BUCKET,
      Key: `${kind}/${digest.from}.json`,
      Body: `${JSON.stringify(digest, undefined, 2)}\n`,
      ContentType: 'application/json',
    }),
  );
  const Subject = `Amazon Bedrock ${kind} digest, ${digest.from}`;
  await Promise.all(TOPICS.map((TopicArn) => sns.send(new PublishCommand({ TopicArn, Subject, Message: textOf(digest) }))));
}
