import { oneRowPerCall, PRINCIPAL } from '../../../engine/ledger/calls';
import { eventRow, runQuery } from '../../../local-cloudwatch/logs-insights';

/** The number of calls and their cost, by role. */
const QUERY = [
  ...oneRowPerCall({ computed: [PRINCIPAL], keys: ['principal'], values: ['max(costUsd) as cost'] }),
  'stats count(*) as calls, sum(cost) as usd by principal',
].join(' | ');

const answer = (...lines: object[]) =>
  runQuery(
    QUERY,
    lines.map((line, at) => eventRow(JSON.stringify(line), at)),
  ).rows.map((row) => [row.get('principal'), row.get('calls'), row.get('usd')]);

test.each<[string, object[], unknown[][]]>([
  [
    'lines of one request id',
    [
      { requestId: 'a', costUsd: 1 },
      { requestId: 'a', costUsd: 1 },
    ],
    [[undefined, 1, 1]],
  ],
  [
    'an error and the cost of its call',
    [
      { requestId: 'a', errorCode: 'E' },
      { requestId: 'a', costUsd: 1 },
    ],
    [[undefined, 1, 1]],
  ],
  [
    'two prices for one call, of which the higher counts',
    [
      { requestId: 'a', costUsd: 1 },
      { requestId: 'a', costUsd: 2 },
    ],
    [[undefined, 1, 2]],
  ],
  [
    'lines of one log event',
    [
      { eventId: 'e', costUsd: 1 },
      { eventId: 'e', costUsd: 2 },
    ],
    [[undefined, 1, 2]],
  ],
  [
    'different log events',
    [
      { eventId: 'e', costUsd: 1 },
      { eventId: 'f', costUsd: 1 },
    ],
    [[undefined, 2, 2]],
  ],
  [
    'lines without any id, of which two are the same',
    [
      { n: 1, costUsd: 1 },
      { n: 2, costUsd: 1 },
      { n: 1, costUsd: 1 },
    ],
    [[undefined, 2, 2]],
  ],
  [
    'roles, and callers of lines that version 0.1 wrote',
    [
      { requestId: 'a', role: 'r', caller: 'r/1', costUsd: 1 },
      { requestId: 'b', role: 'r', caller: 'r/2', costUsd: 1 },
      { requestId: 'c', caller: 'r/3', costUsd: 5 },
    ],
    [
      ['r', 2, 2],
      ['r/3', 1, 5],
    ],
  ],
])('one row for each call: %s', (_, lines, expected) => {
  expect(answer(...lines)).toEqual(expected);
});
