import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { compareCommand } from './commands/compare';
import { digestCommand } from './commands/digest';
import { previewCommand } from './commands/preview';
import { priceCommand } from './commands/price';
import { replayCommand } from './commands/replay';
import { tracesCommand } from './commands/traces';
import { whatifCommand } from './commands/whatif';
import { ExitCode, Failure } from './failure';
import { printable, printableLines } from './terminal';

/** Every command, in the order of the help. */
const COMMANDS: ReadonlyArray<() => Command> = [
  priceCommand,
  replayCommand,
  compareCommand,
  whatifCommand,
  previewCommand,
  digestCommand,
  tracesCommand,
];

export function createProgram(): Command {
  const program = new Command('bedrock-observability')
    .description('what Amazon Bedrock calls cost, and why')
    .version(version)
    .configureOutput({ outputError: (text, write) => write(printableLines(text)) })
    .exitOverride();
  COMMANDS.forEach((create) => addCommand(program, create()));
  return program;
}

/** Commands in commands get the same settings. */
function addCommand(program: Command, command: Command): void {
  [command, ...command.commands].forEach((each) => each.copyInheritedSettings(program));
  program.addCommand(command);
}

/** Runs the command that the arguments name, and sets the exit code of the process. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    // Commander has printed its own errors, and the help, already.
    if (!(error instanceof CommanderError)) process.stderr.write(`error: ${printable((error as Error).message)}\n`);
  }
}

function exitCodeOf(error: unknown): number {
  return error instanceof Failure || error instanceof CommanderError ? error.exitCode : ExitCode.UNUSABLE;
}
