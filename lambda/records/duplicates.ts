import { IdTable, readUuid, type Mark } from './id-table';

/**
 * Remembers the calls that were seen lately. Log delivery is at least once and a failed batch comes again, so what a batch
 * adds counts only once it is confirmed. Memory is bounded: two generations of ids, the older one forgotten as a whole.
 */
export class Duplicates {
  private recent: IdTable;
  private older: IdTable;
  private confirmed: Mark;

  constructor(private readonly capacity = 65_536) {
    this.recent = new IdTable(capacity);
    this.older = new IdTable(capacity);
    this.confirmed = this.recent.mark();
  }

  public has(id: string): boolean {
    const uuid = readUuid(id);
    return this.recent.has(id, uuid) || this.older.has(id, uuid);
  }

  /** False if the id was there already. */
  public add(id: string): boolean {
    const uuid = readUuid(id);
    return !this.older.has(id, uuid) && this.recent.add(id, uuid);
  }

  /** The batch was written: its ids stay. Generations change between batches only, so that a batch can be forgotten whole. */
  public confirm(): void {
    if (this.recent.size >= this.capacity) {
      this.older = this.recent;
      this.recent = new IdTable(this.capacity);
    }
    this.confirmed = this.recent.mark();
  }

  /** The batch failed and will come again: its ids are forgotten. */
  public forget(): void {
    this.recent.reset(this.confirmed);
  }
}
