import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { record, scramble, textOf } from './batches';
import { median, type Result } from './result';

const RECORDS = 10_000;
const BODY_LENGTH = 20_000;
const ROUNDS = 5;

/** The version of the PyPI package that the bound was set with. Another one is used as well, and named. */
const DUCKDB = '2.0.1';
const PYTHON = process.env.PYTHON ?? 'python3';

/** Tokens by model: the least that a report of costs needs. Records of a model without a counter have null there. */
const SUMS = `
import os, sys, duckdb
duckdb.sql(f"""
  SELECT modelId, sum(CAST(input->>'inputTokenCount' AS BIGINT)), sum(CAST(output->>'outputTokenCount' AS BIGINT))
  FROM read_json('{sys.argv[1]}', format = 'newline_delimited', columns = {{modelId: 'VARCHAR', input: 'JSON', output: 'JSON'}})
  GROUP BY modelId
""").fetchall()
print(sum(os.times()[:2]) * 1000)
`;

/** Loaded before the command: writes its processor time to a file when it ends. */
const CPU_TIME = `
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('node:fs').writeFileSync(process.env.CPU_TIME_FILE, String((user + system) / 1000));
});
`;

/** Processor time of `replay` of a log with texts, against DuckDB, which sums tokens of the same file on all cores. */
export function replayText(): Result[] {
  const version = duckdbVersion();
  if (version === undefined) return [];
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const path = writeTexts(folder);
    const times = Array.from({ length: ROUNDS }, () => ({
      replay: millisOfReplay(folder, path),
      duckdb: Number(execFileSync(PYTHON, ['-c', SUMS, path], { encoding: 'utf8' })),
    }));
    const [replay, duckdb] = [median(times.map((time) => time.replay)), median(times.map((time) => time.duckdb))];
    const ratio = median(times.map((time) => time.replay / time.duckdb));
    const details = `${replay.toFixed(0)} against ${duckdb.toFixed(0)} ms, ${RECORDS} records of 20 KB, DuckDB ${version}`;
    return [{ name: 'replay of texts against DuckDB summing tokens of the same file', ratio, bound: 1.1, better: 'lower', details }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Undefined, with a note, where Python or the package is missing. */
function duckdbVersion(): string | undefined {
  try {
    return execFileSync(PYTHON, ['-c', 'import duckdb; print(duckdb.__version__)'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    console.warn(`not measured: replay against DuckDB. It needs ${PYTHON} (or PYTHON) with duckdb==${DUCKDB}`);
    return undefined;
  }
}

function writeTexts(folder: string): string {
  const path = join(folder, 'texts.ndjson');
  const file = openSync(path, 'w');
  const [start, body] = [Date.UTC(2026, 10, 20), textOf(BODY_LENGTH, false)];
  for (let i = 0; i < RECORDS; i++) writeSync(file, `${JSON.stringify(record(i, start + i * 40, scramble(body, i)))}\n`);
  closeSync(file);
  return path;
}

function millisOfReplay(folder: string, path: string): number {
  const [script, file] = [join(folder, 'cpu-time.cjs'), join(folder, 'cpu-time')];
  writeFileSync(script, CPU_TIME);
  const command = resolve('assets/command-line/index.js');
  const env = { ...process.env, CPU_TIME_FILE: file };
  execFileSync(process.execPath, ['--require', script, command, 'replay', path], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  return Number(readFileSync(file, 'utf8'));
}
