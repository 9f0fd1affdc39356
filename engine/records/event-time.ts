const MINUTE = 60_000;
const SECONDS = /^:([0-5]\d)Z$/;
const COMPLETE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;

let lastText: unknown = Symbol('none yet');
let lastTime = 0;
let lastPrefix = '-';
let lastMinute = 0;

/**
 * Milliseconds of an ISO 8601 timestamp, or undefined if it is none.
 *
 * Records arrive nearly in order: most fall into the second, or the minute, of the one before and need no date arithmetic.
 */
export function eventTime(timestamp: unknown): number | undefined {
  if (timestamp === lastText) {
    return lastTime;
  }
  if (typeof timestamp !== 'string') {
    return undefined;
  }
  const time = timeOf(timestamp);
  if (time !== undefined) {
    lastText = timestamp;
    lastTime = time;
  }
  return time;
}

function timeOf(timestamp: string): number | undefined {
  if (timestamp.length === 20 && timestamp.startsWith(lastPrefix)) {
    const seconds = secondsOf(timestamp);
    if (seconds >= 0) {
      return lastMinute + seconds * 1000;
    }
  }
  const time = COMPLETE.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
  if (Number.isNaN(time)) {
    return undefined;
  }
  if (timestamp.length === 20 && SECONDS.test(timestamp.slice(16))) {
    lastPrefix = timestamp.slice(0, 16);
    lastMinute = Math.floor(time / MINUTE) * MINUTE;
  }
  return time;
}

/** The seconds of `…:SSZ`, or -1. */
function secondsOf(timestamp: string): number {
  const tens = timestamp.charCodeAt(17) - 48;
  const ones = timestamp.charCodeAt(18) - 48;
  const whole = timestamp.charCodeAt(16) === 58 && timestamp.charCodeAt(19) === 90;
  return whole && tens >= 0 && tens <= 5 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}
