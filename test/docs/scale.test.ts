import { readFileSync, writeFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CentralStack } from '../../examples/organization/central-stack';
import { rowOf } from '../../engine/ledger/row';
import { meterOf, messages, NOW } from '../engine/metering/harness';
import { metadataOnly, numbered } from '../fixtures/invocation-records';
import { runningCost, templateOf } from '../running-cost';
import { ACCOUNTS, CALLS, growingCost, valuesCost } from '../scale-cost';

const PAGE = 'docs/scale.md';
const MODELS = 12;
const usd = (value: number): string => value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const head = (calls: number): string => ({ 10_000: '10 K', 1_000_000: '1 M', 100_000_000: '100 M', 1_000_000_000: '1 B' })[calls]!;
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The bytes of a row of a call without bodies, as Firehose is paid for it. */
async function rowBytes(): Promise<number> {
  const { meter, written } = meterOf({ LEDGER: 'table', LEDGER_STREAM: 'rows' });
  await meter.meter(messages([numbered(metadataOnly, 1)]));
  return Buffer.byteLength(rowOf(written.join('').split('\n')[0]!, NOW));
}

const env = { account: '999999999999', region: 'eu-central-1' };
const central = Template.fromStack(
  new CentralStack(new App(), 'Central', { env, streamName: 'r', members: [{ account: '111111111111', region: 'eu-central-1' }] }),
).toJSON();
const fixedCost = (accounts: number): number =>
  accounts === 1 ? runningCost(templateOf(), MODELS).total : runningCost(central, MODELS).total + valuesCost(accounts);

async function tables(): Promise<Readonly<Record<string, string[]>>> {
  const bytes = await rowBytes();
  const growing = CALLS.map((calls) => growingCost(calls, bytes));
  const sums = growing.map((parts) => Object.values(parts).reduce((sum, value) => sum + value, 0));
  const parts = Object.keys(growing[0]!).map((part) => row([part, ...growing.map((each) => usd(each[part]!))]));
  const matrix = ACCOUNTS.map((accounts) =>
    row([String(accounts), usd(fixedCost(accounts)), ...sums.map((sum) => `**${usd(fixedCost(accounts) + sum)}**`)]),
  );
  return {
    totals: [
      row(['accounts', 'with no call', ...CALLS.map((calls) => `${head(calls)} calls`)]),
      '| ---: |' + ' ---: |'.repeat(5),
      ...matrix,
    ],
    parts: [
      row(['part', ...CALLS.map((calls) => `${head(calls)} calls`)]),
      '| --- |' + ' ---: |'.repeat(4),
      ...parts,
      row(['**together**', ...sums.map((sum) => `**${usd(sum)}**`)]),
    ],
    row: [`A row has ${Math.round(bytes / 50) * 50} bytes on its way, because Firehose wants every column by its name.`],
  };
}

test('the tables of docs/scale.md are made of the templates and the prices; UPDATE_DOCS=1 writes them', async () => {
  for (const [name, lines] of Object.entries(await tables())) {
    const begin = `<!-- ${name} -->\n\n`;
    const made = `${lines.join('\n')}\n`;
    if (process.env.UPDATE_DOCS) {
      const [before = '', rest = ''] = readFileSync(PAGE, 'utf8').split(begin);
      writeFileSync(PAGE, `${before}${begin}${made}${rest.slice(rest.indexOf('\n\n') + 1)}`);
    }
    expect(readFileSync(PAGE, 'utf8').split(begin)[1]?.slice(0, made.length)).toBe(made);
  }
});

/** The same rows as docs/cost.md, which is written by hand there. */
test.each([
  ['invocation records, metadata only', 'the same, metadata only'],
  ['ledger in the log group', 'ledger'],
  ['keeping it for three months', 'keeping the ledger for three months'],
  ['metric lines', 'metric lines'],
  ["the signals' queries", "the signals' queries of the ledger"],
])('%s costs what docs/cost.md says', (part, inCost) => {
  const line = readFileSync('docs/cost.md', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`| ${inCost} |`))!;
  const said = line
    .split('|')
    .slice(3, 6)
    .map((cell) => Number(cell.replaceAll(',', '')));
  CALLS.slice(0, 3).forEach((calls, at) => expect(growingCost(calls, 0)[part]!).toBeCloseTo(said[at]!, 1));
});

test('a table is cheaper than a log group where the page recommends it', async () => {
  const bytes = await rowBytes();
  const {
    'ledger rows through Firehose': rows,
    'keeping the table for 13 months': kept,
    'digest and upkeep, by Athena': asked,
  } = growingCost(1_000_000_000, bytes);
  const hundred = growingCost(100_000_000, bytes);
  const inLogGroup =
    10 * (hundred['ledger in the log group']! + hundred['keeping it for three months']! + hundred["the signals' queries"]!);
  expect(rows! + kept! + asked!).toBeLessThan(inLogGroup / 2);
});
