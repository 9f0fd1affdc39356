import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { DEMO_FOLDER, ROOT } from '../emulator/environment';
import type { Processes } from '../emulator/processes';
import { parseRecord } from '../../engine/records/parse-record';
import type { LogRecord } from '../traffic/records';

/** Not removed at the end of a run, so that the page can be opened. */
const PREVIEW_FOLDER = path.join(DEMO_FOLDER, 'preview');

/** Draws the dashboards of an assembly with the records that were sent, by `bedrock-observability preview`; returns the path of the page. */
export async function drawPreview(processes: Processes, assembly: string, records: readonly LogRecord[], folder: string): Promise<string> {
  const file = path.join(folder, 'records.ndjson');
  // The demo sends damaged records on purpose, which the preview names and ends with code 3 for.
  const calls = records.filter(({ message }) => parseRecord(message).kind === 'call');
  await writeFile(file, calls.map(({ message }) => `${message}\n`).join(''));
  const commandLine = path.join(ROOT, 'assets', 'command-line', 'index.js');
  const args = [commandLine, 'preview', '--template', assembly, '--records', file, '--out', PREVIEW_FOLDER];
  await processes.run(process.execPath, args, {
    cwd: ROOT,
    env: process.env,
    failureMessage: 'the dashboards could not be drawn: the lines above name the widget',
  });
  return path.relative(ROOT, path.join(PREVIEW_FOLDER, 'index.html'));
}
