import Table from 'cli-table3';
import pc from 'picocolors';
import { formatUsd } from '../../engine/pricing/usd-text';
import { alarmsOf, costOfAll, type Outcome } from './figures';
import type { Group } from './ledger';

/** The ledger's token kinds, disjoint, and their headings. */
const KINDS: Readonly<Record<string, string>> = {
  input: 'Input',
  cacheRead: 'Cache read',
  cacheWrite5m: 'Write 5 min',
  cacheWrite1h: 'Write 1 h',
  cacheWrite: 'Write, either',
  output: 'Output',
};

/** As wide as a table may become, and lines of text. */
const COLUMNS = 110;

/** What fires is read first. */
const STATES = ['ALARM', 'OK', 'INSUFFICIENT_DATA', 'NOT_EVALUATED'];

const COLOURS: Readonly<Record<string, (text: string) => string>> = { ALARM: pc.red, OK: pc.green };

/** Everything the demo has to tell, as text for a terminal or a log. */
export function reportOf(outcome: Outcome): string {
  const { preview } = outcome;
  return [
    ...(preview ? [section('The dashboards of these calls, to open in a browser', pc.cyan(preview))] : []),
    section('Cost by model', groupTable('Model', outcome.byModel)),
    section('Cost by caller', groupTable('Caller', outcome.byCaller)),
    section('Tokens by kind', tokenTable(outcome.byModel)),
    section('Records', recordsText(outcome)),
    section('Alarms', alarmText(outcome)),
    section('Dashboards', dashboardText(outcome)),
    section('What the emulator could not show', notEmulatedText(outcome)),
    section('The same stack in your account', ACCOUNT_TEXT),
  ].join('\n\n');
}

const ACCOUNT_TEXT = [
  'With your own credentials and Region, and model access in Amazon Bedrock:',
  `  ${pc.cyan('npm run bundle && npx cdk bootstrap && npx cdk deploy')}`,
  'In an app of your own it is:',
  `  ${pc.cyan("new BedrockObservability(this, 'BedrockObservability');")}`,
  'A logging configuration that is already there is never overwritten: the deployment stops and shows it.',
].join('\n');

function section(title: string, text: string): string {
  return `${pc.bold(title)}\n${text}`;
}

function groupTable(heading: string, groups: readonly Group[]): string {
  const table = plainTable([heading, 'Calls', 'Failed', 'Cost (USD)', 'Per call'], 1);
  for (const { name, calls, failed, unpriced, cost } of groups) {
    const priced = calls - failed - unpriced;
    // A call without a price has no cost, which is not a cost of zero.
    const unknown = unpriced > 0 ? pc.yellow(`${unpriced} unpriced`) : '–';
    table.push([name, calls, failed || '', priced > 0 ? dollars(cost) : unknown, priced > 0 ? dollars(cost / BigInt(priced)) : '–']);
  }
  const total = groups.reduce((sum, { cost }) => sum + cost, 0n);
  table.push([pc.bold('Total'), sumOf(groups, 'calls'), sumOf(groups, 'failed'), pc.bold(dollars(total)), '']);
  return table.toString();
}

function tokenTable(groups: readonly Group[]): string {
  const kinds = Object.keys(KINDS).filter((kind) => groups.some(({ tokens }) => tokens[kind]));
  const table = plainTable(['Model', ...kinds.map((kind) => KINDS[kind] ?? kind)], 1);
  for (const { name, tokens } of groups.filter((group) => Object.keys(group.tokens).length > 0)) {
    table.push([name, ...kinds.map((kind) => (tokens[kind] ? number(tokens[kind]) : ''))]);
  }
  const totals = kinds.map((kind) => groups.reduce((sum, { tokens }) => sum + (tokens[kind] ?? 0), 0));
  table.push([pc.bold('Total'), ...totals.map((total) => pc.bold(number(total)))]);
  return table.toString();
}

function recordsText(outcome: Outcome): string {
  const { sent, states, byModel, expected } = outcome;
  const unpriced = byModel.filter((group) => group.unpriced > 0).map((group) => `${group.name} (${group.unpriced})`);
  const uncertain = byModel.reduce((sum, group) => sum + group.uncertain, 0n);
  return [
    `${sent} sent: ${states.priced} priced, ${states.unpriced} unpriced, ${states.ignored} ignored (failed calls, duplicates, zero records), ${states.malformed} unreadable`,
    ...(unpriced.length ? [`No price is known for ${pc.yellow(unpriced.join(', '))}: counted and named, never priced at 0`] : []),
    ...(uncertain > 0n
      ? [`Up to ${dollars(uncertain)} USD more if the cache writes of unknown lifetime were all for one hour (records without bodies)`]
      : []),
    ...(outcome.outsideMetrics > 0
      ? [`${outcome.outsideMetrics} calls are too old for CloudWatch metrics: their cost is in the ledger only`]
      : []),
    expected
      ? `Cost ${pc.bold(formatUsd(costOfAll(outcome)))} USD, expected ${pc.bold(formatUsd(expected.cost))} USD by the generator's own arithmetic`
      : `Cost ${pc.bold(formatUsd(costOfAll(outcome)))} USD`,
  ].join('\n');
}

