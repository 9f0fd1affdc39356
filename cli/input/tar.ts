import type { ByteReader } from './byte-reader';
import type { Entry } from './source';

const BLOCK = 512;
const TRUNCATED = 'the tar archive ends early';

/** Types of entries: files, names that are too long for a header, and headers of POSIX with such a name. */
const FILES = ['0', '\0', '7'];
const LONG_NAME = 'L';
const EXTENDED = 'x';
const PATH = /(?:^|\n)\d+ path=(.*)\n/;

/** Names are shorter. Longer ones are damage. */
const MAX_NAME = 64 * 1024;

/**
 * The files of a tar archive, one after the other. Source: POSIX.1-2017, "pax", and the manual of GNU tar. Not a package, because
 * it is a header in front of each file, for which tar-stream brings six packages.
 */
export async function* entriesOfTar(archive: ByteReader): AsyncGenerator<Entry> {
  const bytes = new Bytes(archive);
  let longName: string | undefined;
  for (let header = await bytes.block(); header[0] !== 0; header = await bytes.block()) {
    if (header.toString('latin1', 257, 262) !== 'ustar') throw new Error('the tar archive is damaged');
    const size = sizeIn(header);
    const type = header.toString('latin1', 156, 157);
    bytes.left = size;
    if (type === LONG_NAME || type === EXTENDED) {
      longName = longNameIn(type, await bytes.rest(MAX_NAME)) ?? longName;
    } else {
      if (FILES.includes(type)) yield { name: longName ?? nameIn(header), stream: bytes.content() };
      longName = undefined;
    }
    bytes.left += (BLOCK - (size % BLOCK)) % BLOCK;
    await bytes.skip();
  }
  await archive.skipPadding();
}

/** The bytes of a stream, as many of them as are asked for. */
class Bytes {
  /** How many more belong to the entry. */
  public left = 0;

  constructor(private readonly stream: ByteReader) {}

  public block(): Promise<Buffer> {
    this.left = BLOCK;
    return this.rest(BLOCK);
  }

  /** What is left of the entry, as a whole. */
  public async rest(most: number): Promise<Buffer> {
    if (this.left > most) throw new Error('the tar archive is damaged');
    const parts: Buffer[] = [];
    for await (const part of this.content()) parts.push(part);
    return Buffer.concat(parts);
  }

  public async skip(): Promise<void> {
    const content = this.content();
    while (!(await content.next()).done);
  }

  public async *content(): AsyncGenerator<Buffer> {
    while (this.left > 0) {
      const part = await this.stream.next(this.left);
      if (!part) throw new Error(TRUNCATED);
      this.left -= part.length;
      yield part;
    }
  }
}

const textIn = (header: Buffer, from: number, to: number): string => header.toString('utf8', from, to).replace(/\0.*/s, '');

/** In octal digits or, of 8 GiB and more, as a binary number behind a first bit of 1. */
function sizeIn(header: Buffer): number {
  return header[124]! >= 0x80 ? Number(header.readBigUInt64BE(128)) : parseInt(textIn(header, 124, 136), 8) || 0;
}

function nameIn(header: Buffer): string {
  const prefix = textIn(header, 345, 500);
  return (prefix === '' ? '' : `${prefix}/`) + textIn(header, 0, 100);
}

const longNameIn = (type: string, content: Buffer): string | undefined =>
  type === LONG_NAME ? content.toString().replace(/\0.*/s, '') : PATH.exec(content.toString())?.[1];
