import { offsetOf } from '../../engine/calendar';

const MINUTE_MS = 60_000;
/** All time zones of today and of the past decades change their clocks at quarters of an hour of UTC. */
const QUARTER_MS = 15 * MINUTE_MS;
const DAY_MS = 86_400_000;

/** Quarters of an hour whose offset is remembered: those of ten years. */
const MAX_KNOWN = 350_000;

/** Names of hours, days, weeks and months in a time zone. One look into the tables of the zone serves a quarter of an hour. */
export class LocalTime {
  private readonly offsets = new Map<number, number>();

  /** @param timeZone a name such as Europe/Berlin, which exists */
  constructor(private readonly timeZone: string) {}

  /** With the offset where that is not UTC: at the end of daylight saving an hour comes twice. */
  public hour(time: number): string {
    const offset = this.offset(time);
    return `${this.text(time, 13)}:00${this.timeZone === 'UTC' ? '' : offsetText(offset)}`;
  }

  public day(time: number): string {
    return this.text(time, 10);
  }

  /** The Monday of a week. */
  public week(time: number): string {
    const local = time + this.offset(time);
    return isoText(local - ((new Date(local).getUTCDay() + 6) % 7) * DAY_MS, 10);
  }

  public month(time: number): string {
    return this.text(time, 7);
  }

  private text(time: number, characters: number): string {
    return isoText(time + this.offset(time), characters);
  }

  private offset(time: number): number {
    if (this.timeZone === 'UTC') return 0;
    const quarter = Math.floor(time / QUARTER_MS);
    let offset = this.offsets.get(quarter);
    if (offset === undefined) {
      if (this.offsets.size >= MAX_KNOWN) this.offsets.clear();
      offset = offsetOf(time, this.timeZone) * MINUTE_MS;
      this.offsets.set(quarter, offset);
    }
    return offset;
  }
}

const isoText = (time: number, characters: number): string => new Date(time).toISOString().slice(0, characters).replace('T', ' ');

function offsetText(offset: number): string {
  const minutes = Math.abs(offset) / MINUTE_MS;
  const digits = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return ` ${offset < 0 ? '-' : '+'}${digits(minutes / 60)}:${digits(minutes % 60)}`;
}
