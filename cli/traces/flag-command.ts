import { Command } from 'commander';
import { readSpanId } from '../../engine/agents/readers';
import { Failure } from '../failure';
import { countOf, printable } from '../terminal';
import { changeFlags, DEFAULT_FLAG_FILE } from './flag-file';

const LABEL = /^[\p{L}\p{N}][\p{L}\p{N}_.:-]{0,39}$/u;
const MAX_NOTE = 200;

interface Options {
  readonly as: string;
  readonly span?: string;
  readonly note?: string;
  readonly remove?: boolean;
  readonly flags: string;
}

/** `traces flag TRACE…`: marks traces for review, or one span of a trace. */
export function flagCommand(): Command {
  return new Command('flag')
    .description('mark traces, or one span, for review')
    .argument('<trace...>', 'ids of traces')
    .option('--as <label>', 'what is wrong, in one word', 'review')
    .option('--span <id>', 'only this span of the trace')
    .option('--note <text>', 'what a reviewer is to know; a prompt or an answer is not for here')
    .option('--remove', 'take the flag off again')
    .option('--flags <file>', 'where flags are kept, as a file or s3://bucket/key', DEFAULT_FLAG_FILE)
    .action(flag);
}

async function flag(traces: readonly string[], { as: label, span, note, remove, flags: file }: Options): Promise<void> {
  if (!LABEL.test(label)) throw new Failure(`'--as' must be one word of up to 40 letters, digits, dots and dashes, got '${label}'`);
  if (note !== undefined && note.length > MAX_NOTE)
    throw new Failure(`'--note' must not be longer than ${MAX_NOTE} characters, got ${note.length}`);
  if (span !== undefined && traces.length > 1) throw new Failure("'--span' is of one trace: name only that");
  const spanId = span === undefined ? undefined : idOf('--span', span);
  const at = new Date().toISOString();
  const marks = traces.map((trace) => ({ traceId: idOf('a trace', trace), spanId, label, note, at }));
  let missing = 0;
  await changeFlags(file, (known) => {
    missing = marks.filter((mark) => !known.has(mark)).length;
    return remove ? known.without(marks) : known.with(marks);
  });
  if (remove && missing > 0)
    throw new Failure(`${countOf(missing, 'flag')} '${label}' to remove ${missing === 1 ? 'is' : 'are'} not in '${file}'`);
  process.stdout.write(`${countOf(marks.length, 'flag')} '${label}' ${remove ? 'removed from' : 'written to'} ${printable(file)}\n`);
}

function idOf(what: string, text: string): string {
  const id = readSpanId(text);
  // A path is easily taken for what is flagged.
  if (id === undefined || !/^[\w-]+$/.test(id)) throw new Failure(`${what} must be an id as 'traces list --json -' has it, got '${text}'`);
  return id;
}
