import { IdTable, type Mark } from './id-table';

/**
 * Remembers the request ids of the calls that were seen lately: CloudWatch Logs delivers events at least once ("Log group-level
 * subscription filters" in its user guide), and a failed batch is delivered again. Ids of a batch count only once it is
 * confirmed, because a failed batch left nothing behind.
 */
export class Duplicates {
  private readonly ids: IdTable;
  private confirmed: Mark;

  /** @param capacity how many of the last confirmed ids are remembered at least; at most, twice as many and those of a batch */
  constructor(private readonly capacity = 16_384) {
    this.ids = new IdTable(capacity * 2);
    this.confirmed = this.ids.mark();
  }

  public has(id: string): boolean {
    return this.ids.has(id);
  }

  /** False where the id was there already. */
  public add(id: string): boolean {
    return this.ids.add(id);
  }

  /** Keeps the ids of a batch that was written. Old ids are dropped here and not within a batch, which must be whole to be forgotten. */
  public confirm(): void {
    if (this.ids.size >= this.capacity * 2) {
      this.ids.keepLast(this.capacity);
    }
    this.confirmed = this.ids.mark();
  }

  /** Drops the ids of a batch that failed. */
  public forget(): void {
    this.ids.reset(this.confirmed);
  }
}
