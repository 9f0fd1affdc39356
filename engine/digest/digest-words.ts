import { cents } from '../pricing/money-text';
import type { PicoUsd } from '../pricing/types';
import { parseUsd } from '../pricing/usd-text';
import { UNFIT_CHARACTERS } from '../unfit-characters';
import type { Digest } from './digest';

const DAY_MS = 86_400_000;

/** An amount as people read it: to the cent, with thousands. */
export function usd(amount: string | PicoUsd): string {
  const text = cents(typeof amount === 'string' ? parseUsd(amount) : amount);
  return text.startsWith('<') ? 'less than USD 0.01' : `USD ${text}`;
}

/** The cost of some calls. */
export const cost = (amount: string | undefined): string => (amount === undefined ? 'cost unknown' : usd(amount));

/** A number with thousands, and the word for what is counted: `1 call`, `1,234 calls`. */
export const count = (value: number, word: string): string => `${number(value)} ${word}${value === 1 ? '' : 's'}`;

export const number = (value: number): string => value.toLocaleString('en-US');

/** `1,237 calls, of which 3 failed`: the words of dashboards and of `replay`. */
export const callsText = ({ calls, failedCalls }: Pick<Digest, 'calls' | 'failedCalls'>): string =>
  `${count(calls, 'call')}${failedCalls === 0 ? '' : `, of which ${number(failedCalls)} failed`}`;

/** The days that are summed up. */
export function daysText({ from, to, timeZone }: Digest): string {
  return `${from === to ? from : `${from} to ${to}`} (${timeZone})`;
}

/** `38.2 % less than the day before`; nothing where that is unknown. */
export function changeText({ change, from, to }: Digest): string {
  if (change === undefined) return '';
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  const before = days === 1 ? 'the day before' : `the ${days} days before`;
  if (change === 0) return `, the same as ${before}`;
  return `, ${number(Math.abs(change))} % ${change < 0 ? 'less' : 'more'} than ${before}`;
}

/** How many calls the total is without, as a sentence; nothing where it is complete. */
export function withoutPrice({ unpriced }: Digest): string {
  const calls = unpriced.reduce((sum, group) => sum + group.calls, 0);
  return calls === 0 ? '' : `${count(calls, 'call')} without a price ${calls === 1 ? 'is' : 'are'} not in this amount.`;
}

/** Names come from records: one line, whatever is in them. */
export const oneLine = (text: string): string => text.replace(UNFIT_CHARACTERS, ' ');

/** Where to look when there are no calls. */
export const NO_CALLS_TEXT = 'No calls were recorded. If calls were made, look at the alarms LogDeliveryFailing and LoggingChanged.';
