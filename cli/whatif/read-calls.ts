import { LedgerCallReader } from '../../engine/levers/ledger-call';
import { pricedCallOf } from '../../engine/levers/priced-calls';
import { Duplicates } from '../../engine/rating/duplicates';
import type { Prices } from '../../engine/rating/unit-prices';
import { ExitCode, Failure } from '../failure';
import { readLedgerLines } from '../input/ledger-lines';
import { noticeStream } from '../notices';
import type { Period } from '../options/period';
import { byModel } from '../replay/grouping';
import { Messages } from '../replay/messages';
import { replayPaths } from '../replay/replay-paths';
import { ReplaySummary } from '../replay/replay-summary';
import { eachSource } from '../traces/trace-sources';
import { promptKey, promptKeyOf } from './prompt-key';
import type { WhatIf } from './what-if';

export interface ReadCallsProps {
  readonly prices: Prices;
  /** Whether all files with prices could be used. */
  readonly complete: boolean;
  readonly period: Period;
  /** To which each call is added. */
  readonly whatIf: WhatIf;
}

interface ReadCalls {
  /** Of all calls, those without a price included. */
  readonly counts: { readonly calls: number; readonly failed: number };
  readonly exitCode: ExitCode;
}

/** Adds the calls of records. Prompts are compared where the records have their text. */
export async function readRecords(paths: readonly string[], { whatIf, ...props }: ReadCallsProps): Promise<ReadCalls> {
  const summary = new ReplaySummary(byModel);
  const exitCode = await replayPaths(paths, {
    ...props,
    summary,
    longTexts: true,
    onCall: (rated) => {
      const call = pricedCallOf(rated);
      if (call) whatIf.add(call, promptKeyOf(rated.call));
    },
  });
  const { calls, failed } = summary.allCalls;
  return { counts: { calls, failed }, exitCode };
}

/** Calls among which further lines of one call are recognised, at least: some 24 MB for each of three tables. */
const WINDOW = 500_000;
const STEP = 4096;

/** Adds the calls of ledger lines. Prompts are compared by the hashes that the meter wrote. */
export async function readLedger(paths: readonly string[], { prices, complete, period, whatIf }: ReadCallsProps): Promise<ReadCalls> {
  const messages = new Messages(noticeStream());
  const reader = new LedgerCallReader(prices);
  const seen = { calls: new Duplicates(WINDOW), failed: new Duplicates(WINDOW), priced: new Duplicates(WINDOW) };
  const counts = { calls: 0, failed: 0 };
  let lines = 0;
  const add = (text: string, name: string): void => {
    const call = reader.read(text);
    if (!call || call.time < period.from || call.time >= period.until) return;
    lines += 1;
    messages.progress(name, lines);
    if (lines % STEP === 0) Object.values(seen).forEach((each) => each.confirm());
    const { id, failed, priced, promptHash, accountId } = call;
    const isNew = (of: Duplicates): boolean => id === undefined || of.add(id);
    if (isNew(seen.calls)) counts.calls += 1;
    if (failed && isNew(seen.failed)) counts.failed += 1;
    if (priced && isNew(seen.priced)) {
      whatIf.add(priced, promptHash === undefined ? undefined : promptKey({ ...priced, accountId }, promptHash));
    }
  };
  await eachSource(paths, { messages, period, now: Date.now() }, async (source) => {
    messages.progress(source.name, lines);
    await readLedgerLines(source, {
      line: (text) => add(text, source.name),
      unreadable: (at, reason) => messages.malformed(`${source.name}:${at}`, reason),
    });
  });
  messages.end();
  if (counts.calls === 0) throw new Failure(`there is no line of the ledger in ${paths.join(', ')}`);
  return { counts, exitCode: complete && messages.complete ? ExitCode.SUCCESS : ExitCode.INCOMPLETE };
}
