import { memberKey, membersOf, type MemberState, stateOf } from '../../engine/organization/member-states';
import { emfLines } from '../../engine/telemetry/emf';
import { MemberMetrics } from '../../engine/telemetry/names';
import { AwsSources } from '../shared/aws-sources';
import { requiredLedgerReader } from '../shared/ledger-reader';
import { numberOf, sumOf } from '../shared/sources';
import { writeText } from '../shared/write-lines';
import { readWatchConfig } from './config';
import { RECORDS } from './records';

const HOUR = 3_600_000;
/** Calls of so many hours are looked at, which end so many before now: records come minutes later, through a stream or a copy. */
const HOURS = 6;
const DELAY = 1;

/** How many failing members the log names. */
const NAMED = 10;

const config = readWatchConfig(process.env);
const ledger = requiredLedgerReader(new AwsSources(), config);

/**
 * Compares the calls of every member, by the metrics of Bedrock that it shares, with the records that arrived. Fails if a Region could not
 * be asked, after it has said what is known of the others.
 */
export async function handler(): Promise<void> {
  const now = Math.floor(Date.now() / HOUR) * HOUR;
  const from = now - (HOURS + DELAY) * HOUR;
  const failures: string[] = [];
  const calls = new Map<string, number>();
  const lastHour: LastHour[] = [];
  for (const region of config.regions) {
    try {
      const { byAccount, ofLastHour } = await callsIn(region, from, now - DELAY * HOUR);
      for (const [account, count] of byAccount) calls.set(memberKey(account, region), count);
      lastHour.push(...ofLastHour);
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
    { metric: MemberMetrics.CALLS, value: sum(lastHour, 'calls') },
    { metric: MemberMetrics.ERRORS, value: sum(lastHour, 'errors') },
    { metric: MemberMetrics.THROTTLES, value: sum(lastHour, 'throttles') },
  ];
  // Members without calls are most of a large organization, and nothing to look at.
  const said = members.filter(({ state }) => state !== 'idle' && state !== 'logged');
  const lines = [
    ...emfLines(config.namespace, readings, now),
    JSON.stringify({ members: 1, from: isoOf(from), ...counts(members), said, failing: mostFailing(lastHour) }),
  ];
  await writeText(lines.map((line) => `${line}\n`).join(''));
  if (failures.length > 0) throw new Error(`members of some Regions are unknown: ${failures.join(', ')}`);
}

/** What a member did in the last hour that is complete. */
interface LastHour {
  readonly account: string;
  readonly region: string;
  readonly calls: number;
  readonly errors: number;
  readonly throttles: number;
}

/** Calls by account, also of accounts that are linked to this one. */
async function callsIn(region: string, from: number, until: number) {
  const sources = new AwsSources(undefined, region);
  const series = (metricName: string, since: number) =>
    sources.seriesByAccount({ namespace: 'AWS/Bedrock', metricName, statistic: 'Sum', periodSeconds: 3600 }, since, until);
  const calls = await series('Invocations', from);
  const errors = await series('InvocationServerErrors', until - HOUR);
  const throttles = await series('InvocationThrottles', until - HOUR);
  const ofHour = (of: typeof calls, account: string): number => sumOf(of.get(account) ?? new Map<number, number>(), until - HOUR);
  const accounts = [...new Set([calls, errors, throttles].flatMap((of) => [...of.keys()]))];
  return {
    byAccount: new Map([...calls].map(([account, points]) => [account, sumOf(points)])),
    ofLastHour: accounts.map((account): LastHour => ({
      ...{ account, region, calls: ofHour(calls, account) },
      ...{ errors: ofHour(errors, account), throttles: ofHour(throttles, account) },
    })),
  };
}

const sum = (members: readonly LastHour[], of: 'calls' | 'errors' | 'throttles'): number =>
  members.reduce((total, member) => total + member[of], 0);

/** Those with most failures, to look at first. */
const mostFailing = (members: readonly LastHour[]): readonly LastHour[] =>
  members
    .filter(({ errors, throttles }) => errors + throttles > 0)
    .sort((one, other) => other.errors + other.throttles - one.errors - one.throttles)
    .slice(0, NAMED);

async function recordsBetween(from: number, until: number): Promise<Map<string, number>> {
  const rows = await ledger.askWritten(RECORDS, { from, until });
  return new Map(rows.map((row) => [memberKey(row.account ?? '', row.region ?? ''), numberOf(row, 'lines')]));
}

function counts(members: ReadonlyArray<{ readonly state: MemberState }>): Partial<Record<MemberState, number>> {
  const found: Partial<Record<MemberState, number>> = {};
  for (const { state } of members) found[state] = (found[state] ?? 0) + 1;
  return found;
}

const isoOf = (time: number): string => new Date(time).toISOString();
