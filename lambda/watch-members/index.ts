import { IS_LEDGER, Member as LedgerMember } from '../../engine/ledger/members';
import { memberKey, membersOf, type MemberState, stateOf } from '../../engine/organization/member-states';
import { emfLines } from '../../engine/telemetry/emf';
import { MemberMetrics } from '../../engine/telemetry/names';
import { AwsSources } from '../shared/aws-sources';
import { numberOf, sumOf } from '../shared/sources';
import { writeText } from '../shared/write-lines';
import { readWatchConfig } from './config';

const HOUR = 3_600_000;
/** Calls of so many hours are looked at, which end so many before now: records come minutes later, through a stream or a copy. */
const HOURS = 6;
const DELAY = 1;

/** Accounts that a query returns; an organization with more would be cut. */
const MOST = 10_000;

const config = readWatchConfig(process.env);
const here = new AwsSources();

/**
 * Compares the calls of every member, by the metrics of Bedrock that it shares, with the records that arrived. Fails if a Region could not
 * be asked, after it has said what is known of the others.
 */
export async function handler(): Promise<void> {
  const now = Math.floor(Date.now() / HOUR) * HOUR;
  const from = now - (HOURS + DELAY) * HOUR;
  const failures: string[] = [];
  const calls = new Map<string, number>();
  for (const region of config.regions) {
    try {
      for (const [account, count] of await callsIn(region, from, now - DELAY * HOUR)) calls.set(memberKey(account, region), count);
    } catch (error) {
      failures.push(`${region}: ${error instanceof Error ? error.name : 'unknown error'}`);
    }
  }
  const records = await recordsBetween(from, Date.now());
  const members = membersOf(calls, records)
    // Of a Region that did not answer, and of one that is not watched, nothing can be said.
    .filter(({ region }) => config.regions.includes(region) && !failures.some((failure) => failure.startsWith(`${region}:`)))
    .map((member) => ({ ...member, state: stateOf(member) }));
  const count = (state: MemberState): number => members.filter((member) => member.state === state).length;
  const readings = [
    { metric: MemberMetrics.WATCHED, value: members.length },
    { metric: MemberMetrics.SILENT, value: count('silent') },
    { metric: MemberMetrics.INCOMPLETE, value: count('incomplete') },
  ];
  // Members without calls are most of a large organization, and nothing to look at.
  const said = members.filter(({ state }) => state !== 'idle' && state !== 'logged');
  const lines = [...emfLines(config.namespace, readings, now), JSON.stringify({ members: 1, from: isoOf(from), ...counts(members), said })];
  await writeText(lines.map((line) => `${line}\n`).join(''));
  if (failures.length > 0) throw new Error(`members of some Regions are unknown: ${failures.join(', ')}`);
}

/** Calls by account, also of accounts that are linked to this one. */
async function callsIn(region: string, from: number, until: number): Promise<Map<string, number>> {
  const invocations = { namespace: 'AWS/Bedrock', metricName: 'Invocations', statistic: 'Sum', periodSeconds: 3600 };
  const series = await new AwsSources(undefined, region).seriesByAccount(invocations, from, until);
  return new Map([...series].map(([account, points]) => [account, sumOf(points)]));
}

async function recordsBetween(from: number, until: number): Promise<Map<string, number>> {
  const { accountId, region, source, status } = LedgerMember;
  const query = [
    `filter ${IS_LEDGER} and ${status} != "malformed" and not ispresent(${source})`,
    `stats count(*) as records by ${accountId}, ${region}`,
    `limit ${MOST}`,
  ].join(' | ');
  const rows = await here.rows(config.ledger, query, from, until);
  return new Map(rows.map((row) => [memberKey(row.accountId ?? '', row.region ?? ''), numberOf(row, 'records')]));
}

function counts(members: ReadonlyArray<{ readonly state: MemberState }>): Partial<Record<MemberState, number>> {
  const found: Partial<Record<MemberState, number>> = {};
  for (const { state } of members) found[state] = (found[state] ?? 0) + 1;
  return found;
}

const isoOf = (time: number): string => new Date(time).toISOString();
