import type { Decoded, Decoder } from './encoding';
import { beginsPart } from './seams';

const LARGEST_CODE_POINT = 0x10ffff;

/** The mark of gzip, as a little-endian unit, is in a plane of Unicode without characters. */
const EMPTY_PLANE = 8;

/** Decodes UTF-32, which Node.js does not know. Text ends where a unit is no code point: nothing else is text in UTF-32, too. */
export class Utf32Decoder implements Decoder {
  public readonly width = 4;

  constructor(private readonly isLittleEndian: boolean) {}

  public decode(bytes: Buffer, ahead: Buffer): Decoded {
    const characters: string[] = [];
    for (let at = 0; at < bytes.length; at += this.width) {
      const point = this.isLittleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
      const isEnd = point > LARGEST_CODE_POINT || (point >> 16 === EMPTY_PLANE && beginsPart(Buffer.concat([bytes.subarray(at), ahead])));
      if (isEnd) return { text: characters.join(''), end: at };
      characters.push(String.fromCodePoint(point));
    }
    return { text: characters.join('') };
  }
}
