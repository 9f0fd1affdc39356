import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Prices } from '../../engine/rating/unit-prices';
import { ExitCode, Failure } from '../failure';
import { sourcesOf } from '../input/sources';
import { noticeStream } from '../notices';
import type { Period } from '../options/period';
import type { CostRange } from './call-cost';
import { Messages } from './messages';
import type { OutputFile } from './output-file';
import { readSources } from './read-sources';
import { Replay } from './replay';
import type { ReplaySummary } from './replay-summary';
import type { ReplayedCall } from './replayed-call';

export interface ReplayPathsProps {
  readonly prices: Prices;
  /** Whether all files with prices could be used. */
  readonly complete: boolean;
  readonly summary: ReplaySummary;
  readonly period: Period;
  /** As in FinderOptions. */
  readonly longTexts?: boolean;
  readonly outputs?: readonly OutputFile[];
  readonly onCall?: (rated: ReplayedCall, cost: CostRange) => void;
}

/**
 * Prices every record of the named paths into the summary and the outputs. What cannot be read is named on stderr.
 *
 * @returns the exit code of the command
 * @throws Failure if there is no record at all, or an output cannot be written
 */
export async function replayPaths(paths: readonly string[], props: ReplayPathsProps): Promise<ExitCode> {
  const { prices, complete, summary, period, longTexts, outputs = [], onCall } = props;
  const messages = new Messages(noticeStream(), Date.now, "'replay --json FILE'");
  const replay = new Replay({
    ...{ prices, summary, period, longTexts, outputs, onCall },
    onMalformed: (where, reason) => messages.malformed(where, reason),
    onProgress: (name) => messages.progress(name, summary.recordCount),
  });
  const sources = sourcesOf(paths, {
    visited: new Set(outputs.flatMap(({ ownPaths }) => ownPaths.map(realPathOf))),
    onSkipped: (name, reason) => messages.skipped(name, reason),
    onUnreadable: (name, error) => messages.unreadable(name, error),
  });
  try {
    await readSources(sources, messages, (source) => replay.read(source));
    if (summary.recordCount + summary.outsidePeriod === 0) throw new Failure(`there are no records in ${paths.join(', ')}`);
    outputs.forEach((output) => output.close());
  } finally {
    outputs.forEach((output) => output.discard());
    messages.end();
  }
  return complete && messages.complete ? ExitCode.SUCCESS : ExitCode.INCOMPLETE;
}

/** Of a file that is not there yet, the folder is real. */
const realPathOf = (path: string): string => join(realpathSync(dirname(path)), basename(path));
