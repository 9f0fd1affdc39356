import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmCategory } from '../../../alarm-category';
import { AlarmTier } from '../../../alarm-tier';
import { PriceMetrics } from '../../../../engine/telemetry/names';
import { filled } from './filled';
import { AlarmRow, moreThan } from './row';

const ABOUT_PRICES = { tier: AlarmTier.WARNING, category: AlarmCategory.TELEMETRY, threshold: 0 } satisfies Partial<AlarmRow>;
const DAY = Duration.days(1);
const MAX = Number.MAX_VALUE;

/** Alarms about the daily refresh of the prices, without which outdated prices would look like current ones. */
export const PRICE_ROWS: readonly AlarmRow[] = [
  {
    ...ABOUT_PRICES,
    name: 'PricesStale',
    summary: () => 'the prices were not refreshed for two days: calls are priced as before',
    firstCheck: 'the last error in the log of the price refresh, and that its schedule is enabled',
    // A refresh that succeeds publishes 0, one that fails 1: the minimum of a day is 0 if any refresh of the day succeeded.
    metric: ({ prices }) =>
      prices &&
      filled(prices.metric(PriceMetrics.FAILED, { period: DAY, statistic: cloudwatch.Stats.MINIMUM }), 1, 'Days without a refresh', DAY),
    reason: 'the AWS Price List is read once a day; it waits two days after its creation',
    allowedRange: [0, 0],
    evaluationPeriods: 2,
    treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    warmUp: Duration.days(2),
  },
  {
    ...ABOUT_PRICES,
    name: 'PriceRefreshFailed',
    summary: () => 'the AWS Price List could not be read, or was refused: calls are priced as before',
    firstCheck: 'the error in the log of the price refresh',
    metric: ({ prices }) => prices?.metric(PriceMetrics.FAILED, { period: DAY, statistic: cloudwatch.Stats.MINIMUM }),
    reason: 'the prices in use may be out of date',
    allowedRange: [0, 0],
  },
  {
    ...ABOUT_PRICES,
    name: 'PriceRowsUnclassified',
    summary: (rows) => `the AWS Price List has ${moreThan(rows, 'new rows')} for tokens that are not understood: their prices are not used`,
    firstCheck: 'which rows they are, in the log of the price refresh: a new model, or a new word',
    metric: ({ prices }) => prices?.metric(PriceMetrics.ROWS_UNCLASSIFIED_NEW, { period: DAY }),
    reason: 'a model may be used whose price is not known',
    allowedRange: [0, MAX],
  },
  {
    ...ABOUT_PRICES,
    name: 'PricesChanged',
    category: AlarmCategory.COST,
    summary: () => 'AWS has changed a price, or the AWS Price List has one that is implausible and was not used',
    firstCheck: 'which price it is, in the log of the price refresh; then whether you use the model',
    metric: ({ prices }) =>
      prices &&
      new cloudwatch.MathExpression({
        expression: 'changed + quarantined',
        usingMetrics: {
          changed: prices.metric(PriceMetrics.CHANGED, { period: DAY }),
          quarantined: prices.metric(PriceMetrics.QUARANTINED_NEW, { period: DAY }),
        },
        label: 'Prices changed or quarantined',
        period: DAY,
      }),
    reason: 'FinOps should know before the bill comes',
    allowedRange: [0, MAX],
  },
];
