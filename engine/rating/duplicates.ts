import { IdTable, readUuid, type Mark } from './id-table';

/**
 * Remembers the calls that were seen lately. Log delivery is at least once and a failed batch comes again, so what a batch
 * adds counts only once it is confirmed. Memory is bounded: of the ids only the last are kept.
 */
export class Duplicates {
  private readonly ids: IdTable;
  private confirmed: Mark;

  /** @param capacity how many ids are remembered at least; twice as many at most, and those of a batch */
  constructor(private readonly capacity = 16_384) {
    this.ids = new IdTable(capacity * 2);
    this.confirmed = this.ids.mark();
  }

  public has(id: string): boolean {
    return this.ids.has(id, readUuid(id));
  }

  /** False if the id was there already. */
  public add(id: string): boolean {
    return this.ids.add(id, readUuid(id));
  }

  /** The batch was written: its ids stay. Nothing is forgotten within a batch, so that it can be forgotten as a whole. */
  public confirm(): void {
    if (this.ids.size >= this.capacity * 2) {
      this.ids.keepLast(this.capacity);
    }
    this.confirmed = this.ids.mark();
  }

  /** The batch failed and will come again: its ids are forgotten. */
  public forget(): void {
    this.ids.reset(this.confirmed);
  }
}
