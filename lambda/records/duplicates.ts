/**
 * Remembers the calls that were seen lately. Log delivery is at least once and a failed batch comes again, so what a batch
 * adds counts only once it is confirmed. Memory is bounded: two generations of ids, the older one forgotten as a whole.
 */
export class Duplicates {
  private recent = new Set<string>();
  private older = new Set<string>();
  private pending: string[] = [];

  constructor(private readonly capacity = 100_000) {}

  public has(id: string): boolean {
    return this.recent.has(id) || this.older.has(id);
  }

  /** False if the id was there already. */
  public add(id: string): boolean {
    if (this.older.size > 0 && this.older.has(id)) {
      return false;
    }
    const before = this.recent.size;
    this.recent.add(id);
    if (this.recent.size === before) {
      return false;
    }
    this.pending.push(id);
    if (this.recent.size >= this.capacity) {
      this.older = this.recent;
      this.recent = new Set();
    }
    return true;
  }

  /** The batch was written: its ids stay. */
  public confirm(): void {
    this.pending = [];
  }

  /** The batch failed and will come again: its ids are forgotten. */
  public forget(): void {
    for (const id of this.pending) {
      this.recent.delete(id);
      this.older.delete(id);
    }
    this.pending = [];
  }
}
