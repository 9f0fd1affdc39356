import { readUuid } from './uuid';

/** How many ids a table holds. */
export interface Mark {
  readonly uuids: number;
  readonly others: number;
}

/** The numbers of 32 bits in a UUID. */
const WORDS = 4;

/**
 * How many places are looked at for one id before the table takes another seed. With random ids, and half of the places free,
 * runs of this length do not come up.
 */
const MAX_PROBES = 256;

/** How many seeds are tried for the same ids. */
const MAX_SEEDS = 8;

/**
 * A set of ids in the order in which they were added. UUIDs are kept as numbers, in a hash table with linear probing; other
 * ids in a Set. Ids that were chosen so that all belong in one place make the table change the seed of its hash.
 *
 * Measured with 32,768 ids in the handler of `npm run bench`: with a Set of strings alone, a record takes 0.45 µs more (5.3
 * against 4.85 µs), and the heap after a million records is 2.6 MB larger, above the bound in docs/performance.md.
 */
export class IdTable {
  private readonly others = new Set<string>();
  /** The UUIDs, WORDS numbers each. */
  private keys: Int32Array;
  /** One more than the index of a UUID, at the place of its hash or the next free one; 0 where there is none. */
  private slots: Int32Array;
  private count = 0;
  private seed = 0x9e3779b9;
  /** How many places were looked at for the UUID that was looked for last. */
  private probes = 0;
  private maxProbes = MAX_PROBES;
  /** The UUID that was read last. */
  private readonly words = new Int32Array(WORDS);

  constructor(capacity: number) {
    const places = 2 ** Math.ceil(Math.log2(capacity * 2));
    this.keys = new Int32Array((places / 2) * WORDS);
    this.slots = new Int32Array(places);
  }

  public get size(): number {
    return this.count + this.others.size;
  }

  public has(id: string): boolean {
    return readUuid(id, this.words) ? this.slots[this.slotOf(this.words, 0)] !== 0 : this.others.has(id);
  }

  /** False where the id was there already. */
  public add(id: string): boolean {
    return readUuid(id, this.words) ? this.addWords() : this.others.size < this.others.add(id).size;
  }

  /** Drops the oldest ids, so that no more than `count` UUIDs and `count` others are left. */
  public keepLast(count: number): void {
    const dropped = Math.max(0, this.count - count);
    this.keys.copyWithin(0, dropped * WORDS, this.count * WORDS);
    this.count -= dropped;
    this.fillSlots();
    [...this.others].slice(0, Math.max(0, this.others.size - count)).forEach((id) => this.others.delete(id));
  }

  /** The state to which `reset` can go back, until the next `keepLast`. */
  public mark(): Mark {
    return { uuids: this.count, others: this.others.size };
  }

  /** Drops what was added since the mark. */
  public reset({ uuids, others }: Mark): void {
    this.count = uuids;
    this.fillSlots();
    [...this.others].slice(others).forEach((id) => this.others.delete(id));
  }

  private addWords(): boolean {
    const slot = this.slotOf(this.words, 0);
    if (this.slots[slot] !== 0) {
      return false;
    }
    const at = this.count * WORDS;
    this.keys[at] = this.words[0]!;
    this.keys[at + 1] = this.words[1]!;
    this.keys[at + 2] = this.words[2]!;
    this.keys[at + 3] = this.words[3]!;
    this.count += 1;
    this.slots[slot] = this.count;
    if (this.count * 2 >= this.slots.length) {
      this.grow();
    } else if (this.probes > this.maxProbes) {
      this.fillSlots();
    }
    return true;
  }

  /** The slot of the UUID in the four words from a place on, or the free one in which it belongs. */
  private slotOf(words: Int32Array, from: number): number {
    const { slots, keys } = this;
    const mask = slots.length - 1;
    const first = words[from]!;
    const second = words[from + 1]!;
    const third = words[from + 2]!;
    const fourth = words[from + 3]!;
    let hash = mixed(this.seed ^ first);
    hash = mixed(hash ^ second);
    hash = mixed(hash ^ third);
    hash = mixed(hash ^ fourth);
    let slot = (hash ^ (hash >>> 16)) & mask;
    this.probes = 0;
    for (let index = slots[slot]!; index !== 0; index = slots[slot]!) {
      this.probes += 1;
      const at = (index - 1) * WORDS;
      if (keys[at] === first && keys[at + 1] === second && keys[at + 2] === third && keys[at + 3] === fourth) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private grow(): void {
    const keys = new Int32Array(this.keys.length * 2);
    keys.set(this.keys);
    this.keys = keys;
    this.slots = new Int32Array(this.slots.length * 2);
    this.fillSlots();
  }

  /** Puts all UUIDs in their places: of the first seed with which none is far from its own, or of the last that was tried. */
  private fillSlots(): void {
    let most = this.fillWithSeed();
    for (let tried = 1; most > MAX_PROBES && tried < MAX_SEEDS; tried += 1) {
      this.seed = mixed(this.seed ^ this.count);
      most = this.fillWithSeed();
    }
    // Where no seed helped, the next ones are not tried for each further id.
    this.maxProbes = Math.max(MAX_PROBES, 2 * most);
  }

  /** The most places that had to be looked at for one of them. */
  private fillWithSeed(): number {
    let most = 0;
    // Filled again instead of allocated: the garbage collector frees blocks of this size late.
    this.slots.fill(0);
    for (let index = 0; index < this.count; index += 1) {
      this.slots[this.slotOf(this.keys, index * WORDS)] = index + 1;
      most = Math.max(most, this.probes);
    }
    return most;
  }
}

/** Spreads the bits of a number over 32 bits, each number to another. The factor is that of Knuth's multiplicative hashing. */
function mixed(bits: number): number {
  const product = Math.imul(bits, 0x9e3779b1);
  return product ^ (product >>> 15);
}
