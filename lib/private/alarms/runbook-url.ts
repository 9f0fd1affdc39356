import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { packageRoot } from '../handler-code';

const { version } = JSON.parse(readFileSync(path.join(packageRoot(__dirname), 'package.json'), 'utf8')) as { version: string };

/** The runbooks of this version, which are in the package too, in `docs/runbooks/`. */
const RUNBOOKS_URL = `https://github.com/cdk-bedrock-observability/cdk-bedrock-observability/blob/v${version}/docs/runbooks`;

/** Where a runbook of this library is found. */
export function runbookUrl(page: string, base: string = RUNBOOKS_URL): string {
  return `${base.replace(/\/$/, '')}/${page}.md`;
}
