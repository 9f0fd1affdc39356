import { Command } from 'commander';
import { version } from '../package.json';
import { digestCommand } from './commands/digest';
import { previewCommand } from './commands/preview';
import { priceCommand } from './commands/price';
import { replayCommand } from './commands/replay';
import { Failure } from './failure';

/** Runs the command that the arguments of this process name, and sets its exit code. */
export async function main(): Promise<void> {
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

  const program = new Command('bedrock-observability')
    .description('what Amazon Bedrock calls cost, and why')
    .version(version)
    .addCommand(priceCommand())
    .addCommand(replayCommand())
    .addCommand(previewCommand())
    .addCommand(digestCommand());

  try {
    await program.parseAsync();
  } catch (error) {
    console.error(`error: ${(error as Error).message}`);
    process.exitCode = error instanceof Failure ? error.exitCode : 1;
  }
}
