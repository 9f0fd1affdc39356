import { Unzip, UnzipInflate } from 'fflate';
import type { ByteReader } from './byte-reader';
import type { Entry } from './source';

/** What is found in the archive: the beginning of a file, bytes of it, or its end. */
type Piece = { readonly name: string } | { readonly bytes: Uint8Array } | 'end';

/** What is at the end of each archive, behind which there may be a comment. Source: PKWARE's APPNOTE, 4.3.16. */
const END = 'PK\x05\x06';
const END_WITHOUT_COMMENT = 22;
const COMMENT_LENGTH = 20;
const END_SIZE = END_WITHOUT_COMMENT + 65_535;

/** The files of a zip archive, one after the other, whether their sizes are in front of them or not. */
export async function* entriesOfZip(archive: ByteReader): AsyncGenerator<Entry> {
  const pieces = piecesOf(archive);
  let isOpen = false;
  async function* content(): AsyncGenerator<Uint8Array> {
    while (isOpen) {
      const next = await pieces.next();
      if (next.done || next.value === 'end') isOpen = false;
      else if ('bytes' in next.value) yield next.value.bytes;
    }
  }
  for (let found = await pieces.next(); !found.done; found = await pieces.next()) {
    const piece = found.value;
    if (piece === 'end' || 'bytes' in piece) continue;
    isOpen = true;
    if (!piece.name.endsWith('/')) yield { name: piece.name, stream: content() };
    const unread = content();
    while (!(await unread.next()).done);
  }
}

async function* piecesOf(archive: ByteReader): AsyncGenerator<Piece> {
  const found: Piece[] = [];
  const unzip = new Unzip((file) => {
    found.push({ name: file.name });
    file.ondata = (error, bytes, isLast) => {
      if (error) throw error;
      if (bytes.length > 0) found.push({ bytes });
      if (isLast) found.push('end');
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  let end = Buffer.alloc(0);
  try {
    for await (const chunk of archive) {
      unzip.push(chunk);
      yield* found.splice(0);
      end = Buffer.concat([end, chunk]).subarray(-END_SIZE);
    }
    unzip.push(new Uint8Array(), true);
    yield* found.splice(0);
    const at = end.lastIndexOf(END);
    if (at < 0) throw new Error('it ends early');
    if (end.length > at + END_WITHOUT_COMMENT + end.readUInt16LE(at + COMMENT_LENGTH)) throw new Error('something follows it');
  } catch (error) {
    throw new Error(`the zip archive is damaged or encrypted: ${(error as Error).message}`, { cause: error });
  }
}
