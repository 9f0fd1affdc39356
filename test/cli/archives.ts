import { Zip, ZipPassThrough, zipSync } from 'fflate';
import { deflateRawSync, gzipSync } from 'node:zlib';

/** Files by their names. */
export type Files = Readonly<Record<string, Buffer>>;

const BLOCK = 512;

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}

function headerOf(name: string, size: number, type: string): Buffer {
  const header = Buffer.alloc(BLOCK);
  header.write(name.slice(0, 100), 0);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write(type, 156);
  header.write('ustar\u000000', 257);
  return header;
}

/** As GNU tar writes it, with long names in front. */
export function tarOf(files: Files): Buffer {
  const parts = Object.entries(files).flatMap(([name, bytes]) => [
    ...(name.length > 100 ? [headerOf('././@LongLink', name.length + 1, 'L'), padded(Buffer.from(`${name}\0`))] : []),
    headerOf(name, bytes.length, '0'),
    padded(bytes),
  ]);
  return Buffer.concat([headerOf('folder/', 0, '5'), ...parts, Buffer.alloc(2 * BLOCK)]);
}

/** As `pax` writes it, with a header of its own for names. */
function paxOf(files: Files): Buffer {
  const parts = Object.entries(files).flatMap(([name, bytes]) => {
    const extended = Buffer.from(`${name.length + 10} path=${name}\n`);
    return [headerOf('PaxHeader', extended.length, 'x'), padded(extended), headerOf('short', bytes.length, '0'), padded(bytes)];
  });
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

export const zipOf = (files: Files): Buffer => Buffer.from(zipSync({ 'folder/': new Uint8Array(), ...files }));

/** Compressed by zlib: some of what `ZipDeflate` of fflate 0.8.3 writes cannot be read by any tool. */
class Deflated extends ZipPassThrough {
  public override readonly compression = 8;

  protected override process(chunk: Uint8Array, isLast: boolean): void {
    this.ondata(null, deflateRawSync(chunk), isLast);
  }
}

/** As tools write it that do not know the sizes before. */
export function streamedZipOf(files: Files): Buffer {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((_, chunk) => void chunks.push(chunk));
  for (const [n, [name, bytes]] of Object.entries(files).entries()) {
    const file = n % 2 === 0 ? new Deflated(name) : new ZipPassThrough(name);
    zip.add(file);
    file.push(bytes, true);
  }
  zip.end();
  return Buffer.concat(chunks);
}

export const ARCHIVES: ReadonlyArray<readonly [string, (files: Files) => Buffer]> = [
  ['zip', zipOf],
  ['zip, streamed', streamedZipOf],
  ['tar', tarOf],
  ['tar of POSIX', paxOf],
  ['tar.gz', (files) => gzipSync(tarOf(files))],
];
