import type { Digest } from './digest';

const count = (value: number): string => value.toLocaleString('en-US');
const cents = (usd: string): string => `USD ${Number(usd).toFixed(2)}`;

/** The digest as a message that a person reads: plain text, fit for e-mail and chat. */
export function textOf(digest: Digest): string {
  const { from, to, timeZone, calls, failedCalls } = digest;
  const when = from === to ? from : `${from} to ${to}`;
  const head = `Amazon Bedrock, ${when} (${timeZone})`;
  if (calls + failedCalls === 0) {
    return `${head}\n\nNo calls were recorded. If there should have been some, look at the alarms LogDeliveryFailing and LoggingChanged.\n`;
  }
  const sections = [
    `${head}\n\n${total(digest)}`,
    section(
      'Models',
      digest.models.map(
        (line) =>
          `${line.model}: ${amount(line.usd, line.usdPerCall)}${line.share} %, ${count(line.calls)} calls, ${count(line.inputPerCall)} tokens in and ${count(line.outputPerCall)} out for each`,
      ),
    ),
    section(
      'Top spenders',
      digest.callers.map((line) => `${line.caller}: ${cents(line.usd)}, ${count(line.calls)} calls`),
    ),
    section(
      'Without a price, not in the total',
      digest.unpriced.map((line) => `${line.model}: ${count(line.calls)} calls, ${line.reason}`),
    ),
    section('Price rows used for the first time', digest.newPriceRows ?? []),
    section(
      'What this observability cost, estimated at list price',
      (digest.ownCosts ?? []).map(({ item, usd }) => `${item}: USD ${usd.toFixed(2)}`),
    ),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function total({ usd, change, calls, failedCalls, input, output }: Digest): string {
  const against = change === undefined ? '' : ` (${change < 0 ? '' : '+'}${change} % against the period before)`;
  const failed = failedCalls === 0 ? '' : `, and ${count(failedCalls)} failed`;
  return `${cents(usd)}${against} for ${count(calls)} calls${failed}: ${count(input)} tokens in, ${count(output)} out.\nEstimated from the price list, before discounts of your own.`;
}

const amount = (usd: string, perCall: string | undefined): string =>
  perCall === undefined ? 'no price, ' : `${cents(usd)}, USD ${perCall} a call, `;

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [title, ...lines.map((line) => `- ${line}`)].join('\n');
