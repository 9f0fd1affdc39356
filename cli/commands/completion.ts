import { Argument, Command, InvalidArgumentError } from 'commander';
import { completionOf, type Shell, SHELLS } from '../completion';
import { suggestion } from '../suggest';

/** `completion SHELL`: writes a script for the shell. */
export function completionCommand(): Command {
  const shell = new Argument('<shell>', 'bash, zsh or fish').argParser((text: string) => {
    if ((SHELLS as readonly string[]).includes(text)) return text;
    throw new InvalidArgumentError(suggestion(text, SHELLS).slice(2) || `Allowed choices are ${SHELLS.join(', ')}.`);
  });
  return new Command('completion')
    .description('write a script that completes commands, options and their values in a shell')
    .addArgument(shell)
    .action((name: Shell, _: unknown, command: Command) => {
      process.stdout.write(`${completionOf(command.parent!, name)}\n`);
    });
}
