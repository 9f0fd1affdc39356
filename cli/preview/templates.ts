import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../failure';

export interface Template {
  readonly file: string;
  readonly template: unknown;
  /** Reads a file that the app uploads, by its key in the bucket of assets. It is gone when the next template is read. */
  readonly asset: (key: string) => string | undefined;
}

/** @throws Failure if there is nothing to show. Asked first: what draws takes longer to load than everything else */
export function checkTemplates({ app, template }: { readonly app?: string; readonly template?: string }): void {
  if (template !== undefined && !existsSync(template)) {
    throw new Failure(`'--template' names '${template}', which does not exist`);
  }
  if (template === undefined && app === undefined && appOf() === undefined) {
    throw new Failure("nothing to show: give '--template FILE' or '--app COMMAND', or run in a folder with a cdk.json");
  }
}

const appOf = (): string | undefined => cdkJson().app;

const cdkJson = (): CdkJson => (existsSync('cdk.json') ? (parseJson('cdk.json') as CdkJson) : {});

/** The templates of a file or folder, or of the app that a command runs; without either, of the app of cdk.json. */
export function templatesOf<T>(
  { app, template }: { readonly app?: string; readonly template?: string },
  use: (template: Template) => T,
): T[] {
  return template === undefined ? synthesized(app, use) : read(template).map(use);
}

function read(path: string): Template[] {
  if (!statSync(path).isDirectory()) {
    return [parse(path)];
  }
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.template.json'));
  if (files.length === 0) {
    throw new Failure(`'--template' names the folder '${path}', which has no *.template.json: cdk synth writes them to cdk.out`);
  }
  return files.sort().map((file) => parse(join(path, file)));
}

function parse(file: string): Template {
  return { file, template: parseJson(file), asset: (key) => assetBeside(file, key) };
}

function parseJson(file: string): unknown {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (/^\s*[^\s{[]/.test(text) && /^(AWSTemplateFormatVersion|Resources|Parameters|Transform|Description)\s*:/m.test(text)) {
      throw new Failure(`'${file}' is a template in YAML: preview reads JSON, as cdk synth writes it to cdk.out/*.template.json`);
    }
    throw new Failure(`'${file}' is no JSON template: ${whyNotJson(text, error as Error)}`);
  }
}

/** In words, of what is taken for a template by mistake; never with what is in the file. */
function whyNotJson(text: string, error: Error): string {
  if (text.trim() === '') return 'it is empty';
  if (/^\s*</.test(text)) return 'it is HTML or XML';
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\uFFFD]/.test(text.slice(0, 100)))
    return 'it is no text in UTF-8. A packed file is to be unpacked, and one of PowerShell to be written as UTF-8';
  const [place] = / at position \d+| in JSON at .*/.exec(error.message) ?? [''];
  return `the JSON is damaged${place.replace(' in JSON', '')}. cdk synth --json and cdk.out/*.template.json have JSON alone`;
}

/** The file that is uploaded under a key: the CDK names it after its hash, beside the template or in a folder above. */
function assetBeside(file: string, key: string): string | undefined {
  for (let folder = dirname(file), depth = 0; depth < 4; folder = dirname(folder), depth++) {
    const path = join(folder, `asset.${basename(key)}`);
    if (existsSync(path)) return readFileSync(path, 'utf8');
  }
  return undefined;
}

interface CdkJson {
  readonly app?: string;
  readonly context?: object;
}

/** Runs the app as the CDK does: it writes its assembly where CDK_OUTDIR says. */
function synthesized<T>(command: string | undefined, use: (template: Template) => T): T[] {
  const config = cdkJson();
  const app = command ?? config.app ?? '';
  const outdir = mkdtempSync(join(tmpdir(), 'preview-'));
  try {
    const env = { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(config.context ?? {}) };
    const { status } = spawnSync(app, { shell: true, env, stdio: ['ignore', process.stderr.fd, process.stderr.fd] });
    if (status !== 0) {
      throw new Failure(`the app '${app}' failed, with its message above`);
    }
    return read(outdir).map(use);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
