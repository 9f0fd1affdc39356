import { Readable } from 'node:stream';
import { sourceOf } from '../../cli/input/parts';
import { readSource } from '../../cli/input/record-reader';
import type { Call, UnusableRecord } from '../../engine/records/call';

export interface Found {
  /** Everything that was parsed, without the times of unusable records, of which some forms know more. */
  readonly records: readonly unknown[];
  /** `call`, or why a record is unusable. */
  readonly reasons: readonly string[];
  readonly times: readonly (number | undefined)[];
  readonly ids: readonly (string | undefined)[];
  readonly lines: readonly number[];
  /** Why the source could not be read to its end. */
  readonly error?: string;
}

/** Reads the records of a file with that content, which arrives in chunks. */
export async function found(content: string | Buffer, chunkSize = 65_536): Promise<Found> {
  const parsed: (Call | UnusableRecord)[] = [];
  const lines: number[] = [];
  const record = (each: Call | UnusableRecord, _: () => string, line: number) => {
    parsed.push(each);
    lines.push(line);
  };
  const error = await readSource(sourceOf({ name: 'test', open: () => streamOf(Buffer.from(content), chunkSize) }), { record }).then(
    () => undefined,
    (reason: Error) => reason.message,
  );
  return {
    records: parsed.map((each) => (each.kind === 'call' ? each : { ...each, time: undefined })),
    reasons: parsed.map((each) => (each.kind === 'call' ? 'call' : each.reason)),
    times: parsed.map(({ time }) => time),
    ids: parsed.map(({ requestId }) => requestId),
    lines,
    error,
  };
}

function streamOf(bytes: Buffer, chunkSize: number): Readable {
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkSize) }, (_, n) => bytes.subarray(n * chunkSize, (n + 1) * chunkSize));
  return Readable.from(chunks, { objectMode: false });
}
