import * as zlib from 'node:zlib';
import { type Compressors, parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';

/** Node.js has zstd since 22.15. The types are those of the oldest version that is supported. */
const { zstdDecompressSync } = zlib as { readonly zstdDecompressSync?: (bytes: Uint8Array) => Uint8Array };

/** Exports of AWS are compressed with Snappy, which the reader has itself. */
const COMPRESSORS: Compressors = {
  GZIP: (bytes) => zlib.gunzipSync(bytes),
  BROTLI: (bytes) => zlib.brotliDecompressSync(bytes),
  ...(zstdDecompressSync && { ZSTD: (bytes: Uint8Array) => zstdDecompressSync(bytes) }),
};

/** So many rows are in memory as objects at a time, at most. */
const ROWS = 20_000;

/** A Parquet file: the names of its columns, and its rows with values as CSV writes them. */
export interface ParquetFile {
  readonly columns: readonly string[];
  rows(columns: readonly string[]): AsyncGenerator<Readonly<Record<string, string>>>;
}

/** @throws if the bytes are no whole Parquet file, or in a form that cannot be read */
export function openParquet(bytes: Buffer): ParquetFile {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const metadata = parquetMetadata(file);
  const total = Number(metadata.num_rows);
  return {
    columns: parquetSchema(metadata).children.map(({ element }) => element.name),
    async *rows(columns) {
      for (let rowStart = 0; rowStart < total; rowStart += ROWS) {
        const rowEnd = Math.min(rowStart + ROWS, total);
        const options = { file, metadata, columns: [...columns], rowStart, rowEnd, compressors: COMPRESSORS };
        for (const row of await parquetReadObjects(options)) yield textsOf(row);
      }
    },
  };
}

const textsOf = (row: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, textOf(value)]])),
  );

/** Numbers have twelve digits behind the point, as the queries of Athena write them: a double has no last digit that says how it was rounded. */
function textOf(value: unknown): string {
  if (typeof value === 'number') return value.toFixed(12);
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | bigint | boolean);
}
