import type { CallerLine, Digest, ModelLine, SavingLine } from './digest';
import type { UnpricedGroup } from './digest-facts';

/** The digest as a message that a person reads: plain text, fit for e-mail and chat. */
export function textOf(digest: Digest): string {
  const { from, to, timeZone, calls, failedCalls } = digest;
  const days = from === to ? from : `${from} to ${to}`;
  const head = `Amazon Bedrock, ${days} (${timeZone})`;
  if (calls + failedCalls === 0) {
    return `${head}\n\nNo calls were recorded. If there should have been some, look at the alarms LogDeliveryFailing and LoggingChanged.\n`;
  }
  const sections = [
    `${head}\n\n${total(digest)}`,
    section('Models', digest.models.map(modelText)),
    section('Top spenders', digest.callers.map(callerText)),
    section('Without a price, not in the total', digest.unpriced.map(unpricedText)),
    section('What would have saved most', digest.largestSaving ? [savingText(digest.largestSaving)] : []),
    section('Limits that were reached', digest.limits ?? []),
    section('Price rows used for the first time', digest.newPriceRows ?? []),
    section(
      'What this observability cost, estimated at list price',
      (digest.ownCosts ?? []).map(({ item, usd }) => `${item}: USD ${usd.toFixed(2)}`),
    ),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [title, ...lines.map((line) => `- ${line}`)].join('\n');

function total({ usd, change, calls, failedCalls, input, output }: Digest): string {
  const against = change === undefined ? '' : ` (${change < 0 ? '' : '+'}${change} % against the period before)`;
  const failed = failedCalls === 0 ? '' : `, and ${count(failedCalls)} failed`;
  const used = `${count(calls)} calls${failed}: ${count(input)} tokens in, ${count(output)} out.`;
  return usd === undefined
    ? `Cost unknown, because no call has a price, for ${used}`
    : `${cents(usd)}${against} for ${used}\nEstimated from the price list, before discounts of your own.`;
}

function modelText({ model, usd, usdPerCall, share, calls, inputPerCall, outputPerCall }: ModelLine): string {
  const amount = usd === undefined ? 'no price' : `${cents(usd)}, USD ${usdPerCall} a call, ${share} %`;
  return `${model}: ${amount}, ${count(calls)} calls, ${count(inputPerCall)} tokens in and ${count(outputPerCall)} out for each`;
}

const callerText = ({ caller, usd, calls }: CallerLine): string =>
  `${caller}: ${usd === undefined ? 'no price' : cents(usd)}, ${count(calls)} calls`;

const savingText = ({ name, usd, savesUsd, calls, assumes, changes }: SavingLine): string =>
  `${name}: ${cents(savesUsd)} less of ${cents(usd)}, ${count(calls)} calls. Assumes ${assumes}. Changes: ${changes}. The command whatif compares the others`;

const unpricedText = ({ model, calls, reason }: UnpricedGroup): string => `${model}: ${count(calls)} calls, ${reason}`;

const count = (value: number): string => value.toLocaleString('en-US');

const cents = (usd: string): string => `USD ${Number(usd).toFixed(2)}`;
