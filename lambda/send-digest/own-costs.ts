import type { DigestFacts } from '../../engine/digest/digest-facts';
import { type Sources, sumOf } from '../shared/sources';
import type { DigestConfig } from './config';

/** List prices in us-east-1, USD. Sources: the AWS pricing pages of CloudWatch Logs and of Lambda on arm64. */
const PRICES = { logGb: 0.5, gbSecond: 0.0000133334, request: 0.0000002 };

/** Memory of the cost meter. */
const METER_GB = 0.5;

/** What metering cost in a period: the logs that the meter wrote, and its compute. Without data that is unknown, and not 0. */
export async function ownCosts(
  sources: Sources,
  { meterLogGroup, meterFunction }: Pick<DigestConfig, 'meterLogGroup' | 'meterFunction'>,
  { from, until }: { readonly from: number; readonly until: number },
): Promise<NonNullable<DigestFacts['ownCosts']>> {
  const total = async (namespace: string, metricName: string, dimensions: Record<string, string>) => {
    const points = await sources.series({ namespace, metricName, dimensions, statistic: 'Sum', periodSeconds: 3600 }, from, until);
    return points.size === 0 ? undefined : sumOf(points);
  };
  const bytes = await total('AWS/Logs', 'IncomingBytes', { LogGroupName: meterLogGroup });
  const ms = await total('AWS/Lambda', 'Duration', { FunctionName: meterFunction });
  const requests = await total('AWS/Lambda', 'Invocations', { FunctionName: meterFunction });
  return [
    ...(bytes === undefined ? [] : [{ item: 'ledger and metrics written as logs', usd: (bytes / 1e9) * PRICES.logGb }]),
    ...(ms === undefined || requests === undefined
      ? []
      : [{ item: 'cost meter, compute', usd: (ms / 1000) * METER_GB * PRICES.gbSecond + requests * PRICES.request }]),
  ];
}
