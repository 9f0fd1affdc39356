import { readFileSync, writeFileSync } from 'node:fs';
import { ObservabilityLevel } from '../../lib';
import { METER_SERIES } from '../meter-series';
import { METRICS, runningCost, templateOf, USD } from '../running-cost';

const PAGE = 'docs/cost.md';
const MODELS = 12;

const levels = Object.values(ObservabilityLevel);
const costs = levels.map((level) => runningCost(templateOf({ level }), MODELS));
const [basic] = costs;
const usd = (value: number) => value.toFixed(2);

test('the default makes at most 60 resources, in 110 kB, for at most USD 16 a month at list price', () => {
  const { counts, total } = runningCost(templateOf(), MODELS);
  expect(counts.resources).toBeLessThanOrEqual(60);
  expect(counts.bytes).toBeLessThanOrEqual(110_000);
  expect(total).toBeLessThanOrEqual(16);
  expect(total).toBe(basic!.total);
});

type Cost = ReturnType<typeof runningCost>;

function row(what: string, arithmetic: string, value: (cost: Cost) => number): string {
  return `| ${what} | ${arithmetic} | ${costs.map((cost) => usd(value(cost))).join(' | ')} |`;
}

const across = (value: (cost: Cost) => number) => costs.map(value).join(', ');
const { always, withBodies, perTokenType, perModel } = METER_SERIES;

/** The table of what there is whatever the traffic, from the templates of the levels. */
function table(): string {
  return [
    `| what | arithmetic | ${levels.join(' | ')} |`,
    `| --- | --- |${' ---: |'.repeat(levels.length)}`,
    row(
      'alarms',
      `${across(({ counts }) => counts.alarms)} alarms over ${across(({ counts }) => counts.alarmMetrics)} metrics × ${usd(USD.alarmMetric)}`,
      (cost) => cost.usd.alarms,
    ),
    row('composite alarms', `${across(({ counts }) => counts.composites)} × ${usd(USD.composite)}`, (cost) => cost.usd.composites),
    row('dashboards', `${across(({ counts }) => counts.dashboards)} × ${usd(USD.dashboard)}`, (cost) => cost.usd.dashboards),
    row(
      'metrics of the cost meter',
      `${always} always, ${withBodies} with bodies, ${across(({ counts }) => counts.tokenTypes)} token types × ${perTokenType}, ${MODELS} models × ${perModel} = ${across(({ meterMetrics }) => meterMetrics)} × ${usd(USD.metric)}`,
      (cost) => cost.usd.meter,
    ),
    row('metrics of the price refresh', `${METRICS.prices} × ${usd(USD.metric)}, in one hour of 24`, (cost) => cost.usd.prices),
    row('metrics of the alarm signals', `${across(({ counts }) => counts.signals)} × ${usd(USD.metric)}`, (cost) => cost.usd.signals),
    row('functions of the signals', 'about 12,400 short runs, and the metrics they read (estimated)', (cost) => cost.usd.functions),
    `| **together** | | ${costs.map(({ total }) => `**${usd(total)}**`).join(' | ')} |`,
    `| resources of the template | | ${costs.map(({ counts }) => counts.resources).join(' | ')} |`,
    `| its size | kB | ${costs.map(({ counts }) => Math.ceil(counts.bytes / 1000)).join(' | ')} |`,
    '',
  ].join('\n');
}

test('the table of docs/cost.md is made of the templates; UPDATE_DOCS=1 writes it', () => {
  const MARK = '<!-- levels -->\n\n';
  const page = readFileSync(PAGE, 'utf8');
  const [before = '', rest = ''] = page.split(MARK);
  if (process.env.UPDATE_DOCS) {
    writeFileSync(PAGE, `${before}${MARK}${table()}${rest.slice(rest.indexOf('\n\n') + 1)}`);
  }
  const written = readFileSync(PAGE, 'utf8').split(MARK)[1] ?? '';
  expect(written.slice(0, table().length)).toBe(table());
});

test.each(['README.md', PAGE, 'docs/faq.md'])('%s names the price of no other default', (file) => {
  const named = [...readFileSync(file, 'utf8').matchAll(/about USD (\d+) a month/gi)].map(([, value]) => Number(value));
  expect(named.filter((value) => !costs.some(({ total }) => Math.round(total) === value))).toEqual([]);
});

test('the sums of what grows with the calls are the sums of their rows', () => {
  const rows = readFileSync(PAGE, 'utf8')
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.replaceAll('*', '').replaceAll(',', '').trim()),
    );
  const begin = rows.findIndex(([, , calls]) => calls === '10K calls');
  const growing = rows.slice(begin).filter((cells) => cells.length === 5 && !Number.isNaN(Number(cells[2])) && cells[0] !== '');
  const sum = (column: number, without: RegExp) =>
    growing
      .filter(([what]) => !/^(with text logged|metadata only)$/.test(what!) && !without.test(what!))
      .reduce((all, cells) => all + Number(cells[column]), 0);
  for (const column of [2, 3, 4]) {
    const shown = (what: string) => Number(growing.find((cells) => cells[0] === what)![column]);
    expect(sum(column, /^the same metadata only$/)).toBeCloseTo(shown('with text logged'), 2);
    expect(sum(column, /text/)).toBeCloseTo(shown('metadata only'), 2);
  }
});
