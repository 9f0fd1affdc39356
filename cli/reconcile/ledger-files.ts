import { readLedgerUsage } from '../../engine/bill/ledger-usage';
import type { OurUsage } from '../../engine/bill/our-usage';
import { Duplicates } from '../../engine/rating/duplicates';
import type { Prices } from '../../engine/rating/unit-prices';
import { reasonOf } from '../input/input-error';
import { readLines } from '../input/lines';
import { decoded } from '../input/raw-text';
import { sourcesOf } from '../input/sources';
import { notice, noticeStream } from '../notices';
import { Progress } from '../progress';
import { countOf } from '../terminal';

/** Calls among which further lines of one call are recognised, at least. */
const WINDOW = 60_000;
const STEP = 4096;

/**
 * Adds the calls of ledger lines in files: exports of the log group, or the lines themselves, whatever is in front of each.
 *
 * @returns how many calls there are, and whether every file could be read
 */
export async function readLedgerFiles(paths: readonly string[], ours: OurUsage, prices: Prices) {
  const progress = new Progress(noticeStream());
  const seen = new Duplicates(WINDOW);
  let calls = 0;
  let isComplete = true;
  const fail = (name: string, error: Error): void => {
    isComplete = false;
    progress.erase();
    notice(`${name}: ${reasonOf(error)}`);
  };
  const add = (text: string): void => {
    const usage = readLedgerUsage(text, prices);
    if (!usage || (usage.id !== undefined && !seen.add(usage.id))) return;
    usage.lines.forEach((line) => ours.addLine(line));
    calls += 1;
    progress.show(() => `${countOf(calls, 'call')} of the ledger`);
    if (calls % STEP === 0) seen.confirm();
  };
  for await (const source of sourcesOf(paths, { visited: new Set(), onSkipped: () => undefined, onUnreadable: fail })) {
    try {
      const parts: string[] = [];
      await readLines(source, {
        line: (text) => add(decoded(text)),
        part: (text) => void parts.push(text),
        endOfParts: () => add(parts.splice(0).join('')),
      });
    } catch (error) {
      fail(source.name, error as Error);
    }
  }
  progress.erase();
  return { calls, isComplete };
}
