import type { CellKey } from '../../engine/bill/cells';
import { type Difference, DIFFERENCE_KINDS } from '../../engine/bill/differences';
import { byKind, type Reconciliation, SETTLED_AFTER_HOURS, type Sides, sidesBy } from '../../engine/bill/reconcile';
import type { SetAside } from '../../engine/bill/statements';
import type { Catalogue } from '../../engine/pricing/catalogue';
import type { PicoUsd } from '../../engine/pricing/types';
import { formatUsd } from '../../engine/pricing/usd-text';
import { displayNames } from '../../engine/digest/display-names';
import { fittedTable } from '../tables/fitted-table';
import { cents, signedCents } from '../../engine/pricing/money-text';
import { wrapped } from '../tables/wrapped';
import { bold, printable } from '../terminal';
import { type BillFiles, readWords } from './bill-files';

/** What `--by` takes, and the name of a cell in it. */
export const BILL_AXES = {
  model: ({ model }: CellKey) => model,
  day: ({ day }: CellKey) => day,
  'usage-type': ({ kind, routing, tier, isLong }: CellKey) =>
    [kind, routing, tier, isLong ? 'long context' : ''].filter(Boolean).join(', '),
  account: ({ account = NOT_TOLD_APART }: CellKey) => account,
  region: ({ region = NOT_TOLD_APART }: CellKey) => region,
  principal: ({ principal = NOT_TOLD_APART }: CellKey) => principal,
} satisfies Readonly<Record<string, (key: CellKey) => string>>;
export type BillAxis = keyof typeof BILL_AXES;
const NOT_TOLD_APART = '(not told apart)';

/** What the report is made from. */
export interface Reconciled {
  readonly result: Reconciliation;
  readonly setAside: readonly SetAside[];
  readonly bill: BillFiles;
  readonly by: BillAxis;
  readonly catalogue: Catalogue;
}

/** The comparison as tables and sentences. */
export function reconcileText({ result, setAside, bill, by, catalogue }: Reconciled, width: number): string {
  const blocks = [
    ...(result.cells.length > 0 ? [sidesTable(result, by, catalogue, width)] : []),
    ...(result.differences.length > 0 ? [`${bold('Why they differ: the bill less our figures')}\n${kindsTable(result, width)}`] : []),
    sentences(result, setAside, bill)
      .map((sentence) => wrapped(sentence, width, '  '))
      .join('\n'),
  ];
  return blocks.join('\n\n');
}

function sidesTable({ cells, total }: Reconciliation, by: BillAxis, catalogue: Catalogue, width: number): string {
  const sides = [...sidesBy(cells, BILL_AXES[by])].sort(([one, a], [other, b]) =>
    by === 'day' ? compare(one, other) : compare(b.billed, a.billed),
  );
  const names = displayNames(
    by === 'principal' ? 'caller' : by,
    sides.map(([name]) => name),
    catalogue,
  );
  const rows = [...sides.map(([name, of]) => [names.get(name) ?? name, of] as const), ['total', total] as const];
  const column = (head: string, cell: (sides: Sides) => string) => ({ head, cells: rows.map(([, of]) => cell(of)), isRight: true });
  return fittedTable(
    [
      { head: by, cells: rows.map(([name]) => name), isName: true },
      column('ours\nUSD', ({ ours }) => cents(ours)),
      column('billed\nUSD', ({ billed }) => cents(billed)),
      column('difference', ({ ours, billed }) => signedCents(billed - ours)),
      column('%', percent),
    ],
    width,
    { hasTotal: true },
  ).text;
}

/** Of the bill; unknown where there is nothing on it. */
function percent({ ours, billed }: Sides): string {
  if (billed <= 0n) return ours === billed ? '0.00' : 'unknown';
  return ((Number(billed - ours) / Number(billed)) * 100).toFixed(2);
}

function kindsTable({ differences }: Reconciliation, width: number): string {
  const kinds = [...byKind(differences)].sort(([, one], [, other]) => compare(sizeOf(other.amount), sizeOf(one.amount)));
  const { text } = fittedTable(
    [
      { head: 'kind', cells: kinds.map(([kind]) => kind) },
      { head: 'USD', cells: kinds.map(([, { amount }]) => signedCents(amount)), isRight: true },
      { head: 'lines', cells: kinds.map(([, { parts }]) => String(parts)), isRight: true },
      { head: 'what it is', cells: kinds.map(([kind]) => DIFFERENCE_KINDS[kind].words), isName: true },
    ],
    width,
  );
  const examples = kinds.map(([kind]) => exampleOf(largest(differences.filter((each) => each.kind === kind))));
  return [text, 'The largest of each:', ...examples].map((line, at) => (at < 2 ? line : wrapped(printable(line), width, '  '))).join('\n');
}

