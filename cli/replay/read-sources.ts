import { Failure } from '../failure';
import { NoLog } from '../input/no-log';
import { readSource } from '../input/record-reader';
import type { Source } from '../input/source';
import { sourcesOf } from '../input/sources';
import type { Call, UnusableRecord } from '../../engine/records/call';
import type { Messages } from './messages';

/** Reads sources one after the other. One that cannot be read is named, and the others are read; a Failure ends everything. */
export async function readSources(
  sources: AsyncIterable<Source>,
  messages: Messages,
  read: (source: Source) => Promise<void>,
): Promise<void> {
  for await (const source of sources) {
    try {
      await read(source);
    } catch (error) {
      if (error instanceof Failure) throw error;
      if (error instanceof NoLog) messages.skipped(source.name, 'noLog');
      else messages.unreadable(source.name, error as Error);
    }
  }
}

/**
 * Reads every record of the named paths with its text, in each form that `replay` reads. Messages name what is left out.
 *
 * @param onRecord returns whether it can use the record
 */
export async function readTexts(
  paths: readonly string[],
  messages: Messages,
  onRecord: (parsed: Call | UnusableRecord, message: string) => boolean,
): Promise<void> {
  const sources = sourcesOf(paths, {
    visited: new Set(),
    onSkipped: (name, reason) => messages.skipped(name, reason),
    onUnreadable: (name, error) => messages.unreadable(name, error),
  });
  let records = 0;
  await readSources(sources, messages, (source) => {
    const { name } = source;
    messages.progress(name, records);
    const record = (parsed: Call | UnusableRecord, message: () => string, line: number): void => {
      records += 1;
      messages.progress(name, records);
      if (!onRecord(parsed, message()) && parsed.kind === 'malformed') messages.malformed(`${name}:${line}`, parsed.reason);
    };
    return readSource(source, { record });
  });
}
