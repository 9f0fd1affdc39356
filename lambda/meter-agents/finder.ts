/** Finds a text in bytes, from places that never go back: what was found and is still ahead is not searched for again. */
export class Finder {
  private readonly wanted: Buffer;
  /** The first place at which the text is, seen from the last one that was asked for. */
  private found = -1;
  private isEnd = false;

  constructor(
    private readonly bytes: Buffer,
    wanted: string,
  ) {
    this.wanted = Buffer.from(wanted, 'latin1');
  }

  /** Where the text is at a place or behind it; -1 where it is not. */
  public from(place: number): number {
    if (this.found !== -1 && this.found >= place) return this.found;
    if (this.isEnd) return -1;
    this.found = this.bytes.indexOf(this.wanted, place);
    this.isEnd = this.found === -1;
    return this.found;
  }

  public isBetween(start: number, end: number): boolean {
    const found = this.from(start);
    return found !== -1 && found < end;
  }
}
