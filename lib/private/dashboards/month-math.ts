import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { CostMetrics } from '../../cost-metrics';
import { math, rounded } from './dashboard-math';

const DAY = Duration.days(1);

/** A condition: the period is in the month, in UTC, of the last period of the time range. */
const THIS_MONTH = 'EPOCH(spend) >= MAX(EPOCH(spend) - (DATE(spend) - 1) * 86400 - HOUR(spend) * 3600)';

/** Metric math has no function for it. Years that are divisible by 4 are leap years until 2099. */
const DAYS_OF_MONTH =
  'IF(MONTH(spend) == 2, IF(YEAR(spend) == 4 * FLOOR(YEAR(spend) / 4), 29, 28), IF(MONTH(spend) == 4 OR MONTH(spend) == 6 OR MONTH(spend) == 9 OR MONTH(spend) == 11, 30, 31))';

interface Style {
  readonly label: string;
  readonly color?: string;
}

/** The expressions of a month, by the ids under which they use each other. All of them are by day, and running. */
class Month {
  private readonly spend: cloudwatch.IMetric;

  constructor(cost: CostMetrics) {
    this.spend = math('FILL(cost, 0)', { cost: cost.metricCost({ period: DAY }) }, { label: '', period: DAY });
  }

  /** The running total since the first of the month. */
  public toDate(style: Style): cloudwatch.MathExpression {
    return this.math(`RUNNING_SUM(IF(${THIS_MONTH}, spend))`, {}, style);
  }

  /** 1 from the first day on that has cost in the time range: the days before it say nothing. */
  private get seen() {
    return this.math('IF(RUNNING_SUM(spend) > 0, 1, 0)');
  }

  /** Whole days before a day since the first one with cost: those of its month, and all of the time range. */
  private get days() {
    return this.math(`RUNNING_SUM(IF(${THIS_MONTH}, seen)) - seen`, { seen: this.seen });
  }

  private get allDays() {
    return this.math('RUNNING_SUM(seen) - seen', { seen: this.seen });
  }

  /**
   * What the whole days of the month cost, and the mean of them for each day that is not over. On the first day of a month, and
   * where the meter began with this day, there is no whole day yet: then the days of the month before give the mean, if there
   * are any. Never below what is spent.
   */
  public forecast(style: Style): cloudwatch.MathExpression {
    const using = { days: this.days, allDays: this.allDays, toDate: this.toDate({ label: '' }) };
    const mean = 'IF(days > 0, (toDate - spend) / days, (RUNNING_SUM(spend) - spend) / allDays)';
    const month = this.math(`toDate - spend + ${mean} * (${DAYS_OF_MONTH} - DATE(spend) + 1)`, using);
    const forecast = `IF(month > toDate, month, toDate)`;
    return this.math(forecast, { month, toDate: using.toDate }, style);
  }

  /** The number of whole days that the forecast is from. */
  public basis(style: Style): cloudwatch.MathExpression {
    return this.math(`IF(days > 0, days, IF(allDays > 0, allDays))`, { days: this.days, allDays: this.allDays }, style);
  }

  private math(expression: string, using: Record<string, cloudwatch.IMetric> = {}, style: Style = { label: '' }) {
    return math(expression, { ...(/\bspend\b/.test(expression) && { spend: this.spend }), ...using }, { ...style, period: DAY });
  }
}

/** What was spent this month until now. */
export function monthToDate(cost: CostMetrics, style: Style): cloudwatch.MathExpression {
  return new Month(cost).toDate(style);
}

/** What the month will come to. */
export function monthForecast(cost: CostMetrics, style: Style): cloudwatch.MathExpression {
  return new Month(cost).forecast(style);
}

/** The number of whole days that the forecast is from. */
export function forecastBasis(cost: CostMetrics, style: Style): cloudwatch.MathExpression {
  return new Month(cost).basis(style);
}

/** The forecast in percent of a budget. */
export function budgetUse(cost: CostMetrics, monthlyBudgetUsd: number, style: Style): cloudwatch.MathExpression {
  const forecast = monthForecast(cost, { label: '' });
  return math(rounded(`100 * forecast / ${monthlyBudgetUsd}`, 0), { forecast }, { ...style, period: DAY });
}

/** A sum of money to the cent. */
export function cents(id: string, metric: cloudwatch.IMetric, style: Style): cloudwatch.MathExpression {
  return math(rounded(id, 2), { [id]: metric }, { ...style, period: DAY });
}
