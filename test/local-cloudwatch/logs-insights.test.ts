import { eventRow, runQuery, UnsupportedQuery } from '../../local-cloudwatch/logs-insights';

const NOON = Date.UTC(2026, 10, 20, 12);
const MINUTE = 60_000;

function rowsOf(query: string, events: ReadonlyArray<Record<string, unknown>>): unknown[][] {
  const result = runQuery(
    query,
    events.map((event, index) => eventRow(JSON.stringify(event), NOON + index * 3 * MINUTE)),
  );
  return result.rows.map((row) => result.columns.map((column) => row.get(column)));
}

const columnsOf = (query: string) => runQuery(query, []).columns;

// The sample queries of the CloudWatch Logs guide, over events of our own.
describe('the documented sample queries', () => {
  test('the latest events', () => {
    const { columns, rows } = runQuery(
      'fields @timestamp, @message | sort @timestamp desc | limit 2',
      [1, 2, 3].map((n) => eventRow(`{"n":${n}}`, NOON + n)),
    );
    expect(columns).toEqual(['@timestamp', '@message']);
    expect(rows.map((row) => row.get('@message'))).toEqual(['{"n":3}', '{"n":2}']);
  });

  test('exceptions by five minutes', () => {
    const events = ['Exception a', 'fine', 'Exception b', 'Exception c'].map((text) => ({ text }));
    expect(rowsOf('filter text like "Exception" | stats count(*) as exceptionCount by bin(5m) | sort exceptionCount desc', events)).toEqual(
      [
        [NOON + 5 * MINUTE, 2],
        [NOON, 1],
      ],
    );
  });

  test('over-provisioned memory, from columns of the same stats', () => {
    const query = `filter type = "REPORT"
      | stats max(memorySize / 1000 / 1000) as provisionedMB, avg(maxMemoryUsed / 1000 / 1000) as averageMB,
          max(maxMemoryUsed / 1000 / 1000) as usedMB, provisionedMB - usedMB as overProvisionedMB`;
    const report = (maxMemoryUsed: number) => ({ type: 'REPORT', memorySize: 512_000_000, maxMemoryUsed });
    expect(rowsOf(query, [report(100_000_000), report(200_000_000), { type: 'START' }])).toEqual([[512, 150, 200, 312]]);
  });

  test('the hosts between which most is sent', () => {
    const query = 'stats sum(packets) as sent by source, target | sort sent desc | limit 2';
    const flow = (source: string, target: string, packets: number) => ({ source, target, packets });
    expect(rowsOf(query, [flow('a', 'b', 5), flow('a', 'c', 50), flow('a', 'b', 10), flow('b', 'c', 1)])).toEqual([
      ['a', 'c', 50],
      ['a', 'b', 15],
    ]);
  });

  test('latency percentiles', () => {
    const latencies = Array.from({ length: 100 }, (_, index) => ({ latency: index + 1 }));
    expect(rowsOf('stats avg(latency), pct(latency, 50) as p50, pct(latency, 95) as p95, max(latency), min(latency)', latencies)).toEqual([
      [50.5, 50, 95, 100, 1],
    ]);
  });
});

