const LARGEST_CODE_POINT = 0x10ffff;

/** Decodes UTF-32, which TextDecoder does not know. What is no character becomes U+FFFD, as there. */
export class Utf32Decoder {
  private rest = Buffer.alloc(0);

  constructor(private readonly isLittleEndian: boolean) {}

  public decode(chunk: Buffer = Buffer.alloc(0)): string {
    const bytes = Buffer.concat([this.rest, chunk]);
    const end = bytes.length - (bytes.length % 4);
    this.rest = bytes.subarray(end);
    const parts: string[] = [];
    for (let at = 0; at < end; at += 4) {
      const point = this.isLittleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
      parts.push(point > LARGEST_CODE_POINT ? '\uFFFD' : String.fromCodePoint(point));
    }
    return parts.join('');
  }
}
