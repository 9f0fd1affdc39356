import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../failure';

export interface Template {
  readonly file: string;
  readonly template: unknown;
}

/** The templates of a file or folder, or of the app that a command runs; without either, of the app of cdk.json. */
export function templatesOf({ app, template }: { readonly app?: string; readonly template?: string }): Template[] {
  return template === undefined ? synthesized(app) : read(template);
}

function read(path: string): Template[] {
  if (!existsSync(path)) {
    throw new Failure(`'--template' names '${path}', which does not exist`);
  }
  if (!statSync(path).isDirectory()) {
    return [parse(path)];
  }
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.template.json'));
  if (files.length === 0) {
    throw new Failure(`'--template' names the folder '${path}', which has no *.template.json`);
  }
  return files.sort().map((file) => parse(join(path, file)));
}

function parse(file: string): Template {
  try {
    return { file, template: JSON.parse(readFileSync(file, 'utf8')) as unknown };
  } catch (error) {
    throw new Failure(`'${file}' is no JSON template: ${(error as Error).message}`);
  }
}

interface CdkJson {
  readonly app?: string;
  readonly context?: object;
}

/** Runs the app as the CDK does: it writes its assembly where CDK_OUTDIR says. */
function synthesized(command: string | undefined): Template[] {
  const config = existsSync('cdk.json') ? (parse('cdk.json').template as CdkJson) : {};
  const app = command ?? config.app;
  if (app === undefined) {
    throw new Failure("nothing to show: give '--template FILE' or '--app COMMAND', or run in a folder with a cdk.json");
  }
  const outdir = mkdtempSync(join(tmpdir(), 'preview-'));
  try {
    const env = { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(config.context ?? {}) };
    const { status } = spawnSync(app, { shell: true, env, stdio: ['ignore', process.stderr.fd, process.stderr.fd] });
    if (status !== 0) {
      throw new Failure(`the app '${app}' failed, with its message above`);
    }
    return read(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
