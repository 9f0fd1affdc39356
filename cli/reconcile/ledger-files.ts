import { readLedgerUsage } from '../../engine/bill/ledger-usage';
import type { OurUsage } from '../../engine/bill/our-usage';
import { Duplicates } from '../../engine/rating/duplicates';
import type { Prices } from '../../engine/rating/unit-prices';
import { readLines } from '../input/lines';
import { decoded } from '../input/raw-text';
import { sourcesOf } from '../input/sources';
import { noticeStream } from '../notices';
import { Messages } from '../replay/messages';

/** Calls among which further lines of one call are recognised, at least. */
const WINDOW = 60_000;
const STEP = 4096;

/**
 * Adds the calls of ledger lines in files: exports of the log group, or the lines themselves, whatever is in front of each.
 *
 * @returns how many calls there are, and whether every file could be read
 */
export async function readLedgerFiles(paths: readonly string[], ours: OurUsage, prices: Prices) {
  const messages = new Messages(noticeStream());
  const seen = new Duplicates(WINDOW);
  let calls = 0;
  const add = (text: string, name: string): void => {
    const usage = readLedgerUsage(text, prices);
    if (!usage || (usage.id !== undefined && !seen.add(usage.id))) return;
    usage.lines.forEach((line) => ours.addLine(line));
    calls += 1;
    messages.progress(name, calls, 'call');
    if (calls % STEP === 0) seen.confirm();
  };
  const onUnreadable = messages.unreadable.bind(messages);
  for await (const source of sourcesOf(paths, { visited: new Set(), onSkipped: () => undefined, onUnreadable })) {
    try {
      const parts: string[] = [];
      await readLines(source, {
        line: (text) => add(decoded(text), source.name),
        part: (text) => void parts.push(text),
        endOfParts: () => add(parts.splice(0).join(''), source.name),
      });
    } catch (error) {
      messages.unreadable(source.name, error as Error);
    }
  }
  messages.end();
  return { calls, isComplete: messages.complete };
}
