import { type Readable, Transform } from 'node:stream';
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

type Unpacker = Transform & Partial<Pick<zlib.Zlib, 'flush'>>;

/** Unpacked ahead, in a thread of its own, while the lines before are priced. */
const CHUNK = { chunkSize: 64 * 1024, readableHighWaterMark: 1024 * 1024 };

/** Node.js has zstd since 22.15. The types are those of the oldest version that is supported. */
const { createZstdDecompress } = zlib as { readonly createZstdDecompress?: () => Unpacker };

const ZIP = '504b0304';

/** The beginning of gzip, or of JSON, in Base64 that is wrapped after 64 or 76 characters. What is on one line is read as a record. */
const WRAPPED_BASE64 = `(?:48347349(?:..){60}(?:(?:..){12})?|65794a(?:..){61}(?:(?:..){12})?)(?:0d)?0a[2-7]`;

/** Names of the first file in the zip archives that spreadsheets are. */
const EXCEL_PARTS = ['[Content_Types].xml', '_rels/', 'docProps/', 'xl/'].map((name) => Buffer.from(name).toString('hex')).join('|');

/** Everything that the first bytes of a file are compared with. A new packing is a new row. */
export const PACKINGS: readonly Packing[] = [
  { name: 'gzip', magic: '1f8b', unpacker: () => zlib.createGunzip(CHUNK), command: 'gzip -dc FILE' },
  { name: 'zlib', magic: '78(?:01|9c|da)', unpacker: () => zlib.createInflate(CHUNK), command: 'pigz -dc FILE' },
  { name: 'Base64', magic: WRAPPED_BASE64, unpacker: () => new Base64Decoder(), command: 'base64 -d FILE' },
  { name: 'zstd', magic: '28b52ffd', unpacker: createZstdDecompress, command: 'zstd -dc FILE' },
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

/** Decodes Base64 over many lines. */
class Base64Decoder extends Transform {
  private rest = '';

  public override _transform(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    const text = this.rest + chunk.toString('latin1').replace(/\s/g, '');
    const whole = text.length - (text.length % 4);
    this.rest = text.slice(whole);
    this.push(Buffer.from(text.slice(0, whole), 'base64'));
    done();
  }

  public override _flush(done: () => void): void {
    this.push(Buffer.from(this.rest, 'base64'));
    done();
  }
}

/** The name of a packing that a command can keep. */
export type PackingName = 'Parquet';

/** As many bytes as the comparisons need. */
const HEAD_SIZE = 512;

/** Firehose compresses what a subscription has compressed already. More layers than these are a mistake or an attack. */
const MAX_LAYERS = 4;

/** Packings that have no bytes to be recognised by. */
const NAMED_PACKINGS: ReadonlyArray<Pick<Packing, 'name' | 'unpacker' | 'command'> & { readonly file: RegExp }> = [
  { name: 'Brotli', file: /\.br$/i, unpacker: () => zlib.createBrotliDecompress(CHUNK), command: 'brotli -dc FILE' },
  { name: 'Snappy', file: /\.(?:snappy|sz)$/i, command: 'snzip -dc -t raw FILE' },
  { name: 'Snappy', file: /\.hsnappy$/i, command: 'snzip -dc -t hadoop-snappy FILE' },
];

/** Why something packed cannot be read, with the command that can read it. */
export const unreadable = ({ name, command }: Pick<Packing, 'name' | 'command'>): string =>
  `${name} data cannot be read here: pipe the output of ${command} into this command, with - as its path`;

/** Unpacked data, and the archive that it is. */
export interface Unpacked extends Peeked {
  readonly archive?: Packing;
}

/**
 * Unpacks a stream as often as it is packed, up to an archive.
 *
 * @param kept a packing that is left as it is, for a reader of its own
 * @throws if Node.js cannot unpack it. The message names a command that can
 */
export async function unpacked(stream: Readable, name = '', kept?: PackingName): Promise<Unpacked> {
  let found = await peek(stream, HEAD_SIZE);
  const named = packingOf(found.head) ? undefined : NAMED_PACKINGS.find(({ file }) => file.test(name));
  if (named) found = await peek(unpack(found.whole, named), HEAD_SIZE);
  for (let layer = 0; layer < MAX_LAYERS; layer += 1) {
    const packing = packingOf(found.head);
    if (!packing || packing.name === kept) return found;
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
function unpack(stream: Readable, packing: Pick<Packing, 'name' | 'unpacker' | 'command'>): Readable {
  if (packing.unpacker) return through(stream, packing.unpacker());
  stream.destroy();
  throw new Error(unreadable(packing));
}

function through(stream: Readable, unpacker: Unpacker): Readable {
  stream.on('error', (error) => unpacker.destroy(error));
  // Flushed before the end: ended together with the last bytes, a truncated file would fail before they are decompressed.
  stream.on('end', () => (unpacker.flush ? unpacker.flush(() => unpacker.end()) : unpacker.end()));
  return stream.pipe(unpacker, { end: false });
}
