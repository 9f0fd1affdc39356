import { Command, CommanderError, Option } from 'commander';
import { version } from '../package.json';
import { compareCommand } from './commands/compare';
import { completionCommand } from './commands/completion';
import { digestCommand } from './commands/digest';
import { previewCommand } from './commands/preview';
import { priceCommand } from './commands/price';
import { reconcileCommand } from './commands/reconcile';
import { replayCommand } from './commands/replay';
import { tracesCommand } from './commands/traces';
import { whatifCommand } from './commands/whatif';
import { ExitCode, Failure } from './failure';
import { messageFor, setQuiet } from './notices';
import { applyConfig, configOption } from './options/config-file';
import { printableJson } from './terminal';

/** Every command, in the order of the help. */
const COMMANDS: ReadonlyArray<() => Command> = [
  priceCommand,
  replayCommand,
  compareCommand,
  whatifCommand,
  reconcileCommand,
  previewCommand,
  digestCommand,
  tracesCommand,
  completionCommand,
];

/** Commander puts what could have been meant on a second line. Other line feeds are those of an argument. */
const BEFORE_SUGGESTION = /\n(?=\(Did you mean )/;

export function createProgram(): Command {
  const program = new Command('bedrock-observability')
    .description('what Amazon Bedrock calls cost, and why')
    .version(version)
    .configureOutput({ outputError: (text) => text.trimEnd().split(BEFORE_SUGGESTION).forEach(printError) })
    .exitOverride()
    .hook('preAction', async (_, command) => {
      setQuiet(command.opts<{ quiet?: boolean }>().quiet === true);
      await applyConfig(command);
    });
  COMMANDS.forEach((create) => addCommand(program, create()));
  return program;
}

/** Options of every command. */
export const commonOptions = (): readonly Option[] => [
  configOption(),
  new Option('--quiet', 'no progress and no notes: only results, and errors that end the command'),
];

/** Commands in commands get the same settings. */
function addCommand(program: Command, command: Command): void {
  for (const each of [command, ...command.commands]) {
    each.copyInheritedSettings(program);
    if (each.commands.length === 0) commonOptions().forEach((option) => each.addOption(option));
  }
  program.addCommand(command);
}

/** Runs the command that the arguments name, and sets the exit code of the process. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync(args, { from: 'user' });
  } catch (error) {
    const exitCode = exitCodeOf(error);
    process.exitCode = exitCode;
    // The help and the version are no errors.
    if (exitCode === 0) return;
    const message = (error as Error).message.replace(/^error: /, '');
    // Commander has printed its own errors already.
    if (!(error instanceof CommanderError)) printError(`error: ${message}`);
    if (asksForJson(args)) process.stdout.write(`${printableJson({ error: { message, exitCode } })}\n`);
  }
}

const printError = (text: string): void => void process.stderr.write(messageFor(process.stderr, text));

/** Whether the result would have been JSON on stdout. Behind some `--json` is a file, to which records go. */
function asksForJson(args: readonly string[]): boolean {
  if (args.includes('--format=json') || args.some((arg, at) => arg === '--format' && args[at + 1] === 'json')) return true;
  const command = createProgram().commands.find((each) => each.name() === args[0]);
  return args.includes('--json') && command?.options.some(({ long, required }) => long === '--json' && !required) === true;
}

function exitCodeOf(error: unknown): number {
  return error instanceof Failure || error instanceof CommanderError ? error.exitCode : ExitCode.UNUSABLE;
}
