import { AgentDimensions } from '../../../../engine/agents/metering/agent-totals';
import { AgentMeter } from '../../../../engine/agents/metering/agent-meter';
import type { WrittenLine } from '../../../../engine/agents/metering/agent-lines';
import { JOIN_TIMES, type LedgerCall } from '../../../../engine/agents/metering/agent-join';
import { joinText } from '../../../../engine/agents/metering/join-text';
import { Attributes } from '../../../../engine/telemetry/names';
import { models, prices } from '../pricing';
import { BEGIN } from '../spans';

const NAMESPACE = 'Test';
const DIMENSIONS = [Attributes.AGENT, Attributes.OPERATION, Attributes.TOOL, Attributes.REQUEST_MODEL];
const PRICING = { prices, models, region: 'us-east-1' };

export const MINUTE = 60_000;

/** The log group of the agent meter, with a meter and a join that write to it, at a clock that tests set. */
export class World {
  public readonly written: WrittenLine[] = [];
  public readonly ledger: LedgerCall[] = [];
  public now = BEGIN + 5000;
  public failWrites = false;
  private meters: AgentMeter[];

  /** @param functions how many functions meter, each with a memory of its own */
  constructor(functions = 1) {
    this.meters = Array.from({ length: functions }, () => this.newMeter());
  }

  public async meter(events: readonly unknown[], by = 0): Promise<void> {
    await this.meters[by % this.meters.length]!.meter(events.map((event) => (typeof event === 'string' ? event : JSON.stringify(event))));
  }

  /** Runs the join once. */
  public join(withLedger = true): void {
    const { now } = this;
    const from = now - JOIN_TIMES.WINDOW;
    const text = joinText({
      ...{ agentLines: this.written.filter(({ arrival }) => arrival >= from), namespace: NAMESPACE, pricing: PRICING, now },
      ...(withLedger && { ledger: this.ledger.filter(({ arrival }) => arrival >= from && arrival <= now) }),
      dimensions: new AgentDimensions(DIMENSIONS, 50),
    });
    this.write(text);
  }

  /** Lets time pass, with a join every five minutes. */
  public pass(minutes: number): void {
    for (let passed = 0; passed < minutes; passed += 5) {
      this.now += 5 * MINUTE;
      this.join();
    }
  }

  /** The sum of every metric and set of dimensions, rounded to pico-dollars; values of distributions are left out. */
  public get sums(): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const { metric, value } of this.readings) {
      if (typeof value === 'number') sums[metric] = Math.round(((sums[metric] ?? 0) + value) * 1e12) / 1e12;
    }
    return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0));
  }

  /** What the metric lines say. */
  public get readings(): Array<{ readonly metric: string; readonly value: unknown; readonly time: number }> {
    return this.written.flatMap(({ text }) => {
      if (!text.startsWith('{"_aws"')) return [];
      const line = JSON.parse(text) as Record<string, unknown> & {
        _aws: { Timestamp: number; CloudWatchMetrics: Array<{ Dimensions: string[][]; Metrics: Array<{ Name: string }> }> };
      };
      const [{ Dimensions, Metrics } = { Dimensions: [[]], Metrics: [] }] = line._aws.CloudWatchMetrics;
      const by = Dimensions[0]!.map((name) => ` ${name}=${String(line[name])}`).join('');
      return Metrics.map(({ Name }) => ({ metric: Name + by, value: line[Name], time: line._aws.Timestamp }));
    });
  }

  public lines(kind: string): Array<Record<string, unknown>> {
    return this.written
      .filter(({ text }) => text.startsWith(`{"agents":1,"kind":"${kind}"`))
      .map(({ text }) => JSON.parse(text) as Record<string, unknown>);
  }

  private newMeter(): AgentMeter {
    return new AgentMeter({
      ...{ namespace: NAMESPACE, dimensions: DIMENSIONS, dimensionCap: 50, pricing: PRICING },
      write: (text) => (this.failWrites ? Promise.reject(new Error('no space')) : Promise.resolve(this.write(text))),
      clock: () => this.now,
    });
  }

  private write(text: string): void {
    for (const line of text.split('\n')) {
      if (line !== '') this.written.push({ arrival: this.now, text: line });
    }
  }
}
