import * as zlib from 'node:zlib';
import { base64Decoded } from './base64';
import type { ByteReader } from './byte-reader';
import { gunzipped } from './gzip';
import type { Entry } from './source';
import { entriesOfTar } from './tar';
import { CHUNK, type Engine, unpackedBy } from './unpacked';
import { entriesOfZip } from './zip';

/** A way to pack files, recognised by the bytes that they have at one place. */
export interface Packing {
  readonly name: string;
  /** In hexadecimal digits, as a regular expression. */
  readonly magic: string;
  readonly at?: number;
  /** Absent where Node.js cannot unpack it. */
  readonly unpack?: Unpack;
  /** The files in it, where it is an archive. */
  readonly entries?: (archive: ByteReader) => AsyncIterable<Entry>;
  /** What writes the text of a file to stdout. */
  readonly command: string;
}

/** Unpacks what is packed in this way up to its end. What follows stays unread. */
type Unpack = (bytes: ByteReader) => AsyncIterable<Buffer>;

const by =
  (engine: () => unknown): Unpack =>
  (bytes) =>
    unpackedBy(engine() as Engine, bytes);

/** Node.js has zstd since 22.15. The types are those of the oldest version that is supported. */
const { createZstdDecompress } = zlib as { readonly createZstdDecompress?: (options: typeof CHUNK) => Engine };

const ZIP = '504b0304';

/** The beginning of gzip, or of JSON, in Base64 that is wrapped after 64 or 76 characters. What is on one line is read as a record. */
const WRAPPED_BASE64 = `(?:48347349(?:..){60}(?:(?:..){12})?|65794a(?:..){61}(?:(?:..){12})?)(?:0d)?0a[2-7]`;

/** Names of the first file in the zip archives that spreadsheets are. */
const EXCEL_PARTS = ['[Content_Types].xml', '_rels/', 'docProps/', 'xl/'].map((name) => Buffer.from(name).toString('hex')).join('|');

/** Everything that the first bytes of a file are compared with. A new packing is a new row. */
export const PACKINGS: readonly Packing[] = [
  { name: 'gzip', magic: '1f8b', unpack: gunzipped, command: 'gzip -dc FILE' },
  { name: 'zlib', magic: '78(?:01|9c|da)', unpack: by(() => zlib.createInflate(CHUNK)), command: 'pigz -dc FILE' },
  { name: 'Base64', magic: WRAPPED_BASE64, unpack: base64Decoded, command: 'base64 -d FILE' },
  { name: 'zstd', magic: '28b52ffd', unpack: createZstdDecompress && by(() => createZstdDecompress(CHUNK)), command: 'zstd -dc FILE' },
  { name: 'Excel', magic: `${ZIP}.{52}(?:${EXCEL_PARTS})`, command: 'xlsx2csv FILE' },
  { name: 'zip', magic: ZIP, entries: entriesOfZip, command: 'unzip -p FILE' },
  { name: 'tar', magic: '7573746172', at: 257, entries: entriesOfTar, command: 'tar -xOf FILE' },
  { name: 'bzip2', magic: '425a68', command: 'bzip2 -dc FILE' },
  { name: 'xz', magic: 'fd377a585a00', command: 'xz -dc FILE' },
  { name: 'lzma', magic: '5d0000', command: 'xz -dc --format=lzma FILE' },
  { name: 'lzop', magic: '894c5a4f', command: 'lzop -dc FILE' },
  { name: 'lz4', magic: '04224d18', command: 'lz4 -dc FILE' },
  { name: 'lz4', magic: '02214c18', command: 'lz4 -dc FILE' },
  { name: 'compress', magic: '1f9d', command: 'gzip -dc FILE' },
  { name: 'Snappy', magic: 'ff060000734e61507059', command: 'snzip -dc FILE' },
  { name: '7z', magic: '377abcaf271c', command: '7z x -so FILE' },
  { name: 'RAR', magic: '526172211a07', command: 'unrar p -inul FILE' },
  { name: 'Parquet', magic: '50415231', command: `duckdb -c "COPY (FROM 'FILE') TO '/dev/stdout' (FORMAT json)"` },
  { name: 'Avro', magic: '4f626a01', command: 'avro-tools tojson FILE' },
  { name: 'ORC', magic: '4f5243', command: 'orc-contents FILE' },
];

/** The name of a packing that a command can keep. */
export type PackingName = 'Parquet';

/** Packings that have no bytes to be recognised by. */
const NAMED_PACKINGS: ReadonlyArray<Pick<Packing, 'name' | 'unpack' | 'command'> & { readonly file: RegExp }> = [
  { name: 'Brotli', file: /\.br$/i, unpack: by(() => zlib.createBrotliDecompress(CHUNK)), command: 'brotli -dc FILE' },
  { name: 'Snappy', file: /\.(?:snappy|sz)$/i, command: 'snzip -dc -t raw FILE' },
  { name: 'Snappy', file: /\.hsnappy$/i, command: 'snzip -dc -t hadoop-snappy FILE' },
];

/** As many bytes as the comparisons need. */
export const HEAD_SIZE = 512;

/** How a file that begins so is packed. */
export function packingOf(head: Buffer): Packing | undefined {
  const digits = head.toString('hex', 0, HEAD_SIZE);
  return PACKINGS.find(({ magic, at = 0 }) => new RegExp(`^${magic}`).test(digits.slice(2 * at)));
}

/** The same for packings that only the name of a file tells. */
export const namedPackingOf = (name: string): Pick<Packing, 'name' | 'unpack' | 'command'> | undefined =>
  NAMED_PACKINGS.find(({ file }) => file.test(name));
