/** The bytes of a stream, of which one can look ahead, and put some back. */
export class ByteReader implements AsyncIterable<Buffer> {
  private ahead: Buffer = Buffer.alloc(0);
  /** Why the stream broke off, until it has been thrown: what is ahead of it is read first. */
  private error?: { readonly reason: unknown };
  private hasBrokenOff = false;
  private readonly chunks: AsyncIterator<Uint8Array>;

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.chunks = stream[Symbol.asyncIterator]();
  }

  /** Whether the stream broke off. */
  public get isBroken(): boolean {
    return this.hasBrokenOff;
  }

  /** Whether everything has been read, and an error thrown if there was one. */
  public async isAtEnd(): Promise<boolean> {
    return (await this.peek(1)).length === 0 && !this.error;
  }

  /** The next bytes, at least as many as asked for unless the stream ends or breaks off before. They stay unread. */
  public async peek(size: number): Promise<Buffer> {
    while (this.ahead.length < size) {
      const chunk = await this.pull();
      if (!chunk) break;
      this.ahead = this.ahead.length === 0 ? chunk : Buffer.concat([this.ahead, chunk]);
    }
    return this.ahead;
  }

  /**
   * The next bytes, as many as have arrived together but no more than asked for; undefined at the end.
   *
   * @throws once, if the stream broke off there
   */
  public async next(most = Infinity): Promise<Buffer | undefined> {
    const bytes = await this.peek(1);
    if (bytes.length === 0) {
      const { error } = this;
      this.error = undefined;
      if (error) throw error.reason;
      return undefined;
    }
    this.ahead = bytes.subarray(Math.min(most, bytes.length));
    return bytes.subarray(0, bytes.length - this.ahead.length);
  }

  /** So many bytes, or fewer at the end. */
  public async take(size: number): Promise<Buffer> {
    const bytes = await this.peek(size);
    this.ahead = bytes.subarray(Math.min(size, bytes.length));
    return bytes.subarray(0, size);
  }

  public unread(bytes: Buffer): void {
    this.ahead = this.ahead.length === 0 ? bytes : Buffer.concat([bytes, this.ahead]);
  }

  /** Skips the zeros with which tapes and disks fill their last block. Fewer than four can be those of a text in UTF-32. */
  public async skipPadding(): Promise<void> {
    const zeros = Buffer.alloc(4);
    for (let ahead = await this.peek(4); ahead.length > 0 && zeros.includes(ahead.subarray(0, 4)); ahead = await this.peek(4)) {
      const size = ahead.findIndex((byte) => byte !== 0);
      await this.take(size < 0 ? ahead.length : size);
    }
  }

  public async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for (let chunk = await this.next(); chunk; chunk = await this.next()) yield chunk;
  }

  private async pull(): Promise<Buffer | undefined> {
    if (this.hasBrokenOff) return undefined;
    try {
      const next = await this.chunks.next();
      return next.done ? undefined : Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    } catch (reason) {
      this.error = { reason };
      this.hasBrokenOff = true;
      return undefined;
    }
  }
}
