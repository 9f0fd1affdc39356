import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { printable } from '../../cli/terminal';
import type { Clients } from '../emulator/clients';
import { memberName } from '../traffic/members';
import { LEDGER_VERSION } from '../../engine/ledger/members';
import { parseUsd } from '../../engine/pricing/usd-text';

/** The members of a ledger line that the demo reads. */
export interface LedgerLine {
  readonly ledger: number;
  readonly status: string;
  readonly reason?: string;
  readonly requestId?: string;
  readonly eventId?: string;
  readonly accountId?: string;
  readonly region?: string;
  readonly modelId?: string;
  readonly caller?: string;
  readonly tokens?: Readonly<Record<string, number>>;
  readonly costUsd?: number;
  readonly costHighUsd?: number;
  readonly errorCode?: string;
  readonly flags?: readonly string[];
}

/** The calls of one model or of one caller. */
export interface Group {
  readonly name: string;
  calls: number;
  failed: number;
  unpriced: number;
  /** In pico-dollars, exact. */
  cost: bigint;
  /** What the calls cost more if all cache writes of unknown lifetime had the higher rate. */
  uncertain: bigint;
  readonly tokens: Record<string, number>;
}

/** All ledger lines that the deployed function wrote into its log group. */
export async function readLedger(clients: Clients, logGroupName: string): Promise<LedgerLine[]> {
  const lines: LedgerLine[] = [];
  for await (const page of paginateFilterLogEvents({ client: clients.logs }, { logGroupName })) {
    lines.push(...(page.events ?? []).flatMap(({ message = '' }) => parse(message)));
  }
  return lines;
}

/**
 * Sums ledger lines by a name, highest cost first. Duplicates and zero records, which are ignored without an error, are not
 * calls. A call has a line twice if its batch was tried again, and two lines if it failed after it had used something.
 */
export function groupBy(lines: readonly LedgerLine[], nameOf: (line: LedgerLine) => string): Group[] {
  const groups = new Map<string, Group>();
  for (const { line, isNewCall } of linesOfCalls(lines)) {
    const failed = line.errorCode !== undefined;
    // Records of the user's own could hold what a terminal obeys.
    const name = printable(nameOf(line));
    const group = groups.get(name) ?? { name, calls: 0, failed: 0, unpriced: 0, cost: 0n, uncertain: 0n, tokens: {} };
    groups.set(name, group);
    group.calls += Number(isNewCall);
    group.failed += Number(failed);
    group.unpriced += Number(line.status === 'unpriced');
    group.cost += pico(line.costUsd);
    group.uncertain += line.costHighUsd === undefined ? 0n : pico(line.costHighUsd) - pico(line.costUsd);
    for (const [kind, count] of Object.entries(line.tokens ?? {})) {
      group.tokens[kind] = (group.tokens[kind] ?? 0) + count;
    }
  }
  return [...groups.values()].sort((left, right) =>
    left.cost === right.cost ? right.calls - left.calls : left.cost < right.cost ? 1 : -1,
  );
}

/** The lines of calls without their copies, each with whether it is the first of its call. */
function* linesOfCalls(lines: readonly LedgerLine[]): Generator<{ readonly line: LedgerLine; readonly isNewCall: boolean }> {
  const seen = new Set<string>();
  for (const line of lines) {
    const isCall = line.status !== 'malformed' && (line.status !== 'ignored' || line.errorCode !== undefined);
    const id = line.requestId ?? line.eventId;
    if (!isCall || (id !== undefined && seen.has(`${id} ${line.status}`))) continue;
    yield { line, isNewCall: id === undefined || !seen.has(id) };
    if (id !== undefined) seen.add(id).add(`${id} ${line.status}`);
  }
}

/** Model or profile id without the ARN around it, as CloudWatch shows it. */
export function modelOf({ modelId }: LedgerLine): string {
  return modelId?.split('/').at(-1) ?? 'unknown';
}

/** Account and Region of the call. */
export const memberNameOf = ({ accountId = 'unknown', region = 'unknown' }: LedgerLine): string =>
  memberName({ account: accountId, region });

/** Role and session of the caller. */
export function callerOf({ caller }: LedgerLine): string {
  return caller?.split('assumed-role/').at(-1) ?? 'unknown';
}

/** Twelve decimals of a number of dollars are exact as long as one call costs less than 1,000 dollars. */
function pico(usd: number | undefined): bigint {
  return usd === undefined ? 0n : parseUsd(usd.toFixed(12));
}

function parse(message: string): LedgerLine[] {
  try {
    const line = JSON.parse(message) as LedgerLine;
    return line.ledger === LEDGER_VERSION ? [line] : [];
  } catch {
    return [];
  }
}
