import type { RecordedCall } from '../../engine/agents/recorded-call';
import { runsOf, type Runs } from '../../engine/agents/runs';
import type { Span } from '../../engine/agents/span';
import { SpanModels } from '../../engine/agents/span-models';
import type { Catalogue, ModelInfo } from '../../engine/pricing/catalogue';
import type { Prices } from '../../engine/rating/unit-prices';
import { sourcesOf } from '../input/sources';
import type { Source } from '../input/source';
import { Messages } from '../replay/messages';
import { type CallInput, ledgerInput, recordInput } from './call-input';
import { readSpans } from './span-input';

export interface ReadRunsProps {
  readonly ledger?: readonly string[];
  readonly records?: readonly string[];
  readonly catalogue: Catalogue;
  readonly prices: Prices;
  /** Of spans that do not name theirs. */
  readonly region: string;
}

export interface ReadRuns extends Runs {
  readonly spanCount: number;
  /** Whether everything could be read. */
  readonly complete: boolean;
}

/** Reads spans and calls, and joins them. What cannot be read is named on stderr. */
export async function readRuns(paths: readonly string[], props: ReadRunsProps): Promise<ReadRuns> {
  const { ledger = [], records = [], catalogue, prices, region } = props;
  const messages = new Messages(process.stderr);
  const spans: Span[] = [];
  const calls: RecordedCall[] = [];
  await eachSource(paths, messages, async (source) => {
    for (const span of await readSpans(source, (line) => messages.malformed(`${source.name}:${line}`, 'not JSON'))) spans.push(span);
  });
  const into = (input: CallInput) => async (source: Source) => {
    for (const call of await input(source, (line, reason) => messages.malformed(`${source.name}:${line}`, reason))) calls.push(call);
  };
  await eachSource(ledger, messages, into(ledgerInput));
  await eachSource(records, messages, into(recordInput(prices)));
  messages.end();
  const models = new SpanModels(catalogue.lines<ModelInfo>('model').map(({ model }) => model));
  return { ...runsOf(spans, calls, { prices, models, region }), spanCount: spans.length, complete: messages.complete };
}

async function eachSource(paths: readonly string[], messages: Messages, read: (source: Source) => Promise<void>): Promise<void> {
  const sources = sourcesOf(paths, {
    visited: new Set(),
    onSkipped: (name, reason) => messages.skipped(name, reason),
    onUnreadable: (name, error) => messages.unreadable(name, error),
  });
  for await (const source of sources) {
    try {
      await read(source);
    } catch (error) {
      messages.unreadable(source.name, error as Error);
    }
  }
}
