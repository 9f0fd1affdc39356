import type { Readable, Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { peek, type Peeked } from './peek';

/** A way to pack files, recognised by the bytes that they have at one place. */
interface Packing {
  readonly name: string;
  /** In hexadecimal digits. */
  readonly magic: string;
  readonly at?: number;
  /** Absent where Node.js cannot unpack it. */
  readonly unpacker?: () => Unpacker;
  /** What writes the text of a file to stdout. */
  readonly command: string;
}

type Unpacker = Transform & zlib.Zlib;

/** Unpacked ahead, in a thread of its own, while the lines before are priced. */
const CHUNK = { chunkSize: 64 * 1024, readableHighWaterMark: 1024 * 1024 };

/** Node.js has zstd since 22.15. The types are those of the oldest version that is supported. */
const { createZstdDecompress } = zlib as { readonly createZstdDecompress?: () => Unpacker };

/** Everything that the first bytes of a file are compared with. A new packing is a new row. */
export const PACKINGS: readonly Packing[] = [
  { name: 'gzip', magic: '1f8b', unpacker: () => zlib.createGunzip(CHUNK), command: 'gzip -dc FILE' },
  { name: 'zstd', magic: '28b52ffd', unpacker: createZstdDecompress, command: 'zstd -dc FILE' },
  { name: 'zip', magic: '504b0304', command: 'unzip -p FILE' },
  { name: 'bzip2', magic: '425a68', command: 'bzip2 -dc FILE' },
  { name: 'xz', magic: 'fd377a585a00', command: 'xz -dc FILE' },
  { name: 'lz4', magic: '04224d18', command: 'lz4 -dc FILE' },
  { name: 'Snappy', magic: 'ff060000734e61507059', command: 'snzip -dc FILE' },
  { name: '7z', magic: '377abcaf271c', command: '7z x -so FILE' },
  { name: 'tar', magic: '7573746172', at: 257, command: 'tar -xOf FILE' },
  { name: 'Parquet', magic: '50415231', command: `duckdb -c "COPY (FROM 'FILE') TO '/dev/stdout' (FORMAT json)"` },
];

/** As many bytes as the comparisons need. */
const HEAD_SIZE = 512;

/** Firehose compresses what a subscription has compressed already. More layers than these are a mistake or an attack. */
const MAX_LAYERS = 4;

/**
 * Unpacks a stream as often as it is packed.
 *
 * @throws if Node.js cannot unpack it. The message names a command that can
 */
export async function unpacked(stream: Readable): Promise<Peeked> {
  let found = await peek(stream, HEAD_SIZE);
  for (let layer = 0; layer < MAX_LAYERS; layer += 1) {
    const packing = packingOf(found.head);
    if (!packing) return found;
    found = await peek(unpack(found.whole, packing), HEAD_SIZE);
  }
  throw new Error(`it is compressed more than ${MAX_LAYERS - 1} times`);
}

const packingOf = (head: Buffer): Packing | undefined =>
  PACKINGS.find(({ magic, at = 0 }) => head.toString('hex', at, at + magic.length / 2) === magic);

function unpack(stream: Readable, { name, unpacker, command }: Packing): Readable {
  if (!unpacker) {
    stream.destroy();
    throw new Error(`${name} data cannot be read here: pipe the output of ${command} into this command, with - as its path`);
  }
  const unpacked = unpacker();
  stream.on('error', (error) => unpacked.destroy(error));
  // Flushed before the end: ended together with the last bytes, a truncated file would fail before they are decompressed.
  stream.on('end', () => unpacked.flush(() => unpacked.end()));
  return stream.pipe(unpacked, { end: false });
}
