import { createProgram } from '../../cli/program';
import { cloudWatchEvent, requestId, STRANDS, strands, type Described } from '../engine/agents/spans';
import { FORMS } from '../engine/agents/forms';
import { converse, failed, metadataOnly, type Raw } from '../fixtures/invocation-records';
import { FAKE_LINE, HOSTILE, unfitIn, withEachText } from '../hostile-text';
import { runInProcess } from './command-line';
import { csvOf, curRow, usageOf } from './reconcile/billed-rows';
import { file, lines } from './replaying';

/** Each text of a record in turn, and a key of its metadata. */
const hostile = [
  ...[converse, metadataOnly, failed].flatMap((base) => [...withEachText(base, HOSTILE)] as Raw[]),
  { ...metadataOnly, requestMetadata: { [HOSTILE]: 'x' } },
].map((record, n) => ({ ...record, ...(record.requestId === HOSTILE ? {} : { requestId: requestId(n) }) }));
const RECORDS = file(lines(...hostile, `{"a": ${HOSTILE}`));
const PLAIN = file(lines(metadataOnly));

const BY = ['caller', 'model', 'meta:team', 'operation', 'role,profile', 'region,account'];
const FORMATS = ['table', 'json', 'csv', 'markdown'];
const allOf = (command: readonly string[], formats: readonly string[]) =>
  formats.flatMap((format) => BY.map((by) => [...command, '--by', by, '--format', format]));

const OF_RECORDS: ReadonlyArray<readonly string[]> = [
  ...allOf(['replay', RECORDS], [...FORMATS, 'focus']),
  ...allOf(['compare', PLAIN, RECORDS], FORMATS),
  ...['--json', '--csv'].map((option) => ['replay', RECORDS, option, '-']),
  ...[[], ['--json']].flatMap((json) => [
    ['whatif', RECORDS, ...json],
    ['digest', RECORDS, '--from', '2026-11-20', ...json],
  ]),
];

/** A library's name that is none, too. */
const SPAN: Described = {
  id: 'agent',
  scope: STRANDS,
  name: 'agent',
  status: 'ERROR',
  attributes: { ...strands('invoke_agent', 9, 9), 'gen_ai.agent.name': 'a', 'session.id': 's', 'gen_ai.tool.name': 't', 'error.type': 'e' },
};
const TOOL: Described = { id: 'tool', parent: 'agent', attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 't' } };
const SPANS = file(
  lines(
    ...[SPAN, TOOL].flatMap((span) =>
      [...withEachText(span, HOSTILE)].flatMap((changed, n) =>
        Object.values(FORMS).map((form) => form({ ...(changed as Described), id: span.id, trace: String(n).padStart(32, '0') }) as Raw),
      ),
    ),
    ...([...withEachText(cloudWatchEvent(SPAN), HOSTILE)] as Raw[]),
  ),
);
const OF_SPANS = ['list', 'show', 'failed', 'sessions', 'tools'].flatMap((view) =>
  [[], ['--json', '-'], ...(view === 'list' ? [['--csv', '-']] : [])].map((output) => ['traces', view, SPANS, ...output]),
);

const BILL = file(
  csvOf(
    usageOf([JSON.stringify(metadataOnly)]).flatMap((line) => [...withEachText(curRow(line), HOSTILE)] as Array<ReturnType<typeof curRow>>),
  ),
  'hostile-bill.csv',
);
const OF_BILLS = ['table', 'json'].flatMap((format) =>
  ['model', 'account', 'principal', 'usage-type', 'region'].map((by) => [
    ...['reconcile', RECORDS, '--bill', BILL, '--as-of', '2026-12-20', '--format', format, '--by', by],
  ]),
);

const BEGUN_LINE = new RegExp(`^${FAKE_LINE}`, 'm');

test.each([
  ['records', OF_RECORDS],
  ['spans', OF_SPANS],
  ['bills', OF_BILLS],
])('nothing of %s is obeyed by a terminal, or begins a line', async (_, runs) => {
  for (const args of runs) {
    // Names are cut where there is no room.
    const { out, err } = await runInProcess(args, { COLUMNS: '9999' });
    expect({ args, unfit: unfitIn(out + err) }).toEqual({ args, unfit: [] });
    expect(out + err).not.toMatch(BEGUN_LINE);
    expect(out).not.toBe('');
  }
});

test('nothing of an argument or of the value of an option is obeyed by a terminal', async () => {
  const commands = createProgram().commands.flatMap((command) => [command, ...command.commands]);
  for (const command of commands) {
    const names = [...(command.parent?.parent ? [command.parent.name()] : []), command.name()];
    // An app is a command, which would be run.
    const options = command.options.filter(({ required, long }) => required && long !== '--app').map(({ long }) => [PLAIN, long!, HOSTILE]);
    for (const more of [[HOSTILE], [PLAIN, `--${HOSTILE}`], ...options]) {
      const { out, err } = await runInProcess([...names, ...more]);
      expect({ names, more: more.slice(0, -1), unfit: unfitIn(out + err) }).toEqual({ names, more: more.slice(0, -1), unfit: [] });
      expect(out + err).not.toMatch(BEGUN_LINE);
    }
  }
});
