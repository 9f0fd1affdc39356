import { Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Member } from '../../engine/ledger/members';
import { CostMetrics } from '../../lib';
import { savedQueries } from '../../lib/private/dashboards/log-queries';

const MEMBERS: readonly string[] = Object.values(Member).flatMap((member) => (typeof member === 'string' ? member : Object.values(member)));
const COMMANDS_AND_WORDS = [
  'filter',
  'fields',
  'stats',
  'sort',
  'limit',
  'display',
  'dedup',
  'by',
  'as',
  'asc',
  'desc',
  'and',
  'or',
  'not',
];

/** The fields that a query reads: its names, less commands, functions, periods like `1d`, and names that it gives itself. */
function fieldsOf(query: string): string[] {
  const code = query.replace(/"[^"]*"/g, '');
  const given = [...code.matchAll(/ as (?:`([^`]+)`|(\w+))/g)].map(([, quoted, plain]) => quoted ?? plain!);
  const names = [...code.matchAll(/`([^`]+)`|(?<![\w.@])([A-Za-z@][\w.@]*)(?!\w*\()/g)].map(([, quoted, plain]) => quoted ?? plain!);
  return names.filter((name) => !COMMANDS_AND_WORDS.includes(name) && !given.includes(name) && !name.startsWith('@'));
}

const queries = savedQueries({
  costMetrics: CostMetrics.inNamespace(),
  ledgerLogGroup: logs.LogGroup.fromLogGroupName(new Stack(), 'Ledger', 'ledger'),
  promptsHashed: true,
  ownerMetadataKey: 'cost center',
});

test('the fields of a query are recognised', () => {
  expect(
    fieldsOf('fields coalesce(a.b, `metadata.x y`) + 2 as sum, datefloor(@timestamp, 1d) as day | filter c = "d" | sort sum desc'),
  ).toEqual(['a.b', 'metadata.x y', 'c']);
});

test.each(queries.map(({ id, lines }) => [id, lines.join('\n| ')]))('%s reads members of the ledger only', (_, query) => {
  const fields = fieldsOf(query);
  expect(fields.length).toBeGreaterThan(2);
  expect(fields.filter((field) => !MEMBERS.includes(field) && field !== `${Member.metadata}.cost center`)).toEqual([]);
});