const largest = (differences: readonly Difference[]): Difference =>
  differences.reduce((one, other) => (sizeOf(other.amount) > sizeOf(one.amount) ? other : one));

function exampleOf({ kind, amount, key, detail }: Difference): string {
  const where = [key.day, key.account, key.region, key.model, BILL_AXES['usage-type'](key), key.principal].filter(Boolean).join(' ');
  return `${kind} ${signedCents(amount)}: ${where}${detail === undefined || where.includes(detail) ? '' : ` (${detail})`}`;
}

function sentences(result: Reconciliation, setAside: readonly SetAside[], bill: BillFiles): string[] {
  const { from, until, lastBilledDay, lagHours, outside, beside, undated, driftPercent } = result;
  const lag = lastBilledDay === undefined ? '' : `; the bill ends with ${lastBilledDay}, ${lagHours} hours before it was read`;
  return [
    driftPercent === undefined
      ? 'Whether our figures are true to the bill is unknown: there is nothing that can be compared.'
      : `True to the bill, model by model, but for ${driftPercent} % of what is billed for recorded calls.`,
    from === undefined
      ? `No day is settled: the ${SETTLED_AFTER_HOURS} hours before the bill was read are not compared${lag}.`
      : `Compared are the days from ${from} up to, and without, ${until}${lag}. Days are settled after ${SETTLED_AFTER_HOURS} hours.`,
    ...(outside.ours === 0n && outside.billed === 0n
      ? []
      : [`On other days: ${cents(outside.ours)} USD of ours, ${billedWords(result)} billed. They are in no sum.`]),
    ...[...beside].map(([charge, amount]) => `Beside the comparison: ${charge} ${cents(amount)} USD.`),
    ...(undated === 0n ? [] : [`Usage without a date: ${cents(undated)} USD. It is in no sum.`]),
    ...setAside.map(asideWords),
    ...(bill.isComplete ? [] : ['Not all of the bill could be read: what is missing is named above, and the result lacks it.']),
    `${readWords(bill)}.`,
  ];
}

/** A bill without a row says nothing, not that nothing was billed. */
const billedWords = ({ lastBilledDay, outside }: Reconciliation) =>
  lastBilledDay === undefined ? 'an unknown amount' : `${cents(outside.billed)} USD`;

const asideWords = ({ name, insteadUsed, month, amount, amountUsed, isRestated }: SetAside): string =>
  `${name} is ${isRestated ? 'an earlier delivery' : 'another export'} of ${month}: ${insteadUsed} is used, which has ${signedCents(amountUsed - amount)} USD compared with it.`;

/** The comparison as JSON, with exact amounts. */
export function reconcileDocument({ result, setAside, bill, by }: Reconciled): unknown {
  const { from, until, lastBilledDay, lagHours, total, outside, beside, undated, axes, differences, driftPercent } = result;
  const isBilledKnown = lastBilledDay !== undefined;
  const sidesOf = ({ ours, billed }: Sides) => ({
    ours: formatUsd(ours),
    billed: isBilledKnown ? formatUsd(billed) : null,
    difference: isBilledKnown ? formatUsd(billed - ours) : null,
  });
  return {
    ...{ from, until, lastBilledDay, lagHours, driftPercent: driftPercent ?? null, isComplete: bill.isComplete },
    total: sidesOf(total),
    outside: sidesOf(outside),
    beside: Object.fromEntries([...beside].map(([charge, amount]) => [charge, formatUsd(amount)])),
    undated: formatUsd(undated),
    axes,
    by: [...sidesBy(result.cells, BILL_AXES[by])].map(([name, of]) => ({ [by]: name, ...sidesOf(of) })),
    kinds: [...byKind(differences)].map(([kind, { amount, parts }]) => ({
      kind,
      usd: formatUsd(amount),
      parts,
      ...DIFFERENCE_KINDS[kind],
    })),
    differences: differences.map(({ kind, amount, key, detail }) => ({ difference: kind, usd: formatUsd(amount), ...key, detail })),
    setAside: setAside.map(({ amount, amountUsed, ...of }) => ({ ...of, usd: formatUsd(amount), usdUsed: formatUsd(amountUsed) })),
  };
}

const compare = <T extends string | PicoUsd>(one: T, other: T): number => (one < other ? -1 : one > other ? 1 : 0);
const sizeOf = (amount: PicoUsd): PicoUsd => (amount < 0n ? -amount : amount);
