import pc from 'picocolors';
import { formatRoundedUsd, formatUsd } from '../../engine/pricing/usd-text';
import { SHARES } from '../agents/agent-run';
import { rangeText } from '../agents/runtime-use';
import type { Group } from './ledger';
import { alarmsDuringOutage, type RunResult, totalCost } from './run-result';
import { type Row, tableOf, wrapped } from './text-layout';

/** The headings of the ledger's token kinds, which do not overlap. */
const KINDS: Readonly<Record<string, string>> = {
  input: 'Input',
  cacheRead: 'Cache read',
  cacheWrite5m: 'Write 5 min',
  cacheWrite1h: 'Write 1 h',
  cacheWrite: 'Write, either',
  output: 'Output',
};

/** The order of alarms in the table. */
const STATES = ['ALARM', 'OK', 'INSUFFICIENT_DATA', 'NOT_EVALUATED'];

const COLOURS: Readonly<Record<string, (text: string) => string>> = { ALARM: pc.red, OK: pc.green };

/** The result of a run as text for a terminal or a log. */
export function reportOf(result: RunResult): string {
  const { preview } = result;
  return [
    ...(preview ? [section('The dashboards of these calls, to open in a browser', pc.cyan(preview))] : []),
    section('Cost by model', groupTable('Model', result.byModel)),
    section('Cost by caller', groupTable('Caller', result.byCaller)),
    ...(result.byMember.length > 1 ? [section('Cost by account and Region', membersText(result))] : []),
    ...(result.agent ? [section('A run of an agent', agentText(result.agent))] : []),
    section('Tokens by kind', tokenTable(result.byModel)),
    section('Records', recordsText(result)),
    section('Alarms', alarmText(result)),
    section('Dashboards', dashboardText(result)),
    section('What the emulator could not show', notEmulatedText(result)),
    section('The same stack in your account', ACCOUNT_TEXT),
  ].join('\n\n');
}

const ACCOUNT_TEXT = [
  'With your own credentials and Region, and model access in Amazon Bedrock:',
  `  ${pc.cyan('npm run bundle && npx cdk bootstrap && npx cdk deploy')}`,
  'In an app of your own it is:',
  `  ${pc.cyan("new BedrockObservability(this, 'BedrockObservability');")}`,
  wrapped('A logging configuration that is already there is never overwritten: the deployment stops and shows it.'),
].join('\n');

function section(title: string, text: string): string {
  return `${pc.bold(title)}\n${text}`;
}

function groupTable(heading: string, groups: readonly Group[]): string {
  const rows = groups.map(({ name, calls, failed, unpriced, cost }): Row => {
    const priced = calls - failed - unpriced;
    // A call without a price has no cost, which is not a cost of zero.
    const unknown = unpriced > 0 ? pc.yellow(`${unpriced} unpriced`) : '–';
    return [name, calls, failed || '', priced > 0 ? dollars(cost) : unknown, priced > 0 ? dollars(cost / BigInt(priced)) : '–'];
  });
  const total = groups.reduce((sum, { cost }) => sum + cost, 0n);
  rows.push([pc.bold('Total'), sumOf(groups, 'calls'), sumOf(groups, 'failed'), pc.bold(dollars(total)), '']);
  return tableOf([heading, 'Calls', 'Failed', 'Cost (USD)', 'Per call'], rows);
}

/** What the deployed meter made of the records of each member, beside what these cost by the generator's table. */
function membersText({ byMember, expected }: RunResult): string {
  const names = byMember.map(({ name }): Row => {
    const known = expected?.byMember.get(name);
    return [name, known === undefined ? 'not known' : formatUsd(known)];
  });
  return [groupTable('Account and Region', byMember), ...(expected ? [tableOf(['Expected of', 'USD, exact'], names)] : [])].join('\n');
}

function tokenTable(groups: readonly Group[]): string {
  const kinds = Object.keys(KINDS).filter((kind) => groups.some(({ tokens }) => tokens[kind]));
  const rows = groups
    .filter(({ tokens }) => Object.keys(tokens).length > 0)
    .map(({ name, tokens }): Row => [name, ...kinds.map((kind) => (tokens[kind] ? number(tokens[kind]) : ''))]);
  const totals = kinds.map((kind) => groups.reduce((sum, { tokens }) => sum + (tokens[kind] ?? 0), 0));
  rows.push([pc.bold('Total'), ...totals.map((total) => pc.bold(number(total)))]);
  return tableOf(['Model', ...kinds.map((kind) => KINDS[kind] ?? kind)], rows);
}

