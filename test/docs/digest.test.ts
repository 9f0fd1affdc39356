import { readFileSync, writeFileSync } from 'node:fs';
import { digestOf } from '../../engine/digest/digest';
import type { ChatMessage } from '../../engine/digest/digest-chat';
import { InferenceProfiles } from '../../lambda/meter-calls/inference-profiles';
import { messageOf } from '../../lambda/send-digest/digest-message';
import type { Raw } from '../fixtures/invocation-records';
import { factsFromLedger } from '../lambda/send-digest/from-ledger';
import { exampleRecords } from './command-line-logs';

const PAGE = 'docs/digest.md';
const WEEK = { from: Date.UTC(2026, 10, 16), until: Date.UTC(2026, 10, 23), timeZone: 'UTC' };
const PROFILE = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/team-support';

/** The calls of one role go through an application inference profile. */
function withProfile(record: Raw): Raw {
  const isSupport = JSON.stringify(record.identity).includes('Support');
  return isSupport && String(record.modelId).includes('haiku') ? { ...record, modelId: PROFILE } : record;
}

/** What the deployed digest publishes about the example logs. */
async function published(): Promise<{ readonly default: string; readonly https: string }> {
  const profiles = new InferenceProfiles(() => Promise.reject(new Error('no profile is asked for')));
  profiles.addKnown([[PROFILE, 'global.anthropic.claude-haiku-4-5-20251001-v1:0']]);
  const hourly: Readonly<Record<string, number>> = { IncomingBytes: 3_000_000, Duration: 20_000, Invocations: 200 };
  const facts = await factsFromLedger(WEEK, [exampleRecords().map(withProfile)], {
    metric: ({ metricName }) => hourly[metricName],
    profiles,
  });
  const { Message } = messageOf(digestOf(facts, WEEK), 'weekly');
  return JSON.parse(Message!) as { default: string; https: string };
}

/** A notification as a channel shows it: its title, and below it its description. */
function chatTextOf(https: string): string {
  const { content } = JSON.parse(https) as ChatMessage;
  return `${content.title}\n${content.description}`;
}

const block = (language: string, text: string): string => `\n\n\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;

test('the samples of docs/digest.md are what the handler publishes; UPDATE_DOCS=1 writes them', async () => {
  const { default: mail, https } = await published();
  const samples = { mail: block('text', mail), chat: block('text', chatTextOf(https)) };
  const page = readFileSync(PAGE, 'utf8');
  const made = Object.entries(samples).reduce(
    (text, [name, sample]) =>
      text.replace(new RegExp(`(<!-- ${name} -->)(\\n\\n\`\`\`[^]*?\\n\`\`\`)?\\n`), (_, mark: string) => `${mark}${sample}`),
    page,
  );
  if (process.env.UPDATE_DOCS) writeFileSync(PAGE, made);
  expect(readFileSync(PAGE, 'utf8')).toBe(made);
  expect(made).toContain('of which');
});

test('the page names each member of a digest', async () => {
  const digest = digestOf(await factsFromLedger(WEEK, [exampleRecords()]), WEEK);
  const named = [...readFileSync(PAGE, 'utf8').matchAll(/`(\w+)`/g)].map(([, name]) => name);
  expect(Object.keys(digest).filter((name) => !named.includes(name))).toEqual([]);
});