test.each<[string, Array<Record<string, unknown>>, unknown[][]]>([
  [
    'filter a = 1 and b != "x" | fields a',
    [
      { a: 1, b: 'y' },
      { a: 1, b: 'x' },
      { a: 2, b: 'y' },
    ],
    [[1]],
  ],
  ['filter a = 1 or not ispresent(b) | fields a', [{ a: 1, b: 1 }, { a: 2 }, { a: 3, b: 1 }], [[1], [2]]],
  ['filter not a | fields n', [{ a: true, n: 1 }, { a: false, n: 2 }, { n: 3 }], [[2], [3]]],
  ['filter not (a = 1 or b = 1) | fields n', [{ a: 1, n: 1 }, { b: 1, n: 2 }, { a: 2, n: 3 }, { n: 4 }], [[3], [4]]],
  [
    'filter not ispresent(a) and b = 1 | fields n',
    [
      { b: 1, n: 1 },
      { a: 1, b: 1, n: 2 },
      { b: 2, n: 3 },
    ],
    [[1]],
  ],
  ['filter name in ["Put", "Delete"] | fields name', [{ name: 'Put' }, { name: 'Get' }, { name: 'Delete' }], [['Put'], ['Delete']]],
  ['filter a > 9 | fields a', [{ a: '10' }, { a: 5 }, {}], [['10']]],
  ['fields deep.er.still', [{ deep: { er: { still: 'here' } } }], [['here']]],
  ['fields `metadata.cost center` as owner', [{ metadata: { 'cost center': 42 } }], [[42]]],
  ['fields coalesce(a, b, "none") as first', [{ a: 1, b: 2 }, { b: 2 }, {}], [[1], [2], ['none']]],
  ['fields a + b as total', [{ a: 1, b: 2 }, { a: 1 }], [[3], [undefined]]],
  ['fields concat(a, ": | by ", b) as text', [{ a: 'x', b: 'y' }], [['x: | by y']]],
  ['fields datefloor(@timestamp, 1h) as hour', [{}], [[NOON]]],
  ['stats count(*), count(a), count_distinct(a) as kinds', [{ a: 1 }, { a: 1 }, {}], [[3, 2, 1]]],
  [
    'stats sum(a) as total by b',
    [{ b: 'known', a: 2 }, { b: 'unknown' }],
    [
      ['known', 2],
      ['unknown', undefined],
    ],
  ],
  ['stats latest(a) as last, earliest(a) as first', [{ a: 'x' }, { a: 'y' }, {}], [['y', 'x']]],
  ['stats count(*) as n by a | filter n > 1 | display a', [{ a: 'x' }, { a: 'x' }, { a: 'y' }], [['x']]],
  ['stats sortsFirst(a) as first, sortsLast(a) as last', [{ a: 'y' }, { a: 'x' }, {}], [['x', 'y']]],
  [
    'fields substr(a, 0, 4) as year, substr(a, 5) as rest',
    [{ a: '2026-11-20' }, {}],
    [
      ['2026', '11-20'],
      [undefined, undefined],
    ],
  ],
  [
    'stats max(usd) as cost by id, who | stats sum(cost) as total, count(*) as n by who',
    [
      { id: 1, who: 'a', usd: 2 },
      { id: 1, who: 'a', usd: 2 },
      { id: 2, who: 'a', usd: 3 },
      { id: 3, who: 'b' },
    ],
    [
      ['a', 5, 2],
      ['b', undefined, 1],
    ],
  ],
  [
    'fields a, b | sort b desc | dedup a | limit 3',
    [{ a: 1, b: 1 }, { a: 1, b: 2 }, { b: 3 }, { b: 0 }],
    [
      [undefined, 3],
      [1, 2],
      [undefined, 0],
    ],
  ],
  ['fields a | sort a desc, b asc | limit 3', [{ a: 1, b: 2 }, {}, { a: 2 }, { a: 1, b: 1 }], [[2], [1], [1]]],
])('%s', (query, events, expected) => {
  expect(rowsOf(query, events)).toEqual(expected);
});

test('columns without a name are called as they are written', () => {
  expect(columnsOf('stats count(*), sum(a.b) by bin(1h), c')).toEqual(['bin(1h)', 'c', 'count(*)', 'sum(a.b)']);
  expect(columnsOf('filter a = 1')).toEqual(['@timestamp', '@message']);
});

test.each([
  ['parse @message "* *" as a, b', "'parse' is not among the commands known here: filter, fields, display, sort, limit, stats, dedup"],
  ['stats count(*) as n by a | stats sum(b) as total', "'b' is not a column of the stats command before it"],
  ['stats count(*) as n by a | fields n + 1 as m | filter b = 1', "'b' is not a column of the stats command before it"],
  ['stats count(*) as n by a | stats sum(n) as total by bin(5m)', "'@timestamp' is not a column of the stats command before it"],
  ['stats count(*) as n | stats sum(n) as n | stats sum(n) as n', 'a query can have 2 stats commands at most'],
  ['stats count(*) as n by a | limit 5 | stats sum(n) as total', "'limit' must come after the last stats command"],
  ['sort a | stats count(*) as n by a', "'sort' must come after the last stats command"],
  ['dedup a | stats count(*) as n', "'stats' cannot come after dedup, which only limit can follow"],
  ['toString', "'toString' is not among the commands known here"],
  ['fields strlen(a)', "'strlen' is not among the functions known here"],
  ['filter a =~ /x/', "'a =~ /x/' cannot be read"],
  ['filter a like /x/', "'a like /x/' cannot be read"],
  ['filter a % 2 = 0', "'a % 2 = 0' cannot be read"],
  ['filter !a', "'!a' cannot be read"],
  ['filter a as b', "'as' is not among the operators known here"],
  ['filter a in b', `'in' needs a list such as ["a", "b"], got 'b'`],
  ['stats sum()', "'sum' needs a field"],
  ['stats count(*) by datefloor(a, b)', "'undefined' is no period such as 5m, 1h or 1d"],
  ['fields a[b]', "'Identifier' is no field"],
  ['fields 1.a', 'cannot be read'],
  ['filter a ? b : c', "'ConditionalExpression' is not among the expressions known here"],
  ['stats median(a)', "'median' is not among the functions known here"],
  ['stats count(*) by bin(1y)', 'cannot be read'],
  ['limit all', "limit needs a number, got 'all'"],
  ['fields a b', "'a b' cannot be read"],
  ['', "'' is not among the commands known here"],
])('fails on %s', (query, message) => {
  expect(() => rowsOf(query, [{ a: 1 }])).toThrow(UnsupportedQuery);
  expect(() => rowsOf(query, [{ a: 1 }])).toThrow(message);
});