function alarmText(outcome: Outcome): string {
  const { scenes } = outcome;
  const alarms = [...alarmsOf(outcome)].sort((left, right) => STATES.indexOf(left.state) - STATES.indexOf(right.state));
  const rows = alarms.map(({ name, state, description }) => ({ state, rule: ruleIn(name), what: description.split('. ')[0] ?? '' }));
  const widths = [longest(rows.map(({ state }) => state)), longest(rows.map(({ rule }) => rule))].map((width) => width + 2);
  const table = plainTable(['State', 'Alarm', 'What it says'], 3, [...widths, COLUMNS - widths.reduce((sum, width) => sum + width, 4)]);
  rows.forEach(({ state, rule, what }) => table.push([(COLOURS[state] ?? pc.yellow)(state), rule, what]));
  const told = scenes.map(({ at, what, pages }) => {
    const names = pages.map(({ name, state }) => `${ruleIn(name)} ${(COLOURS[state] ?? pc.yellow)(state)}`);
    return `- ${timeOf(at)} ${what}: ${names.join(', ') || 'nobody is told'}`;
  });
  return [`At ${timeOf(scenes[0]?.at)}:`, table.toString(), 'Through the topic into a queue, for whoever is on duty:', ...told].join('\n');
}

function dashboardText({ dashboards }: Outcome): string {
  const table = plainTable(['Dashboard', 'Widgets', 'With data', 'Without yet', 'Not emulated'], 1);
  dashboards.forEach(({ name, widgets, withData, withoutData, notEmulated }) =>
    table.push([name, widgets, withData, withoutData, notEmulated.length]),
  );
  return table.toString();
}

/** One line for each kind of thing; the resources themselves are among the figures of `--json`. */
function notEmulatedText({ notEmulated, dashboards }: Outcome): string {
  const counts = new Map<string, number>();
  for (const { type, what } of notEmulated) {
    const line = `${type}: ${what}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const titles = new Set(dashboards.flatMap((dashboard) => dashboard.notEmulated));
  const widgets = [...titles].map((title) => `'${title}'`).join(', ');
  const searches = titles.size ? [`${titles.size} dashboard widgets that search metrics or query logs: ${widgets}`] : [];
  return [...[...counts].map(([line, count]) => `${count} ${line}`), ...searches].map((line) => wrapped(`- ${line}`)).join('\n');
}

/** The name of a rule within the name that CloudFormation gave to its alarm. */
function ruleIn(name: string): string {
  return /Alarms(\w+?)[0-9A-F]{8}/.exec(name)?.[1] ?? name;
}

function timeOf(at: Date | undefined): string {
  return `${at?.toISOString().slice(11, 16)} UTC`;
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}

/** Lines of text, broken between words. */
function wrapped(text: string): string {
  const chars = Object.fromEntries(Object.keys(new Table().options.chars).map((name) => [name, '']));
  const table = new Table({ chars, colWidths: [COLUMNS], wordWrap: true, style: { 'padding-left': 0, 'padding-right': 0 } });
  table.push([text]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n  ');
}

/** A table without inner lines; columns from `numbersFrom` on are aligned to the right. */
function plainTable(head: readonly string[], numbersFrom: number, colWidths: number[] = []): Table.Table {
  return new Table({
    colWidths,
    wordWrap: true,
    head: head.map((name) => pc.bold(name)),
    colAligns: head.map((_, index) => (index < numbersFrom ? 'left' : 'right')),
    style: { head: [], border: pc.isColorSupported ? ['gray'] : [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
}

function sumOf(groups: readonly Group[], member: 'calls' | 'failed'): number {
  return groups.reduce((sum, group) => sum + group[member], 0);
}

/** Six decimals, for reading; the exact number is given once, below the tables. */
function dollars(pico: bigint): string {
  const micro = (pico + 500_000n) / 1_000_000n;
  return `${micro / 1_000_000n}.${String(micro % 1_000_000n).padStart(6, '0')}`;
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
