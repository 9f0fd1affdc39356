import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { type Command, Option } from 'commander';
import { isObject, type Json } from '../../engine/records/json';
import { Failure } from '../failure';
import { suggestion } from '../suggest';
import { readJson } from './option-file';

/** Read where the command is called, if it is there. */
const DEFAULT_FILE = 'bedrock-observability.json';

/**
 * Options that a file can set. None of them writes a file or runs a command: the file may be in a folder that someone else
 * has made.
 */
const SETTABLE = ['by', 'catalogue', 'format', 'model', 'overrides', 'profiles', 'region', 'sort', 'tier', 'time-zone', 'top'];
const PATHS: ReadonlySet<string> = new Set(['catalogue', 'overrides', 'profiles']);

export const configOption = (): Option =>
  new Option('--config <file>', `JSON with defaults of options (default: ${DEFAULT_FILE} in this folder, if there is one)`);

/**
 * Gives the options of a command the values of the file of defaults, where the command line has none. Those under the name of
 * a command are for it alone, and count more than those for all.
 *
 * @throws Failure for a value that the option does not take, and for a name that no file can set
 */
export async function applyConfig(command: Command): Promise<void> {
  const asked = command.opts<{ config?: string }>().config;
  const file = asked ?? DEFAULT_FILE;
  if (asked === undefined && !existsSync(file)) return;
  const config = await readJson('--config', file);
  if (!isObject(config)) throw new Failure(`'--config' must be an object like { "time-zone": "Europe/Berlin" }, in '${file}'`);

  const commands = allCommands(command).map((each) => each.name());
  const forAll = Object.fromEntries(Object.entries(config).filter(([name]) => !commands.includes(name)));
  const own = config[command.parent?.parent ? command.parent.name() : command.name()] ?? {};
  if (!isObject(own)) throw new Failure(`'--config' must have an object under '${command.name()}', in '${file}'`);
  for (const name of [...Object.keys(forAll), ...Object.keys(own)]) {
    if (!SETTABLE.includes(name)) {
      throw new Failure(
        `'--config' cannot set '${name}'${suggestion(name, [...SETTABLE, ...commands]) || `: it sets ${SETTABLE.join(', ')}`}, in '${file}'`,
      );
    }
  }
  for (const [name, value] of Object.entries({ ...forAll, ...own } as Json)) set(command, name, value, file);
}

function set(command: Command, name: string, value: unknown, file: string): void {
  const option = command.options.find(({ long }) => long === `--${name}`);
  if (!option) return;
  const source = command.getOptionValueSource(option.attributeName());
  if (source === 'cli') return;
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new Failure(`'--config' must give '${name}' as a text or a number, got ${JSON.stringify(value)}, in '${file}'`);
  }
  const text = PATHS.has(name) ? pathFrom(file, String(value)) : String(value);
  try {
    const parsed: unknown = option.parseArg ? option.parseArg(text, option.defaultValue) : text;
    command.setOptionValueWithSource(option.attributeName(), parsed, 'config');
  } catch (error) {
    throw new Failure(`'--config' cannot set '${name}' to '${text}': ${(error as Error).message}, in '${file}'`);
  }
}

/** Paths in the file are beside it. */
const pathFrom = (file: string, path: string): string => (isAbsolute(path) || path.startsWith('s3://') ? path : join(dirname(file), path));

function allCommands(command: Command): readonly Command[] {
  let root = command;
  while (root.parent) root = root.parent;
  return root.commands;
}
