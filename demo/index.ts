import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import pc from 'picocolors';
import { Demo } from './demo';
import { isolated } from './emulator/environment';
import { Failure } from './failure';
import { Processes } from './emulator/processes';
import { complaintsAbout } from './report/complaints';
import { figuresOf } from './report/figures';
import { keepText } from './report/keep-text';
import { reportOf } from './report/report';
import { Steps } from './report/steps';
import { plain } from './report/text-layout';

interface Flags {
  readonly json?: string;
  readonly records?: readonly string[];
  readonly organization?: boolean;
  readonly keep?: boolean;
  readonly port: number;
}

const flags = new Command('npm run demo --')
  .description(
    'Deploys the sample stack to a local AWS emulator, sends Bedrock invocation records and shows what they cost. Needs no AWS account.',
  )
  .option('--json <file>', 'write the figures to a file')
  .option('--records <path...>', 'send your own exported records: files, folders or - for stdin, in every form that replay reads')
  .addOption(new Option('--organization', 'records of two accounts in three Regions, in one central log group').conflicts('records'))
  .option('--keep', 'leave everything running and say how to look around')
  .option('--port <number>', 'port of the emulator on 127.0.0.1', portOf, 4566)
  .parse()
  .opts<Flags>();

// Before any client exists, so that none can read the user's AWS settings.
process.env = isolated(process.env, flags.port);

const steps = new Steps();
const demo = new Demo(flags, new Processes(), steps);

// At once and in one go, so that nothing can be started meanwhile. A second Ctrl-C finds nothing left to do.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    demo.cleanUpNow();
    console.log('\ninterrupted: everything is stopped and removed');
    process.exit(130);
  });
}
// Also after an exit that nothing else has handled: no child process and no folder of this run stays.
process.once('exit', () => demo.cleanUpNow());

void main().catch(async (error: Error) => {
  printFailure(error);
  const log = demo.keepEmulatorLog();
  if (log !== undefined) {
    console.error(`the log of the emulator: ${log}`);
  }
  await demo.cleanUp();
  process.exit(1);
});

async function main(): Promise<void> {
  if (process.platform === 'win32') {
    throw new Failure('the demo runs on Linux and macOS: on Windows, run it inside WSL');
  }
  const result = await demo.run();
  if (flags.keep) {
    const kept = keepText({ port: flags.port, groups: demo.release(), dashboard: result.dashboards[0]!.name });
    console.log(`\n${reportOf(result)}\n\n${kept}`);
  } else {
    await demo.destroy();
    await steps.run('stop and clean up', () => demo.cleanUp());
    console.log(`\n${reportOf(result)}`);
  }
  if (flags.json) {
    await writeFile(flags.json, `${JSON.stringify(figuresOf(result, steps.done), undefined, 2)}\n`);
  }
  const complaints = complaintsAbout(result);
  if (complaints.length > 0) {
    throw new Failure(`the figures are wrong: ${complaints.join('; ')}`);
  }
}

function printFailure(error: Error): void {
  const details = error instanceof Failure ? error.details : (error.stack ?? '').split('\n').slice(1);
  details.forEach((line) => console.error(pc.dim(`  ${plain(line)}`)));
  console.error(`${pc.red('demo failed:')} ${plain(error.message)}`);
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1024 || port > 65535) {
    throw new InvalidArgumentError(`must be a whole number from 1024 to 65535, got '${text}'`);
  }
  return port;
}
