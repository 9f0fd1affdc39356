import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, temporaryFolder } from '../cli/command-line';
import { writeExampleLogs } from './command-line-logs';
import { writeExampleApp, writeExampleTrace } from './command-line-app';

const PAGE = join(__dirname, '..', '..', 'docs', 'command-line.md');
const COMMAND = 'npx cdk-bedrock-observability ';

/** A command, and below it what it prints: whole, or its first lines. */
const EXAMPLE = /<!-- output(?: of (?<shown>\d+) lines)? -->\n\n```\n(?<command>npx [^\n]*)\n```\n\n```\n(?<output>[^]*?)```\n/g;

const logs = temporaryFolder();
writeExampleLogs(join(logs, 'logs'));
writeExampleTrace(logs);
writeExampleApp(join(logs, 'cdk.out'));

/** What the command prints in a folder with the example logs, in a terminal of 80 columns. */
function outputOf(command: string, shown: number): string {
  const args = command.slice(COMMAND.length).split(' ');
  const { out, err, code } = run(args, { cwd: logs, env: { COLUMNS: '80' } });
  expect([0, 3]).toContain(code);
  const lines = `${err}${out}`.trimEnd().split('\n');
  if (!/^digest|--format/.test(args.join(' '))) expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  return [...lines.slice(0, shown), ...(lines.length > shown ? ['…'] : [])].join('\n');
}

test('the outputs in docs/command-line.md are those of the commands above them; UPDATE_DOCS=1 writes them', () => {
  const page = readFileSync(PAGE, 'utf8');
  let examples = 0;
  const made = page.replace(EXAMPLE, (example, shown: string | undefined, command: string, output: string) => {
    examples += 1;
    return example.replace(`\`\`\`\n${output}\`\`\`\n`, () => `\`\`\`\n${outputOf(command, Number(shown ?? Infinity))}\n\`\`\`\n`);
  });
  expect(examples).toBe(10);
  if (process.env.UPDATE_DOCS) writeFileSync(PAGE, made);
  else expect(page).toBe(made);
});

const COMMANDS = [
  'replay logs/ --by month,caller',
  'compare logs/ --before 2026-10 --after 2026-11 --by caller,model',
  'whatif logs/',
  'reconcile logs/ --bill bill/ --as-of 2026-12-10',
  'price amazon.nova-lite-v1:0',
];

test.each([80, 120].flatMap((columns) => COMMANDS.map((command) => [columns, command] as const)))(
  'in %d columns no line is wrapped: %s',
  (columns, command) => {
    const { out } = run(command.split(' '), { cwd: logs, env: { COLUMNS: String(columns) } });
    expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(columns);
  },
);
