import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import Table from 'cli-table3';
import { Command } from 'commander';
import { agents } from './agents';
import { commandStart } from './command-start';
import { emfBytes } from './emf-bytes';
import { handlerWork } from './handler-work';
import { memory } from './memory';
import { moduleLoad } from './module-load';
import { price } from './price';
import { replay } from './replay';
import { replayText } from './replay-text';
import { holds, type Result } from './result';
import { synth } from './synth';
import { traceModule } from './trace-module';

const SUITES: ReadonlyArray<() => Result[] | Promise<Result[]>> = [
  handlerWork,
  emfBytes,
  moduleLoad,
  memory,
  synth,
  price,
  replay,
  replayText,
  agents,
  traceModule,
  commandStart,
];

async function main(): Promise<void> {
  const program = new Command('bench').option('--json <file>', 'write the results to a file').parse();
  const { json } = program.opts<{ json?: string }>();
  const results: Result[] = [];
  for (const suite of SUITES) {
    results.push(...(await suite()));
  }
  const table = new Table({ head: ['', 'ratio', 'bound', 'details'] });
  for (const result of results) {
    table.push([result.name, `${result.ratio.toFixed(3)} ${holds(result) ? '✓' : '✗'}`, result.bound.toFixed(2), result.details]);
  }
  console.log(`Node ${process.versions.node}, ${cpus().length} cores\n${table.toString()}`);
  if (json !== undefined) {
    writeFileSync(json, `${JSON.stringify(results, null, 2)}\n`);
  }
}

void main();