/** The exact figures beside what adding up all spans gives. */
function agentText({ tree, tokens, naiveTokens, cost, naiveCost, modelCalls, metering }: NonNullable<RunResult['agent']>): string {
  const shares = SHARES.flatMap((share) => metering.shares[share].map(([name, usd]): Row => [share, name, formatUsd(usd)]));
  const metered = `The deployed agent meter counted ${metering.calls} calls and ${metering.toolCalls} tool calls, ${metering.estimateUsd} USD by the spans alone, and ${metering.exactUsd} USD after its join with the ledger`;
  return [
    ...tree,
    '',
    wrapped(
      'For whom the dollars were, by the saved queries over the lines of the deployed join. A tool has the calls that were made for it:',
    ),
    tableOf(['By', 'Name', 'USD, exact'], shares, { flexible: 1, numbersFrom: 2 }),
    tableOf(
      ['The run', 'Tokens', 'Cost (USD)'],
      [
        [`each of its ${modelCalls} model calls once, by its record`, number(tokens), formatUsd(cost)],
        ['all spans added up', number(naiveTokens), formatUsd(naiveCost)],
      ],
    ),
    wrapped(`Adding up the spans gives ${(Number(naiveCost) / Number(cost)).toFixed(1)} times the cost. ${metered}`),
    wrapped(
      `Its AgentCore runtime cost ${rangeText(metering.runtime)} beside that, by its usage logs, which do not say its platform version: V1 is the least, V2 the most`,
    ),
  ].join('\n');
}

function recordsText(result: RunResult): string {
  const { sent, byStatus, byModel, expected } = result;
  const unpriced = byModel.filter((group) => group.unpriced > 0).map((group) => `${group.name} (${group.unpriced})`);
  const uncertain = byModel.reduce((sum, group) => sum + group.uncertain, 0n);
  return [
    `${sent} sent: ${byStatus.priced} priced, ${byStatus.unpriced} unpriced, ${byStatus.ignored} ignored (failed calls, duplicates, zero records), ${byStatus.malformed} malformed`,
    ...(unpriced.length ? [`No price is known for ${pc.yellow(unpriced.join(', '))}: these calls are counted without a cost`] : []),
    ...(uncertain > 0n
      ? [`Up to ${dollars(uncertain)} USD more if all cache writes without a logged lifetime were for one hour (records without bodies)`]
      : []),
    ...(result.outsideMetrics > 0
      ? [`${result.outsideMetrics} calls are too old for CloudWatch metrics: their cost is in the ledger only`]
      : []),
    expected
      ? `Cost ${pc.bold(formatUsd(totalCost(result)))} USD, expected ${pc.bold(formatUsd(expected.cost))} USD from the generator's own table of rates`
      : `Cost ${pc.bold(formatUsd(totalCost(result)))} USD`,
  ]
    .map(wrapped)
    .join('\n');
}

function alarmText(result: RunResult): string {
  const { scenes } = result;
  const alarms = [...alarmsDuringOutage(result)].sort((left, right) => STATES.indexOf(left.state) - STATES.indexOf(right.state));
  const rows = alarms.map(({ name, state, description }): Row => {
    return [(COLOURS[state] ?? pc.yellow)(state), ruleIn(name), description.split('. ')[0] ?? ''];
  });
  const messages = scenes.map(({ at, what, pages }) => {
    const names = pages.map(({ name, state }) => `${ruleIn(name)} ${(COLOURS[state] ?? pc.yellow)(state)}`);
    return wrapped(`- ${timeOf(at)} ${what}: ${names.join(', ') || 'no message'}`);
  });
  return [
    `At ${timeOf(scenes[0]?.at)}:`,
    tableOf(['State', 'Alarm', 'Description'], rows, { flexible: 2, numbersFrom: 3 }),
    'Messages to the person on call, by a queue that subscribes to the topics:',
    ...messages,
  ].join('\n');
}

function dashboardText({ dashboards }: RunResult): string {
  const rows = dashboards.map(({ name, widgets, withData, withoutData, notEmulated }): Row => {
    return [name, widgets, withData, withoutData, notEmulated.length];
  });
  return tableOf(['Dashboard', 'Widgets', 'With data', 'Without data', 'Not emulated'], rows);
}

/** One line for each type and reason; `--json` has each resource. */
function notEmulatedText({ notEmulated, dashboards }: RunResult): string {
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

/** The name of the alarm rule in the name that CloudFormation gave to the alarm. */
function ruleIn(name: string): string {
  return /Alarms(\w+?)[0-9A-F]{8}/.exec(name)?.[1] ?? name;
}

function timeOf(at: Date | undefined): string {
  return `${at?.toISOString().slice(11, 16)} UTC`;
}

function sumOf(groups: readonly Group[], member: 'calls' | 'failed'): number {
  return groups.reduce((sum, group) => sum + group[member], 0);
}

/** Rounded for reading; the section "Records" has the exact sum. */
function dollars(pico: bigint): string {
  return formatRoundedUsd(pico, 6, 6);
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
