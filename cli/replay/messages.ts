import type { Skipped } from '../input/source';

const SHOWN = 10;
const EVERY_MS = 200;

const ERRORS: Readonly<Record<string, string>> = {
  Z_BUF_ERROR: 'the gzip data ends early',
  Z_DATA_ERROR: 'the gzip data is damaged',
  ENOENT: 'no such file',
  EACCES: 'permission denied',
};

const SKIPPED: Readonly<Record<Skipped, string>> = {
  body: 'bodies below data/',
  permissionCheck: 'permission checks',
  noLog: 'files that are no logs',
};

/** Tells on stderr how a replay goes: progress if someone watches, and what could not be read. */
export class Messages {
  public unreadable = 0;
  public malformed = 0;
  private readonly skipped = new Map<Skipped, { objects: number; first: string }>();
  private told = 0;
  private progress = '';
  private readonly started = Date.now();

  constructor(
    private readonly stream: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown },
    private readonly clock: () => number = Date.now,
  ) {}

  /** Rewrites one line of the terminal, a few times a second. */
  public read(name: string, records: number): void {
    const now = this.clock();
    if (!this.stream.isTTY || now - this.told < EVERY_MS) return;
    this.told = now;
    const perSecond = Math.round((1000 * records) / Math.max(1, now - this.started));
    const text = `${records.toLocaleString('en-US')} records, ${perSecond.toLocaleString('en-US')} a second: ${name}`;
    this.progress = text.slice(0, (this.stream.columns ?? 80) - 1);
    this.stream.write(`\r\x1b[K${this.progress}`);
  }

  public malformedAt(where: string, reason: string): void {
    this.malformed += 1;
    if (this.malformed <= SHOWN) this.say(`${where}: ${reason}`);
  }

  public unreadableAt(name: string, error: Error & { code?: string }): void {
    this.unreadable += 1;
    const line = / \(after line \d+\)$/.exec(error.message)?.[0] ?? '';
    const known = error.code === undefined ? undefined : ERRORS[error.code];
    this.say(`${name}: ${known === undefined ? error.message : known + line}`);
  }

  public skippedObject(name: string, why: Skipped): void {
    const known = this.skipped.get(why) ?? { objects: 0, first: name };
    this.skipped.set(why, { ...known, objects: known.objects + 1 });
  }

  /** Everything that was only counted. */
  public end(): void {
    if (this.malformed > SHOWN)
      this.say(`${(this.malformed - SHOWN).toLocaleString('en-US')} more records cannot be read: --json lists them`);
    for (const [why, { objects, first }] of this.skipped)
      this.say(`skipped ${SKIPPED[why]}: ${objects.toLocaleString('en-US')}, the first is ${first}`);
    this.say('');
  }

  private say(text: string): void {
    if (this.progress !== '') this.stream.write('\r\x1b[K');
    this.progress = '';
    if (text !== '') this.stream.write(`${text}\n`);
  }
}
