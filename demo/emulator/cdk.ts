import * as path from 'node:path';
import { ACCOUNT, REGION, ROOT } from './environment';
import type { Processes } from './processes';

const CDK = path.join(ROOT, 'node_modules', '.bin', 'cdk');

/** The real CDK command line, pointed at the emulator by its environment. Each run writes to a folder of its own. */
export class Cdk {
  constructor(
    private readonly processes: Processes,
    private readonly env: NodeJS.ProcessEnv,
    private readonly folder: string,
    private readonly onLine: (line: string) => void,
  ) {}

  async bootstrap(): Promise<void> {
    // Outside the project, so that the sample app is not synthesized for it.
    await this.run('cdk bootstrap failed: the lines above say why, run again', this.folder, ['bootstrap', `aws://${ACCOUNT}/${REGION}`]);
  }

  async synth(): Promise<string> {
    const output = path.join(this.folder, 'cdk.out');
    await this.run("cdk synth of the sample stack failed: 'npm run synth' shows it alone", ROOT, ['synth', '--quiet', '-o', output]);
    return output;
  }

  async deploy(assembly: string): Promise<void> {
    await this.run('cdk deploy of the sample stack failed: the lines above name the resource, correct it and run again', this.folder, [
      'deploy',
      '--all',
      '--app',
      assembly,
      '--require-approval',
      'never',
      '--progress',
      'events',
    ]);
  }

  async destroy(assembly: string): Promise<void> {
    await this.run('cdk destroy of the sample stack failed: the lines above name the resource, correct it and run again', this.folder, [
      'destroy',
      '--all',
      '--force',
      '--app',
      assembly,
    ]);
  }

  private async run(otherwise: string, cwd: string, args: readonly string[]): Promise<void> {
    const [command, ...rest] = args as [string, ...string[]];
    await this.processes.run(CDK, [command, ...rest, '--no-notices', '--no-color'], { cwd, env: this.env, onLine: this.onLine, otherwise });
  }
}
