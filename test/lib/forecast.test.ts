import * as fc from 'fast-check';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { CostMetrics } from '../../lib/cost-metrics';
import { budgetUse, forecastBasis, monthForecast, monthToDate } from '../../lib/private/dashboards/month-math';
import { evaluateMath, type Series } from '../../local-cloudwatch/metric-math';
import { cases } from '../cases';

// The expressions of the forecast, evaluated over days of cost.

const DAY = 86_400;
const cost = CostMetrics.inNamespace();

/** A day without cost has no datapoint, or one of 0: the meter publishes what it sees. */
type Days = ReadonlyArray<number | undefined>;

function evaluate(metric: cloudwatch.IMetric, end: number, days: Days): Map<number, number> {
  const starts = days.map((_, index) => end - (days.length - 1 - index) * DAY);
  const valuesOf = (one: cloudwatch.IMetric): Series => {
    const { expression, usingMetrics } = one as cloudwatch.MathExpression;
    if (expression === undefined) {
      return {
        label: '',
        values: new Map(starts.flatMap((start, index) => (days[index] === undefined ? [] : [[start, days[index]!] as const]))),
      };
    }
    return evaluateMath(expression, { starts, periodSeconds: DAY, lookup: (id) => valuesOf(usingMetrics[id]!) })[0]!;
  };
  return new Map(valuesOf(metric).values);
}

const last = (metric: cloudwatch.IMetric, end: number, days: Days) => evaluate(metric, end, days).get(end);
const LABEL = { label: '' };
const forecast = monthForecast(cost, LABEL);
const toDate = monthToDate(cost, LABEL);
const basis = forecastBasis(cost, LABEL);

const at = (text: string) => Date.parse(text) / 1000;
/** 32 days that end with these. */
const ending = (...days: Days): Days => [...Array.from({ length: 32 - days.length }, () => undefined), ...days];

test('a month that is complete up to today goes on at its pace', () => {
  const days = Array.from({ length: 32 }, () => 10);
  expect(last(forecast, at('2026-11-20'), days)).toBeCloseTo(300, 9);
  expect(last(forecast, at('2028-02-10'), days)).toBeCloseTo(290, 9);
  expect(last(basis, at('2026-11-20'), days)).toBe(19);
  expect(last(budgetUse(cost, 600, LABEL), at('2026-11-20'), days)).toBe(50);
});

test('in the month of installation only the days that have data count', () => {
  // Four whole days of 7.50 and as much of today: not the 40 that 26 empty days would make of it.
  const days = ending(7.5, 7.5, 7.5, 7.5, 7.5);
  const end = at('2026-11-24');
  expect(last(toDate, end, days)).toBeCloseTo(37.5, 9);
  expect(last(forecast, end, days)).toBeCloseTo(30 + 7 * 7.5, 9);
  expect(last(basis, end, days)).toBe(4);
});

test('a weekend without calls is no day without data', () => {
  expect(last(forecast, at('2026-11-09'), ending(10, 10, 10, 10, 10, undefined, undefined, 10))).toBeCloseTo(50 + (50 / 7) * 22, 9);
});

test('on the first of a month the days of the month before give the pace', () => {
  const days = [...Array.from({ length: 31 }, () => 10), 2];
  expect(last(forecast, at('2026-12-01'), days)).toBeCloseTo(310, 9);
  expect(last(basis, at('2026-12-01'), days)).toBe(31);
});

test('on the first day with data there is no forecast, and no number of days', () => {
  const end = at('2026-11-24');
  expect([last(forecast, end, ending(5)), last(basis, end, ending(5)), last(toDate, end, ending(5))]).toEqual([undefined, undefined, 5]);
});

const anyDays = fc.array(fc.option(fc.double({ min: 0, max: 10_000, noNaN: true }), { nil: undefined }), { minLength: 32, maxLength: 32 });
const anyDay = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2032-12-31'), noInvalidDate: true })
  .map((date) => Math.floor(date.getTime() / DAY / 1000) * DAY);

test('is never below what is spent, on any day of any month, and says from how many days it is', () => {
  fc.assert(
    fc.property(anyDay, anyDays, (end, days) => {
      const [forecasts, spent, counts] = [forecast, toDate, basis].map((metric) => evaluate(metric, end, days));
      for (const [start, value] of forecasts!) {
        expect(value).toBeGreaterThanOrEqual(spent!.get(start)! * (1 - 1e-12));
        expect(counts!.get(start)).toBeGreaterThan(0);
      }
      expect([...counts!.values()].every((count) => Number.isInteger(count) && count <= 31)).toBe(true);
    }),
    { numRuns: cases(100, 3000) },
  );
});

test('is what a person would work out by hand', () => {
  fc.assert(
    fc.property(anyDay, anyDays, (end, days) => {
      expect(last(forecast, end, days) ?? 0).toBeCloseTo(byHand(end, days) ?? 0, 4);
    }),
    { numRuns: cases(100, 3000) },
  );
});

function byHand(end: number, days: Days): number | undefined {
  const today = new Date(end * 1000);
  const date = today.getUTCDate();
  const length = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 0)).getUTCDate();
  const first = days.findIndex((day) => (day ?? 0) > 0);
  const whole = days.slice(0, -1);
  const seen = first < 0 ? [] : whole.slice(first);
  const ofMonth = seen.slice(Math.max(0, seen.length - (date - 1)));
  const basisDays = date > 1 && ofMonth.length > 0 ? ofMonth : seen;
  if (basisDays.length === 0) return undefined;
  const sum = (values: Days) => values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const month = date > 1 ? sum(ofMonth) : 0;
  return Math.max(month + (sum(basisDays) / basisDays.length) * (length - date + 1), month + (days.at(-1) ?? 0));
}
