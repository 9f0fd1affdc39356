import { isApplicationProfile } from '../records/application-profile';
import type { Call, UnusableRecord } from '../records/call';
import { Duplicates } from '../rating/duplicates';
import { parseRecord } from '../records/parse-record';
import { Rater } from '../rating/rater';
import { resolvedModel } from '../rating/resolved-model';
import type { Prices } from '../rating/unit-prices';
import { LedgerWriter } from '../ledger/ledger-writer';
import { Batch } from './batch';
import type { Breakdown } from './breakdown-totals';
import { breakdownsOf } from './breakdowns';
import type { MeterConfig } from './meter-config';
import type { LogEvent, PromptHashing, ResolvedProfiles } from './meter-environment';
import { MeterMetrics } from './meter-metrics';
import type { MinuteReadings } from './otlp-readings';

/** What the meter needs from outside. */
export interface MeterProps {
  readonly config: MeterConfig;
  /** `prepare` is awaited before each batch, where there is one. */
  readonly prices: Prices & { prepare?(now: number): Promise<void> };
  /** Asked before calls of application inference profiles are rated; `prices` must look their models up there. */
  readonly profiles: ResolvedProfiles;
  readonly promptHashing?: PromptHashing;
  /** How many optional look-ups failed since this was last called. */
  readonly failedLookUps?: () => number;
  /** Takes the metrics of a batch that was written, and never fails: the batch is metered. */
  readonly exportReadings?: (readings: readonly MinuteReadings[]) => Promise<void>;
  /** Takes a text of whole lines. */
  readonly write: (text: string) => Promise<void>;
  readonly clock: () => number;
}

/** The largest time that a Date can have, in milliseconds (ECMAScript, "Time Values and Time Range"). */
const MAX_TIME = 8.64e15;

/**
 * Meters batches of log events. Nothing of a batch is written before all of it is known: a batch that fails leaves nothing
 * behind and can be tried again.
 */
export class Meter {
  private readonly seen = new Duplicates();
  private readonly rater: Rater;
  private readonly breakdowns: readonly Breakdown[];
  private readonly metrics: MeterMetrics;
  private readonly ledger?: LedgerWriter;

  constructor(private readonly props: MeterProps) {
    const { config, prices } = props;
    this.rater = new Rater(prices, this.seen);
    this.breakdowns = breakdownsOf(config);
    this.metrics = new MeterMetrics(config);
    const titleOf = (call: Call) => resolvedModel(call, prices).title;
    this.ledger = config.ledger ? new LedgerWriter(config.metadataKeys, config.ledgerStream !== undefined, titleOf) : undefined;
  }

  public async meter(events: readonly LogEvent[]): Promise<void> {
    try {
      const batch = await this.metered(events);
      for (const text of await batch.texts(this.metrics, this.props.failedLookUps?.() ?? 0)) {
        await this.props.write(text);
      }
      this.seen.confirm();
    } catch (error) {
      this.seen.forget();
      await this.metrics.drop();
      throw error;
    }
    await this.props.exportReadings?.(this.metrics.takeReadings());
  }

  private async metered(events: readonly LogEvent[]): Promise<Batch> {
    const { prices, promptHashing, profiles, clock } = this.props;
    const now = clock();
    await prices.prepare?.(now);
    const promptHash = promptHashing && ((await promptHashing.get(now)) ?? 'unavailable');
    const batch = new Batch({ breakdowns: this.breakdowns, ledger: this.ledger, now, promptHash });

    const unresolved: Call[] = [];
    for (const event of events) {
      const parsed = parsedEvent(event, now);
      if (parsed.kind !== 'call') {
        batch.addUnusable(parsed);
      } else if (isApplicationProfile(parsed.modelId) && !profiles.isFresh(parsed.modelId, now)) {
        unresolved.push(parsed);
      } else {
        this.rate(parsed, batch);
      }
    }
    // Together and last: one request for each profile of the batch, however many calls it has.
    const arns = unresolved.map(({ modelId }) => modelId);
    await profiles.resolve(arns, now);
    unresolved.forEach((call) => this.rate(call, batch));
    return batch;
  }

  /** A record that cannot be rated or written costs no other record: it is malformed. */
  private rate(call: Call, batch: Batch): void {
    try {
      batch.add(this.rater.rate(call));
    } catch (error) {
      // Only the name: a message can quote the record.
      const reason = `not metered: ${error instanceof Error ? error.name : 'unknown error'}`;
      batch.addUnusable({ kind: 'malformed', reason, requestId: call.requestId, time: call.time });
    }
  }
}

/** Events are JSON from outside: their members may be of any type. */
function parsedEvent(event: Partial<Record<keyof LogEvent, unknown>> | null | undefined, now: number): Call | UnusableRecord {
  const { message, timestamp, id } = event ?? {};
  const isTime = typeof timestamp === 'number' && Math.abs(timestamp) <= MAX_TIME;
  return parseRecord(typeof message === 'string' ? message : '', isTime ? timestamp : now, typeof id === 'string' ? id : undefined);
}
