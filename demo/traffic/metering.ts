import { setTimeout as sleep } from 'node:timers/promises';
import type { Status } from '../../engine/rating/rater';
import { DEFAULT_NAMESPACE, Metrics } from '../../engine/telemetry/names';
import { Failure } from '../failure';
import type { MetricReader } from '../report/metric-reader';

/** Without progress for so long, metering is given up. */
const TIMEOUT_SECONDS = 30;
const POLL_MS = 200;

const STATUS_METRICS: Readonly<Record<Status, string>> = {
  priced: Metrics.RECORDS_PRICED,
  unpriced: Metrics.RECORDS_UNPRICED,
  ignored: Metrics.RECORDS_IGNORED,
  malformed: Metrics.RECORDS_MALFORMED,
};

/** Waits until the metrics of the deployed function account for each record, and returns the records by status. */
export async function waitUntilMetered(
  sent: number,
  metrics: MetricReader,
  showProgress: (metered: number) => void,
): Promise<Record<Status, number>> {
  let metered = 0;
  for (let deadline = deadlineFromNow(); Date.now() < deadline; await sleep(POLL_MS)) {
    const byStatus = await countByStatus(metrics);
    const total = Object.values(byStatus).reduce((sum, count) => sum + count, 0);
    showProgress(total);
    if (total >= sent) {
      return byStatus;
    }
    if (total > metered) {
      deadline = deadlineFromNow();
    }
    metered = total;
  }
  throw new Failure(`the deployed function has metered ${metered} of ${sent} records and then none for ${TIMEOUT_SECONDS} s`);
}

function deadlineFromNow(): number {
  return Date.now() + TIMEOUT_SECONDS * 1000;
}

async function countByStatus(metrics: MetricReader): Promise<Record<Status, number>> {
  const counts = await Promise.all(
    Object.entries(STATUS_METRICS).map(async ([status, name]) => [status, await metrics.total(DEFAULT_NAMESPACE, name)]),
  );
  return Object.fromEntries(counts) as Record<Status, number>;
}
