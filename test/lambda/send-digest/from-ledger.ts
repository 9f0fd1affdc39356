import type { DigestFacts, DigestPeriod } from '../../../engine/digest/digest-facts';
import type { InferenceProfiles } from '../../../lambda/meter-calls/inference-profiles';
import { ledgerFacts } from '../../../lambda/send-digest/ledger-facts';
import type { MetricQuery } from '../../../lambda/shared/sources';
import { eventRow, type LogRow, runQuery } from '../../../local-cloudwatch/logs-insights';
import type { Raw } from '../../fixtures/invocation-records';
import { DuckLedger } from '../../engine/ledger/questions/duck-ledger';
import { messages, meterOf } from '../../engine/metering/harness';
import { DuckReader } from '../shared/duck-reader';
import { FakeSources } from '../publish-signals/fake-sources';

/** What the deployed digest finds in the ledger of these records, which came to one or several functions in batches. */
export async function factsFromLedger(
  period: DigestPeriod,
  batches: ReadonlyArray<readonly Raw[]>,
  { metric, profiles }: { readonly metric?: (query: MetricQuery) => number | undefined; readonly profiles?: InferenceProfiles } = {},
): Promise<DigestFacts> {
  const rows: LogRow[] = [];
  for (const records of batches) {
    const { meter, ledger } = meterOf({ LEDGER: 'perCall' }, profiles && { profiles });
    await meter.meter(messages(records));
    rows.push(...ledger().map((line) => eventRow(JSON.stringify(line), rows.length)));
  }
  const sources = new FakeSources(metric, [], (query) => {
    // The interpreter knows no patterns: the one about the time is applied here.
    const [clause = '', pattern = ''] = / and time like \/(.+?)\//.exec(query) ?? [];
    const inTime = rows.filter((row) => new RegExp(pattern).test(String(row.get('time'))));
    return runQuery(query.replace(clause, ''), inTime).rows.map((row) =>
      Object.fromEntries([...row].flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))),
    );
  });
  return ledgerFacts(sources, { ledgerLogGroups: ['ledger'], meterLogGroup: 'ledger', meterFunction: 'meter' }, period);
}

/** The same of the ledger as a table, with the SQL that Athena is asked, in an engine on this machine. */
export async function factsFromTable(period: DigestPeriod, batches: ReadonlyArray<readonly Raw[]>): Promise<DigestFacts> {
  const lines: string[] = [];
  for (const records of batches) {
    const { meter, written } = meterOf({ LEDGER: 'table', LEDGER_STREAM: 'rows' });
    await meter.meter(messages(records));
    lines.push(
      ...written
        .join('')
        .split('\n')
        .filter((line) => line.startsWith('{"ledger"')),
    );
  }
  const table = await DuckLedger.of(lines);
  const config = { ledgerLogGroups: [], meterLogGroup: 'ledger', meterFunction: 'meter' };
  const facts = await ledgerFacts(new FakeSources(), config, period, new DuckReader(table));
  table.close();
  return facts;
}
