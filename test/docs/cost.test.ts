import { readFileSync, writeFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { ObservabilityLevel } from '../../lib';
import { Catalogue } from '../../engine/pricing/catalogue';
import { alarmSet } from '../lib/alarm-set';
import { METER_SERIES } from '../meter-series';
import { METRICS, runningCost, templateOf, USD } from '../running-cost';
import { tableBelow } from './generated';
import { publishedSignals, timesRead } from './scans';

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
  ].join('\n');
}

test('the table of docs/cost.md is made of the templates; UPDATE_DOCS=1 writes it', () => {
  expect(tableBelow(PAGE, 'levels', table())).toBe(table());
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

const full = Template.fromJSON(templateOf({ level: ObservabilityLevel.ADVANCED }) as Record<string, unknown>);

test('the signals publish as many metrics as the page counts', async () => {
  expect(await publishedSignals(full)).toBe(METRICS.signals);
});

test('the signals read the log group of the ledger at most 20 times over in a month', async () => {
  expect(await timesRead(full, 'ledger')).toBeLessThanOrEqual(20);
});

/** Texts that follow from the code, with a pattern that finds the last ones. */
async function sentences(): Promise<ReadonlyArray<[file: string, pattern: RegExp, text: string]>> {
  const [small, comprehensive] = costs.map(({ counts, usd: { alarms, composites } }) => ({
    alarms: counts.alarms + counts.composites,
    usd: usd(alarms + composites),
  }));
  const spans = runningCost(Template.fromStack(alarmSet(true).stack).toJSON(), MODELS);
  const [ledgerTimes, spanTimes] = [await timesRead(full, 'ledger'), await timesRead(full, 'spans')];
  // GB of a month: ledger lines and metric lines, as the rows above it have them.
  const scanned = [0.006 + 0.04, 0.6 + 0.4, 60 + 8].map((gb) => (gb * ledgerTimes * 0.005).toFixed(2));
  const [signals, withSpans] = [await publishedSignals(full), await publishedSignals(full, ['spans'])];
  const catalogue = Catalogue.builtIn();
  const [models, rows] = (['model', 'price'] as const).map((kind) => catalogue.lines(kind).length.toLocaleString('en-US'));
  return [
    [
      'README.md',
      /dashboards for FinOps and DevOps, \d+ alarms that need/,
      `dashboards for FinOps and DevOps, ${small!.alarms} alarms that need`,
    ],
    ['README.md', /tokens by type, \d+ alarms, also/, `tokens by type, ${comprehensive!.alarms} alarms, also`],
    ['README.md', /a month for \d+ alarms, two dashboards/, `a month for ${small!.alarms} alarms, two dashboards`],
    ['README.md', /basic: \d+ alarms/, `basic: ${small!.alarms} alarms`],
    [
      'README.md',
      /Published prices \([\d,]+ models and features, [\d,]+ rows\)/,
      `Published prices (${models} models and features, ${rows} rows)`,
    ],
    [
      PAGE,
      /\| the signals' queries of the ledger \|.*/,
      `| the signals' queries of the ledger | the log group, metric lines included, ${ledgerTimes} times over × 0.005 a GB | ${scanned.join(' | ')} |`,
    ],
    [
      'docs/alarms.md',
      /`BedrockObservability` makes \d+ alarms for about USD [\d.]+ a month from/,
      `\`BedrockObservability\` makes ${comprehensive!.alarms} alarms for about USD ${comprehensive!.usd} a month from`,
    ],
    [
      'docs/alarms.md',
      /with spans, agents, a trail and three topics it makes \d+ for [\d.]+\. By default it makes \d+ for [\d.]+:/,
      `with spans, agents, a trail and three topics it makes ${spans.counts.alarms + spans.counts.composites} for ${usd(spans.usd.alarms + spans.usd.composites)}. By default it makes ${small!.alarms} for ${small!.usd}:`,
    ],
    [
      'docs/alarms.md',
      /The signals are \d+ custom metrics \([\d.]+; \d+ with spans\)/,
      `The signals are ${signals} custom metrics (${usd(signals * USD.metric)}; ${withSpans} with spans)`,
    ],
    [
      'docs/alarms.md',
      /read the log group of the ledger \d+ times over in a month, and each log group of spans \d+ times/,
      `read the log group of the ledger ${ledgerTimes} times over in a month, and each log group of spans ${spanTimes} times`,
    ],
  ];
}

test('what the pages say of alarms, signals and scans follows from the code; UPDATE_DOCS=1 writes it', async () => {
  for (const [file, pattern, text] of await sentences()) {
    if (process.env.UPDATE_DOCS) {
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace(pattern, () => text),
      );
    }
    expect(readFileSync(file, 'utf8')).toContain(text);
  }
});
