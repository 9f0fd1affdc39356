import { existsSync } from 'node:fs';
import { sourcesOfLogGroups } from '../input/log-group';
import { NoLog } from '../input/no-log';
import { sourcesOf } from '../input/sources';
import type { Source } from '../input/source';
import type { Period } from '../options/period';
import type { Messages } from '../replay/messages';

const LOGS = 'logs:';
const ARN = /^arn:aws[\w-]*:logs:/;
/** Where AWS puts spans and what AgentCore logs. */
const GROUP_OF_AWS = /^(\/aws\/[\w./*-]+|aws\/spans)$/;

const DAY_MS = 86_400_000;
/** A trace that began before the period is not to look as if it began in it. */
const EARLIER_MS = 900_000;
/** A span ends, and a record is delivered, later than its trace begins. */
const LATER_MS = 3_600_000;

interface Reading {
  readonly messages: Messages;
  /** What is read of log groups. */
  readonly period: Period;
  /** Where log groups are read; by default, that of the environment or the profile. */
  readonly region?: string;
  readonly now: number;
}

/** Reads what paths name: files, folders, S3 prefixes, stdin, and log groups in a period. What cannot be read is named. */
export async function eachSource(
  paths: readonly string[],
  { messages, period, region, now }: Reading,
  read: (source: Source) => Promise<void>,
): Promise<void> {
  const options = {
    visited: new Set<string>(),
    onSkipped: messages.skipped.bind(messages),
    onUnreadable: messages.unreadable.bind(messages),
  };
  for (const path of paths) {
    const group = groupOf(path);
    try {
      const sources = group === undefined ? sourcesOf([path], options) : groupSources(group, { period, region, now });
      for await (const source of sources) {
        await read(source).catch((error: Error) => {
          if (error instanceof NoLog) messages.skipped(source.name, 'noLog');
          else messages.unreadable(source.name, error);
        });
      }
    } catch (error) {
      messages.unreadable(path, error as Error);
    }
  }
}

/** The log group that a path names. A file of that name is a file. */
function groupOf(path: string): string | undefined {
  if (path.startsWith(LOGS)) return path.slice(LOGS.length);
  return ARN.test(path) || (GROUP_OF_AWS.test(path) && !existsSync(path)) ? path : undefined;
}

function groupSources(group: string, { period: { from, until }, region, now }: Omit<Reading, 'messages'>): AsyncIterable<Source> {
  const end = Math.min(until, now);
  return sourcesOfLogGroups({ group, region, from: (Number.isFinite(from) ? from : end - DAY_MS) - EARLIER_MS, until: end + LATER_MS });
}
