const DASH = 45;

/** Values of lower-case hexadecimal digits by character code; 16 for everything else. */
const DIGITS = Uint8Array.from({ length: 256 }, (_, code) => ('0123456789abcdef'.indexOf(String.fromCharCode(code)) + 17) % 17);

/** The four words of the UUID that was read last. */
const words = new Int32Array(4);

/** Reads a UUID, the form of Bedrock's request ids, for the call that follows. False if it is none. */
export function readUuid(id: string): boolean {
  const dashes = id.charCodeAt(8) === DASH && id.charCodeAt(13) === DASH && id.charCodeAt(18) === DASH && id.charCodeAt(23) === DASH;
  if (id.length !== 36 || !dashes) {
    return false;
  }
  invalid = 0;
  words[0] = (hex(id, 0) << 16) | hex(id, 4);
  words[1] = (hex(id, 9) << 16) | hex(id, 14);
  words[2] = (hex(id, 19) << 16) | hex(id, 24);
  words[3] = (hex(id, 28) << 16) | hex(id, 32);
  return invalid === 0;
}

/** Not zero once a character was no digit. */
let invalid = 0;

/** The number in four digits. */
function hex(id: string, at: number): number {
  const a = DIGITS[id.charCodeAt(at)] ?? 16;
  const b = DIGITS[id.charCodeAt(at + 1)] ?? 16;
  const c = DIGITS[id.charCodeAt(at + 2)] ?? 16;
  const d = DIGITS[id.charCodeAt(at + 3)] ?? 16;
  invalid |= (a | b | c | d) & 16;
  return (a << 12) | (b << 8) | (c << 4) | d;
}

/** How far a table was filled. */
export interface Mark {
  readonly uuids: number;
  readonly others: number;
}

/**
 * A set of ids. UUIDs are kept as numbers in one block of memory: a `Set` of a hundred thousand strings costs
 * more to look into than parsing a record does, and gives the garbage collector as many objects to look after.
 */
export class IdTable {
  private readonly others = new Set<string>();
  private keys: Int32Array;
  /** One more than the index of a key, at its hash or the next free place; 0 where there is none. */
  private slots: Int32Array;
  private count = 0;

  constructor(capacity: number) {
    const places = 2 ** Math.ceil(Math.log2(capacity * 2));
    this.keys = new Int32Array(places * 2);
    this.slots = new Int32Array(places);
  }

  public get size(): number {
    return this.count + this.others.size;
  }

  /** @param uuid whether `readUuid` just read the id */
  public has(id: string, uuid: boolean): boolean {
    return uuid ? this.slots[this.slotOfWords()] !== 0 : this.others.has(id);
  }

  /** False if the id was there already. */
  public add(id: string, uuid: boolean): boolean {
    if (!uuid) {
      return !this.others.has(id) && this.others.add(id).has(id);
    }
    const slot = this.slotOfWords();
    if (this.slots[slot] !== 0) {
      return false;
    }
    const at = this.count * 4;
    this.keys[at] = words[0]!;
    this.keys[at + 1] = words[1]!;
    this.keys[at + 2] = words[2]!;
    this.keys[at + 3] = words[3]!;
    this.slots[slot] = ++this.count;
    if (this.count * 2 >= this.slots.length) {
      this.rebuild(this.slots.length * 2);
    }
    return true;
  }

  /** Forgets the oldest, of UUIDs and of others, so that no more than `count` of each are left. */
  public keepLast(count: number): void {
    const from = Math.max(0, this.count - count);
    this.keys.copyWithin(0, from * 4, this.count * 4);
    this.count -= from;
    this.rebuild(this.slots.length);
    [...this.others].slice(0, Math.max(0, this.others.size - count)).forEach((id) => this.others.delete(id));
  }

  public mark(): Mark {
    return { uuids: this.count, others: this.others.size };
  }

  /** Forgets what was added since. */
  public reset({ uuids, others }: Mark): void {
    this.count = uuids;
    this.rebuild(this.slots.length);
    [...this.others].slice(others).forEach((id) => this.others.delete(id));
  }

  private slotOfWords(): number {
    const { slots, keys } = this;
    const mask = slots.length - 1;
    const first = words[0]!;
    const second = words[1]!;
    const third = words[2]!;
    const fourth = words[3]!;
    let slot = (first ^ fourth) & mask;
    for (let index = slots[slot]!; index !== 0; index = slots[slot]!) {
      const at = index * 4 - 4;
      if (keys[at] === first && keys[at + 1] === second && keys[at + 2] === third && keys[at + 3] === fourth) {
        break;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private rebuild(places: number): void {
    if (places > this.slots.length) {
      const keys = new Int32Array(places * 2);
      keys.set(this.keys);
      this.keys = keys;
      this.slots = new Int32Array(places);
    } else {
      // Used again: blocks of this size wait long for the garbage collector.
      this.slots.fill(0);
    }
    for (let i = 0; i < this.count; i++) {
      words[0] = this.keys[i * 4]!;
      words[1] = this.keys[i * 4 + 1]!;
      words[2] = this.keys[i * 4 + 2]!;
      words[3] = this.keys[i * 4 + 3]!;
      this.slots[this.slotOfWords()] = i + 1;
    }
  }
}
