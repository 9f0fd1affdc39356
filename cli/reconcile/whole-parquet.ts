import type { Readable } from 'node:stream';

const GIB = 1024 ** 3;

/** The map of product attributes is JSON in CSV. FOCUS has none. */
const AS_CSV = `duckdb -c "COPY (SELECT * REPLACE (to_json(product) AS product) FROM 'FILE') TO '/dev/stdout' (FORMAT csv)"`;

/**
 * The bytes of a Parquet file. It is read from its end, so that it is in memory as a whole.
 *
 * @throws for more than a limit, with the command that makes CSV of it, which is read as it arrives
 */
export async function wholeParquet(stream: Readable, mostBytes = GIB): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += (chunk as Buffer).length;
    if (size > mostBytes) {
      throw new Error(
        `it is larger than ${mostBytes / GIB} GiB: pipe the output of ${AS_CSV} into this command, with --bill - (for FOCUS without REPLACE)`,
      );
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
