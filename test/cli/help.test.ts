import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { ExitCode } from '../../cli/failure';
import { commonOptions, createProgram } from '../../cli/program';
import { runInProcess } from './command-line';

const PAGE = readFileSync(join(__dirname, '..', '..', 'docs', 'command-line.md'), 'utf8');
const COMMANDS = createProgram().commands;
const COMMON = commonOptions().map(({ long }) => long);

/** The section of a command in the docs. */
const sectionOf = (command: Command): string => new RegExp(`^## \`${command.name()}\\b[^]*?(?=^## |$(?![^]))`, 'm').exec(PAGE)?.[0] ?? '';

test.each(COMMANDS.map((command) => [command.name(), command] as const))('%s: the docs have its options, and no others', (_, command) => {
  const documented = [...sectionOf(command).matchAll(/^\| `(--[a-z-]+)/gm)].map(([, flag]) => flag);
  const options = [command, ...command.commands]
    .flatMap((each) => each.options.map(({ long }) => long))
    .filter((long) => !COMMON.includes(long));
  expect(documented.sort()).toEqual([...new Set(options)].sort());
});

test('the docs have the options of every command', () => {
  const section = /^## Options of every command$[^]*?(?=^## )/m.exec(PAGE)?.[0] ?? '';
  expect([...section.matchAll(/^\| `(--[a-z-]+)/gm)].map(([, flag]) => flag)).toEqual(COMMON);
});

test.each(COMMANDS.flatMap((command) => command.commands.map((each) => [command, each] as const)))(
  'the docs have each command of a command',
  (command, each) => {
    expect(sectionOf(command)).toContain(`\`${command.name()} ${each.name()}\``);
  },
);

test('the docs have every exit code', () => {
  const codes = Object.values(ExitCode).filter((code) => typeof code === 'number');
  codes.forEach((code) => expect(PAGE).toMatch(new RegExp(`^\\| ${code} \\|`, 'm')));
});

test.each<[string[], number, string]>([
  [['--version'], 0, '0.1.0'],
  [['--help'], 0, 'replay [options] <path...>'],
  [['replay', '--help'], 0, '--overrides <file>'],
])('%j', async (args, code, text) => {
  expect(await runInProcess(args)).toMatchObject({ code, out: expect.stringContaining(text), err: '' });
});

test.each([
  [['colour'], "error: unknown command 'colour'"],
  [['replay'], "error: missing required argument 'path'"],
  [['price', 'x', '--tire', 'flex'], '(Did you mean --tier?)'],
])('fails for %j', async (args, message) => {
  expect(await runInProcess(args)).toMatchObject({ code: 1, out: '', err: expect.stringContaining(message) });
});
