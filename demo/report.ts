import Table from 'cli-table3';
import pc from 'picocolors';
import { costOfAll, type Outcome } from './figures';
import type { Group } from './ledger';
import type { NotEmulated } from './rewrite';
import { usdOf } from './usd';

/** The ledger's token kinds, disjoint, and their headings. */
const KINDS: Readonly<Record<string, string>> = {
  input: 'Input',
  cacheRead: 'Cache read',
  cacheWrite5m: 'Write 5 min',
  cacheWrite1h: 'Write 1 h',
  cacheWrite: 'Write, lifetime unknown',
  output: 'Output',
};

const COLOURS: Readonly<Record<string, (text: string) => string>> = { ALARM: pc.red, OK: pc.green };

/** Everything the demo has to tell, as text for a terminal or a log. */
export function reportOf(outcome: Outcome): string {
  return [
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
    `${sent} sent: ${states.priced} priced, ${states.unpriced} unpriced, ${states.ignored} ignored (failed calls, duplicates, zero records), ${states.poison} unreadable`,
    ...(unpriced.length ? [`No price is known for ${pc.yellow(unpriced.join(', '))}: counted and named, never priced at 0`] : []),
    ...(uncertain > 0n
      ? [`Up to ${dollars(uncertain)} USD more if the cache writes of unknown lifetime were all for one hour (records without bodies)`]
      : []),
    ...(outcome.outsideMetrics > 0
      ? [`${outcome.outsideMetrics} calls are too old for CloudWatch metrics: their cost is in the ledger only`]
      : []),
    expected
      ? `Cost ${pc.bold(usdOf(costOfAll(outcome)))} USD, expected ${pc.bold(usdOf(expected.cost))} USD by the generator's own arithmetic`
      : `Cost ${pc.bold(usdOf(costOfAll(outcome)))} USD`,
  ].join('\n');
}

function alarmText({ alarms, messages }: Outcome): string {
  const table = plainTable(['State', 'Alarm'], 2);
  for (const { name, state, description } of alarms) {
    table.push([(COLOURS[state] ?? pc.yellow)(state), description.split('. ')[0] || name]);
  }
  const told = messages.length
    ? `Went through its topic into a queue: ${messages.join(', ')}`
    : 'Nobody was told: no alarm with a topic fired';
  return `${table.toString()}\n${told}`;
}

function dashboardText({ dashboards }: Outcome): string {
  const table = plainTable(['Dashboard', 'Widgets', 'With data', 'Without yet', 'Not emulated'], 1);
  dashboards.forEach(({ name, widgets, withData, withoutData, notEmulated }) =>
    table.push([name, widgets, withData, withoutData, notEmulated.join(', ')]),
  );
  return table.toString();
}

function notEmulatedText({ notEmulated, dashboards }: Outcome): string {
  const widgets = dashboards.flatMap((dashboard) => dashboard.notEmulated);
  const lines = notEmulated.map(({ logicalId, type, what }: NotEmulated) => `${type} ${pc.dim(logicalId)}: ${what}`);
  const searches = widgets.length ? [`Dashboard widgets that search metrics or query logs: ${widgets.join(', ')}`] : [];
  return [...lines, ...searches].map((line) => `- ${line}`).join('\n');
}

/** A table without inner lines; columns from `numbersFrom` on are aligned to the right. */
function plainTable(head: readonly string[], numbersFrom: number): Table.Table {
  return new Table({
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
