import { isApplicationProfile } from '../records/application-profile';
import type { Call } from '../records/call';
import { Duplicates } from '../rating/duplicates';
import { parseRecord } from '../records/parse-record';
import { Rater } from '../rating/rater';
import type { Prices } from '../rating/unit-prices';
import { LedgerWriter } from '../ledger/ledger-writer';
import { Batch } from './batch';
import type { Breakdown } from './breakdown-totals';
import { breakdownsOf } from './breakdowns';
import type { MeterConfig } from './meter-config';
import type { LogEvent, PromptHashing, ResolvedProfiles } from './meter-environment';
import { MeterMetrics } from './meter-metrics';

/** What the meter needs from outside. */
export interface MeterProps {
  readonly config: MeterConfig;
  /** `prepare` is awaited before each batch, where there is one. */
  readonly prices: Prices & { prepare?(now: number): Promise<void> };
  /** Asked before calls of application inference profiles are rated; `prices` must look their models up there. */
  readonly profiles: ResolvedProfiles;
  readonly promptHashing?: PromptHashing;
  readonly write: (text: string) => Promise<void>;
  readonly clock: () => number;
}

/**
 * Meters batches of log events. Everything of a batch is written at its end and at once: a batch that fails leaves nothing
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
    this.metrics = new MeterMetrics(config.namespace);
    this.ledger = config.ledger ? new LedgerWriter(config.metadataKeys) : undefined;
  }

  public async meter(events: readonly LogEvent[]): Promise<void> {
    try {
      const batch = await this.metered(events);
      const text = await batch.text(this.metrics);
      if (text !== '') {
        await this.props.write(text);
      }
      this.seen.confirm();
    } catch (error) {
      this.seen.forget();
      await this.metrics.drop();
      throw error;
    }
  }

  private async metered(events: readonly LogEvent[]): Promise<Batch> {
    const { prices, promptHashing, profiles, clock } = this.props;
    const now = clock();
    await prices.prepare?.(now);
    const promptHash = await promptHashing?.get(now);
    const batch = new Batch({ breakdowns: this.breakdowns, ledger: this.ledger, now, promptHash });

    const unresolved: Call[] = [];
    for (const { message, timestamp, id } of events) {
      const parsed = parseRecord(message, timestamp ?? now, id);
      if (parsed.kind !== 'call') {
        batch.addUnusable(parsed);
      } else if (isApplicationProfile(parsed.modelId) && !profiles.isFresh(parsed.modelId, now)) {
        unresolved.push(parsed);
      } else {
        batch.add(this.rater.rate(parsed));
      }
    }
    // Together and last: one request for each profile of the batch, however many calls it has.
    const arns = unresolved.map(({ modelId }) => modelId);
    await profiles.resolve(arns, now);
    for (const call of unresolved) {
      batch.add(this.rater.rate(call));
    }
    return batch;
  }
}
