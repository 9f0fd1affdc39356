import * as path from 'node:path';
import { ACCOUNT, REGION, ROOT, SPAN_LOG_GROUP, USAGE_LOG_GROUP } from './environment';
import type { Processes } from './processes';

const CDK = path.join(ROOT, 'node_modules', '.bin', 'cdk');

type OnLine = (line: string) => void;

/** The real CDK command line, pointed at the emulator by its environment. */
export class Cdk {
  constructor(
    private readonly processes: Processes,
    private readonly env: NodeJS.ProcessEnv,
    /** Of this run: all output goes there. */
    private readonly folder: string,
  ) {}

  async bootstrap(onLine: OnLine): Promise<void> {
    // Outside the project, so that the sample app is not synthesized for it.
    await this.run(
      ['bootstrap', `aws://${ACCOUNT}/${REGION}`],
      this.folder,
      onLine,
      'cdk bootstrap failed: the lines above say why, run again',
    );
  }

  async synth(onLine: OnLine): Promise<string> {
    const output = path.join(this.folder, 'cdk.out');
    const failureMessage = "cdk synth of the sample stack failed: 'npm run synth' shows it alone";
    const context = ['-c', `spanLogGroup=${SPAN_LOG_GROUP}`, '-c', `usageLogGroup=${USAGE_LOG_GROUP}`];
    await this.run(['synth', '--quiet', ...context, '-o', output], ROOT, onLine, failureMessage);
    return output;
  }

  async deploy(assembly: string, onLine: OnLine): Promise<void> {
    const args = ['deploy', '--all', '--app', assembly, '--require-approval', 'never', '--progress', 'events'];
    await this.run(args, this.folder, onLine, failureOf('deploy'));
  }

  async destroy(assembly: string, onLine: OnLine): Promise<void> {
    await this.run(['destroy', '--all', '--force', '--app', assembly], this.folder, onLine, failureOf('destroy'));
  }

  private async run(args: readonly string[], cwd: string, onLine: OnLine, failureMessage: string): Promise<void> {
    await this.processes.run(CDK, [...args, '--no-notices', '--no-color'], { cwd, env: this.env, onLine, failureMessage });
  }
}

function failureOf(command: string): string {
  return `cdk ${command} of the sample stack failed: the lines above name the resource, correct it and run again`;
}
