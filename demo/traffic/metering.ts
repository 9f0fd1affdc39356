import type { Status } from '../../engine/rating/rater';
import { DEFAULT_NAMESPACE, Metrics } from '../../engine/telemetry/names';
import type { Clients } from '../emulator/clients';
import type { DeployedFunction } from '../emulator/deployed-function';
import { putMetricsOf } from '../emulator/embedded-metrics';
import { Failure } from '../failure';
import type { MetricReader } from '../report/metric-reader';
import { type LogRecord, sendRecords } from './records';

const BATCH = 50;

/** So often in a row may the function have printed nothing more, before the missing records are given up. */
const PATIENCE = 20;

const STATUS_METRICS: Readonly<Record<Status, string>> = {
  priced: Metrics.RECORDS_PRICED,
  unpriced: Metrics.RECORDS_UNPRICED,
  ignored: Metrics.RECORDS_IGNORED,
  malformed: Metrics.RECORDS_MALFORMED,
};

/** Sends records into the log group that the deployed function reads, and makes metrics of what the function prints. */
export class Metering {
  constructor(
    private readonly clients: Clients,
    private readonly meter: DeployedFunction,
    private readonly metrics: MetricReader,
  ) {}

  /** Returns the records by status once the metrics account for each of them. */
  async meterAll(source: string, records: readonly LogRecord[], showProgress: (metered: number) => void): Promise<Record<Status, number>> {
    const printed: string[] = [];
    for (let start = 0; start < records.length; start += BATCH) {
      await sendRecords(this.clients, source, records.slice(start, start + BATCH));
      printed.push(...(await this.publish(await this.meter.linesOfNextInvocation())));
      showProgress(sumOf(await this.byStatus()));
    }
    for (let silent = 0; silent < PATIENCE;) {
      const lines = await this.publish(await this.meter.linesLeft());
      const byStatus = await this.byStatus();
      showProgress(sumOf(byStatus));
      if (lines.length === 0 && sumOf(byStatus) >= records.length) {
        return byStatus;
      }
      silent = lines.length === 0 ? silent + 1 : 0;
      printed.push(...lines);
    }
    const metered = sumOf(await this.byStatus());
    throw new Failure(
      `the deployed function has metered ${metered} of ${records.length} records`,
      printed.filter((line) => !line.startsWith('{')).slice(-20),
    );
  }

  private async publish(lines: string[]): Promise<string[]> {
    await putMetricsOf(this.clients, lines);
    return lines;
  }

  private async byStatus(): Promise<Record<Status, number>> {
    const counts = await Promise.all(
      Object.entries(STATUS_METRICS).map(async ([status, name]) => [status, await this.metrics.total(DEFAULT_NAMESPACE, name)]),
    );
    return Object.fromEntries(counts) as Record<Status, number>;
  }
}

function sumOf(byStatus: Record<Status, number>): number {
  return Object.values(byStatus).reduce((sum, count) => sum + count, 0);
}
