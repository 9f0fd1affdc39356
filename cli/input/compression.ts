import type { Readable, Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { peek, type Peeked } from './peek';
import type { Entry } from './source';
import { entriesOfTar } from './tar';
import { entriesOfZip } from './zip';

/** A way to pack files, recognised by the bytes that they have at one place. */
export interface Packing {
  readonly name: string;
  /** In hexadecimal digits, as a regular expression. */
  readonly magic: string;
  readonly at?: number;
  /** Absent where Node.js cannot unpack it. */
  readonly unpacker?: () => Unpacker;
  /** The files in it, where it is an archive. */
  readonly entries?: (archive: Readable) => AsyncIterable<Entry>;
  /** What writes the text of a file to stdout. */
  readonly command: string;
}

type Unpacker = Transform & zlib.Zlib;

/** Unpacked ahead, in a thread of its own, while the lines before are priced. */
const CHUNK = { chunkSize: 64 * 1024, readableHighWaterMark: 1024 * 1024 };

/** Node.js has zstd since 22.15. The types are those of the oldest version that is supported. */
const { createZstdDecompress } = zlib as { readonly createZstdDecompress?: () => Unpacker };

const ZIP = '504b0304';

/** Names of the first file in the zip archives that spreadsheets are. */
const EXCEL_PARTS = ['[Content_Types].xml', '_rels/', 'docProps/', 'xl/'].map((name) => Buffer.from(name).toString('hex')).join('|');

/** Everything that the first bytes of a file are compared with. A new packing is a new row. */
export const PACKINGS: readonly Packing[] = [
  { name: 'gzip', magic: '1f8b', unpacker: () => zlib.createGunzip(CHUNK), command: 'gzip -dc FILE' },
  { name: 'zstd', magic: '28b52ffd', unpacker: createZstdDecompress, command: 'zstd -dc FILE' },
  { name: 'Excel', magic: `${ZIP}.{52}(?:${EXCEL_PARTS})`, command: 'xlsx2csv FILE' },
  { name: 'zip', magic: ZIP, entries: entriesOfZip, command: 'unzip -p FILE' },
  { name: 'tar', magic: '7573746172', at: 257, entries: entriesOfTar, command: 'tar -xOf FILE' },
  { name: 'bzip2', magic: '425a68', command: 'bzip2 -dc FILE' },
  { name: 'xz', magic: 'fd377a585a00', command: 'xz -dc FILE' },
  { name: 'lz4', magic: '04224d18', command: 'lz4 -dc FILE' },
  { name: 'compress', magic: '1f9d', command: 'gzip -dc FILE' },
  { name: 'Snappy', magic: 'ff060000734e61507059', command: 'snzip -dc FILE' },
  { name: '7z', magic: '377abcaf271c', command: '7z x -so FILE' },
  { name: 'RAR', magic: '526172211a07', command: 'unrar p -inul FILE' },
  { name: 'Parquet', magic: '50415231', command: `duckdb -c "COPY (FROM 'FILE') TO '/dev/stdout' (FORMAT json)"` },
  { name: 'Avro', magic: '4f626a01', command: 'avro-tools tojson FILE' },
  { name: 'ORC', magic: '4f5243', command: 'orc-contents FILE' },
];

/** As many bytes as the comparisons need. */
const HEAD_SIZE = 512;

/** Firehose compresses what a subscription has compressed already. More layers than these are a mistake or an attack. */
const MAX_LAYERS = 4;

/** Brotli has no bytes to be recognised by. */
const BROTLI_FILE = /\.br$/i;

/** Why something packed cannot be read, with the command that can read it. */
export const unreadable = ({ name, command }: Packing): string =>
  `${name} data cannot be read here: pipe the output of ${command} into this command, with - as its path`;

/** Unpacked data, and the archive that it is. */
export interface Unpacked extends Peeked {
  readonly archive?: Packing;
}

/**
 * Unpacks a stream as often as it is packed, up to an archive.
 *
 * @throws if Node.js cannot unpack it. The message names a command that can
 */
export async function unpacked(stream: Readable, name = ''): Promise<Unpacked> {
  let found = await peek(stream, HEAD_SIZE);
  if (BROTLI_FILE.test(name) && !packingOf(found.head)) {
    found = await peek(through(found.whole, zlib.createBrotliDecompress(CHUNK)), HEAD_SIZE);
  }
  for (let layer = 0; layer < MAX_LAYERS; layer += 1) {
    const packing = packingOf(found.head);
    if (!packing) return found;
    if (packing.entries) return { ...found, archive: packing };
    found = await peek(unpack(found.whole, packing), HEAD_SIZE);
  }
  throw new Error(`it is compressed more than ${MAX_LAYERS - 1} times`);
}

function packingOf(head: Buffer): Packing | undefined {
  const digits = head.toString('hex');
  return PACKINGS.find(({ magic, at = 0 }) => new RegExp(`^${magic}`).test(digits.slice(2 * at)));
}

/** @throws if Node.js cannot unpack it */
function unpack(stream: Readable, packing: Packing): Readable {
  if (packing.unpacker) return through(stream, packing.unpacker());
  stream.destroy();
  throw new Error(unreadable(packing));
}

function through(stream: Readable, unpacker: Unpacker): Readable {
  stream.on('error', (error) => unpacker.destroy(error));
  // Flushed before the end: ended together with the last bytes, a truncated file would fail before they are decompressed.
  stream.on('end', () => unpacker.flush(() => unpacker.end()));
  return stream.pipe(unpacker, { end: false });
}
