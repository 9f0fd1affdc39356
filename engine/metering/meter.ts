import type { Call } from '../records/call';
import { Duplicates } from '../rating/duplicates';
import { parseRecord } from '../records/parse-record';
import { Rater } from '../rating/rater';
import type { Prices } from '../rating/unit-prices';
import { Batch } from './batch';
import type { MeterConfig } from './meter-config';
import { LedgerWriter } from '../ledger/ledger-writer';
import type { Breakdown } from './minute-totals';
import type { LogEvent, PromptHashing, ResolvedProfiles } from './meter-environment';
import { isApplicationProfile } from './request-model';
import { breakdownsOf } from './breakdowns';
import { MeterMetrics } from './meter-metrics';

/** What the meter needs from outside. */
export interface MeterProps {
  readonly config: MeterConfig;
  /** Prices that must be made ready before a batch say so. */
  readonly prices: Prices & { prepare?(now: number): Promise<void> };
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
  private readonly telemetry: MeterMetrics;
  private readonly ledger?: LedgerWriter;

  constructor(private readonly props: MeterProps) {
    const { config, prices, profiles } = props;
    this.rater = new Rater(prices, this.seen, profiles.known);
    this.breakdowns = breakdownsOf(config);
    this.telemetry = new MeterMetrics(config.namespace, this.breakdowns);
    this.ledger = config.ledger ? new LedgerWriter(config.metadataKeys) : undefined;
  }

  public async meter(events: readonly LogEvent[]): Promise<void> {
    try {
      const text = await this.textOf(events);
      if (text !== '') {
        await this.props.write(text);
      }
      this.seen.confirm();
    } catch (error) {
      this.seen.forget();
      await this.telemetry.drop();
      throw error;
    }
  }

  private async textOf(events: readonly LogEvent[]): Promise<string> {
    const { prices, profiles, clock, promptHashing } = this.props;
    const now = clock();
    await prices.prepare?.(now);
    const batch = new Batch({ breakdowns: this.breakdowns, ledger: this.ledger, now, promptHash: await promptHashing?.get(now) });
    const waiting: Call[] = [];
    for (const { message, timestamp } of events) {
      const parsed = parseRecord(message, timestamp ?? now);
      if (parsed.kind !== 'call') {
        batch.addOther(parsed);
      } else if (isApplicationProfile(parsed.modelId) && !profiles.isFresh(parsed.modelId, now)) {
        waiting.push(parsed);
      } else {
        batch.add(this.rater.rate(parsed));
      }
    }
    const arns = waiting.map((call) => call.modelId);
    await profiles.resolve(arns, now);
    for (const call of waiting) {
      batch.add(this.rater.rate(call));
    }
    return batch.text(this.telemetry);
  }
}
