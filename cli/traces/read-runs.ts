import type { RecordedCall } from '../../engine/agents/recorded-call';
import { RuntimeUsageBySession } from '../../engine/agents/runtime-total';
import { SpanModels } from '../../engine/agents/span-models';
import { StoredRuns } from '../../engine/agents/stored-runs';
import type { Catalogue, ModelInfo } from '../../engine/pricing/catalogue';
import type { Prices } from '../../engine/rating/unit-prices';
import type { Source } from '../input/source';
import type { Period } from '../options/period';
import { noticeStream } from '../notices';
import { Messages } from '../replay/messages';
import { type CallInput, ledgerInput, recordInput } from './call-input';
import { readSpans } from './span-input';
import { SpanStore } from './span-store';
import { eachSource } from './trace-sources';
import { readUsage } from './usage-input';

export interface ReadRunsProps {
  readonly ledger?: readonly string[];
  readonly records?: readonly string[];
  readonly usage?: readonly string[];
  readonly catalogue: Catalogue;
  readonly prices: Prices;
  /** Of spans that do not name theirs. */
  readonly region: string;
  /** Where log groups are read; by default, that of the environment or the profile. */
  readonly logRegion?: string;
  /** What is read of log groups. */
  readonly period: Period;
}

export interface ReadRuns {
  readonly spans: SpanStore;
  readonly runs: StoredRuns;
  readonly usage: RuntimeUsageBySession;
  /** Whether everything could be read. */
  readonly complete: boolean;
}

/** Reads spans and calls, and joins them. What cannot be read is named on stderr. The spans are to be closed. */
export async function readRuns(paths: readonly string[], props: ReadRunsProps): Promise<ReadRuns> {
  const { ledger = [], records = [], usage: usagePaths = [], catalogue, prices, region, logRegion, period } = props;
  const messages = new Messages(noticeStream());
  const reading = { messages, period, region: logRegion, now: Date.now() };
  const spans = new SpanStore();
  const calls: RecordedCall[] = [];
  await eachSource(paths, reading, (source) =>
    readSpans(source, {
      span: (span) => {
        spans.add(span);
        messages.progress(source.name, spans.size, 'span');
      },
      unreadable: (line) => messages.malformed(`${source.name}:${line}`, 'not JSON'),
    }),
  );
  const into = (input: CallInput) => (source: Source) =>
    input(source, {
      call: (call) => {
        calls.push(call);
        messages.progress(source.name, calls.length, 'call');
      },
      unreadable: (line, reason) => messages.malformed(`${source.name}:${line}`, reason),
    });
  await eachSource(ledger, reading, into(ledgerInput));
  await eachSource(records, reading, into(recordInput(prices)));
  const usage = new RuntimeUsageBySession(region);
  await eachSource(usagePaths, reading, (source) =>
    readUsage(source, {
      usage: (event) => usage.add(event),
      unreadable: (line) => messages.malformed(`${source.name}:${line}`, 'not JSON'),
    }),
  );
  const models = new SpanModels(catalogue.lines<ModelInfo>('model').map(({ model }) => model));
  const runs = new StoredRuns(spans, calls, { prices, models, region });
  messages.end();
  return { spans, usage, runs, complete: messages.complete };
}
