import type { PicoUsd } from '../pricing/types';
import type { BillLine } from './bill-line';

/** What one delivery of one export has. Its files are parts of it. */
export interface Statement {
  /** As the user knows it: the folder of the delivery, or the file. */
  readonly name: string;
  /** What it is: statements of one form are parts or later deliveries of each other, those of two are of the same money. */
  readonly form: string;
  /** Whether a delivery has a whole month, which it replaces. A response of Cost Explorer has the days that were asked for. */
  readonly isMonthly: boolean;
  readonly lines: readonly BillLine[];
}

/** Lines that are not added, because another statement has the same money. */
export interface SetAside {
  readonly name: string;
  readonly insteadUsed: string;
  /** The month, as in 2026-11. */
  readonly month: string;
  readonly amount: PicoUsd;
  /** What the statement that is used has for the same month. */
  readonly amountUsed: PicoUsd;
  /** Whether both are of one form: the month was then delivered again, with restated rows. */
  readonly isRestated: boolean;
}

export interface Combined {
  readonly lines: readonly BillLine[];
  readonly setAside: readonly SetAside[];
}

/**
 * Makes one bill of several statements. For each month the form that was named first is used; of its deliveries the last, because a
 * month is open until its invoice and its rows are replaced until then. Accounts are apart where every line has one.
 *
 * @param statements in the order in which the user named them, the last delivery last
 */
export function combine(statements: readonly Statement[]): Combined {
  const lines: BillLine[] = [];
  const setAside: SetAside[] = [];
  const all = statements.flatMap((statement) => statement.lines.map((line) => ({ statement, line, month: monthOf(line) })));
  const withAccounts = new Set(all.map(({ month }) => month));
  for (const { line, month } of all) if (line.account === undefined) withAccounts.delete(month);
  const groups = new Map<string, Map<Statement, BillLine[]>>();
  for (const { statement, line, month } of all) {
    const key = withAccounts.has(month) ? `${month} ${line.account}` : month;
    const group = groups.get(key) ?? new Map<Statement, BillLine[]>();
    groups.set(key, group.set(statement, [...(group.get(statement) ?? []), line]));
  }
  for (const group of groups.values()) choose(group, lines, setAside);
  return { lines, setAside: merged(setAside) };
}

const monthOf = ({ from }: BillLine): string => from?.slice(0, 7) ?? 'undated';

/** Keeps the lines of one statement, or of several that are parts of each other, and sets the others aside. */
function choose(group: ReadonlyMap<Statement, readonly BillLine[]>, kept: BillLine[], setAside: SetAside[]): void {
  const [first] = group.keys();
  const ofForm = [...group].filter(([{ form }]) => form === first!.form);
  const used = first!.isMonthly ? ofForm.slice(-1) : ofForm;
  const linesUsed = lastOfEach(used.map(([, lines]) => lines));
  kept.push(...linesUsed);
  for (const [statement, lines] of group) {
    if (used.some(([each]) => each === statement)) continue;
    const [insteadUsed] = used.at(-1)!;
    setAside.push({
      ...{ name: statement.name, insteadUsed: insteadUsed.name, month: monthOf(lines[0]!) },
      ...{ amount: total(lines), amountUsed: total(linesUsed), isRestated: statement.form === insteadUsed.form },
    });
  }
}

/** Pages and later answers of Cost Explorer: a line that two of them have is that of the last. */
function lastOfEach(parts: ReadonlyArray<readonly BillLine[]>): BillLine[] {
  if (parts.length === 1) return [...parts[0]!];
  const part = new Map<string, number>();
  const keyOf = ({ from, until, account, usageType, billedModel, charge }: BillLine): string =>
    JSON.stringify([from, until, account, usageType, billedModel, charge]);
  parts.forEach((lines, at) => lines.forEach((line) => part.set(keyOf(line), at)));
  return parts.flatMap((lines, at) => lines.filter((line) => part.get(keyOf(line)) === at));
}

const total = (lines: readonly BillLine[]): PicoUsd => lines.reduce((sum, { amount }) => sum + amount, 0n);

/** One entry for each pair of statements and month, over all accounts. */
function merged(entries: readonly SetAside[]): SetAside[] {
  const found = new Map<string, SetAside>();
  for (const entry of entries) {
    const key = `${entry.name}\n${entry.insteadUsed}\n${entry.month}`;
    const known = found.get(key);
    found.set(key, known ? { ...known, amount: known.amount + entry.amount, amountUsed: known.amountUsed + entry.amountUsed } : entry);
  }
  return [...found.values()];
}
