import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { createProgram } from '../../cli/program';
import { codeBlocksOf, PAGES, textOf, type CodeBlock } from './code-blocks';

const BLOCKS = PAGES.flatMap(codeBlocksOf);
const inLanguage = (...languages: string[]) => BLOCKS.filter(({ language }) => languages.includes(language));
const at = ({ page, line }: CodeBlock, error: unknown): string => `${page}:${line}: ${String(error)}`;

/** What an interpreter says against a text; undefined where the interpreter is not on this machine. */
function complaint(command: string, args: readonly string[], input: string): string | undefined {
  const { status, stderr, error } = spawnSync(command, args, { input, encoding: 'utf8' });
  return error || status === 0 ? undefined : stderr.trim().split('\n').at(-1);
}

test('JSON in the docs can be read', () => {
  const errors = inLanguage('json').flatMap((block) => {
    try {
      JSON.parse(block.code);
      return [];
    } catch (error) {
      return [at(block, error)];
    }
  });
  expect(errors).toEqual([]);
});

test.each([
  ['python', 'python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())']],
  ['yaml', 'python3', ['-c', 'import sys, importlib.util as u\nif u.find_spec("yaml"): import yaml; yaml.safe_load(sys.stdin)']],
  ['sh', 'bash', ['-n']],
])('%s in the docs can be parsed, where %s is there', (language, command, args) => {
  const blocks = inLanguage(language);
  expect(blocks).not.toEqual([]);
  const errors = blocks.flatMap((block) => {
    const text = complaint(command, args, block.code);
    return text === undefined ? [] : [at(block, text)];
  });
  expect(errors).toEqual([]);
});

/** The command line as it is written in blocks and within sentences: the name, and what follows on the line. */
const COMMAND_LINE = /(?:^|[\s`(])(?:npx (?:cdk-)?bedrock-observability|bedrock-observability) ([^`\n|>#]*)/g;

/** Why there is no such command or option; undefined where all are there. */
function unknownIn(text: string): string | undefined {
  const words = text.trim().split(/\s+/);
  const program = createProgram();
  if (/^(--|COMMAND|is|and|that)/.test(words[0]!)) return undefined;
  let command: Command | undefined = program.commands.find((each) => each.name() === words[0]);
  if (!command) return `no command '${words[0]!}'`;
  command = command.commands.find((each) => each.name() === words[1]) ?? command;
  const options = [...command.options, ...program.options].flatMap(({ long, short }) => [long, short]);
  const wrong = words
    .map((word) => word.replace(/^\[|[\],.;:]+$|=.*$/g, ''))
    .find((word) => /^--[a-z]/.test(word) && !options.includes(word));
  return wrong === undefined ? undefined : `${command.name()} has no option '${wrong}'`;
}

test('commands in the docs are there, with the options that they are given', () => {
  const used = PAGES.filter((page) => page !== 'CHANGELOG.md').flatMap((page) =>
    [
      ...textOf(page)
        .replaceAll(/\\\n\s*/g, ' ')
        .matchAll(COMMAND_LINE),
    ].map(([, text]) => [page, text!] as const),
  );
  expect(used.length).toBeGreaterThan(20);
  const errors = used.flatMap(([page, text]) => {
    const unknown = unknownIn(text);
    return unknown === undefined ? [] : [`${page}: '${text}': ${unknown}`];
  });
  expect(errors).toEqual([]);
});

test('such a command is found in blocks and sentences, and a wrong one is named', () => {
  const found = ['npx cdk-bedrock-observability replay x', 'see `bedrock-observability price m`.'].flatMap((text) => [
    ...text.matchAll(COMMAND_LINE),
  ]);
  expect(found.map(([, text]) => text)).toEqual(['replay x', 'price m']);
  expect(['relay x', 'replay x --bye day', 'replay x --by day'].map(unknownIn)).toEqual([
    "no command 'relay'",
    "replay has no option '--bye'",
    undefined,
  ]);
});

test('scripts that the docs run are in package.json', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const used = PAGES.flatMap((page) => [...textOf(page).matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name]) => name!));
  expect(used.filter((name) => !(name in scripts))).toEqual([]);
});

test('the command line is run by the name of the package: npx would ask the registry for another one of the name of the command', () => {
  const explained = ['CHANGELOG.md', 'docs/releasing.md', 'docs/adr/0010-the-command-line-is-a-package-too.md'];
  const pages = PAGES.filter((page) => !explained.includes(page));
  expect(pages.filter((page) => /\bnpx bedrock-observability\b/.test(textOf(page)))).toEqual([]);
});
