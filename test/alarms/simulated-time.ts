/** Simulated time is counted in minutes from here: a Monday, in winter. */
const ORIGIN = Date.UTC(2026, 10, 2);
const MINUTE = 60_000;

export const HOUR_MINUTES = 60;
export const DAY_MINUTES = 24 * HOUR_MINUTES;

/** The minute that contains a moment in milliseconds. */
export const minuteOf = (time: number): number => Math.floor((time - ORIGIN) / MINUTE);
/** The start of a minute in milliseconds. */
export const timeOf = (minute: number): number => ORIGIN + minute * MINUTE;
/** The start of a minute in seconds. */
export const secondsOf = (minute: number): number => timeOf(minute) / 1000;
