import type { Catalogue } from '../pricing/catalogue';
import { parseUsd } from '../pricing/usd-text';
import type { Digest, ModelLine, SavingLine } from './digest';
import { callsText, changeText, cost, count, daysText, NO_CALLS_TEXT, number, oneLine, usd, withoutPrice } from './digest-words';
import { displayNames } from './display-names';

/** Lines of a list that are shown. A message of SNS has 256 KB at most, and a list can have thousands of lines. */
const MOST_LINES = 25;

/** The digest as a message that a person reads: plain text, for e-mail and terminals. */
export function textOf(digest: Digest, catalogue: Catalogue): string {
  const head = `Amazon Bedrock, ${daysText(digest)}`;
  if (digest.calls === 0) {
    return `${head}\n\n${NO_CALLS_TEXT}\n`;
  }
  const { models, callers, profiles, unpriced, largestSaving, newPriceRows = [], ownCosts = [], limits = [] } = digest;
  const namesOf = (axis: string, names: readonly string[]) => {
    const shown = displayNames(axis, names, catalogue);
    return (name: string) => shown.get(name) ?? name;
  };
  const model = namesOf(
    'model',
    [...models, ...unpriced].map((line) => line.model),
  );
  const role = namesOf(
    'role',
    callers.map(({ caller }) => caller),
  );
  const profile = namesOf(
    'profile',
    profiles.map((line) => line.profile),
  );
  const sections = [
    `${head}\n\n${total(digest)}`,
    section('Limits that were reached', limits),
    section(
      'Models',
      models.map((line) => `${model(line.model)}: ${modelText(line)}`),
    ),
    section(
      'Roles that spent most',
      callers.map((line) => `${role(line.caller)}: ${cost(line.usd)}, ${callsText(line)}`),
    ),
    section(
      'Application inference profiles that spent most',
      profiles.map((line) => `${profile(line.profile)}: ${cost(line.usd)}, ${callsText(line)}`),
    ),
    section(
      'Calls without a price',
      unpriced.map((line) => `${model(line.model)}: ${count(line.calls, 'call')} (${line.reason})`),
    ),
    section('What would have saved most', largestSaving ? savingLines(largestSaving) : []),
    section('Prices that were used for the first time, by their row in the price catalogue', newPriceRows),
    section(
      'What metering cost, at published prices, without alarms, dashboards and metrics',
      ownCosts.map(({ item, usd: amount }) => `${item}: ${usd(toPico(amount))}`),
    ),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const more = lines.length - MOST_LINES;
  const shown = lines.slice(0, MOST_LINES).map((line) => `- ${oneLine(line)}`);
  return [title, ...shown, ...(more > 0 ? [`- and ${number(more)} more: the JSON of this digest has all of them`] : [])].join('\n');
}

function total(digest: Digest): string {
  const { usd: amount, input, output } = digest;
  const spent =
    amount === undefined ? 'The cost is unknown, because no call has a price.' : `${usd(amount).replace(/^l/, 'L')}${changeText(digest)}.`;
  const missing = amount === undefined ? '' : withoutPrice(digest);
  const tokens = input === undefined ? 'tokens unknown' : `${count(input, 'token')} in and ${number(output!)} out`;
  return [
    ...[spent, missing].filter((text) => text !== ''),
    `${callsText(digest)}; ${tokens}.`,
    'This is an estimate at the prices of the cost meter. It does not include taxes, credits and support.',
  ].join('\n');
}

function modelText(line: ModelLine): string {
  const { usd: amount, usdPerCall, share, inputPerCall = 0, outputPerCall = 0 } = line;
  return [
    share === undefined ? cost(amount) : `${cost(amount)} (${share} %)`,
    callsText(line),
    ...(usdPerCall === undefined ? [] : [`${usd(1000n * parseUsd(usdPerCall))} for 1,000 calls`]),
    ...(inputPerCall + outputPerCall === 0 ? [] : [`${count(inputPerCall, 'token')} in and ${number(outputPerCall)} out in each`]),
  ].join(', ');
}

const savingLines = ({ name, usd: now, savesUsd, calls, assumes, changes }: SavingLine): string[] => [
  `${name}: ${usd(savesUsd)} less of the ${usd(now)} of ${count(calls, 'call')}`,
  `it assumes ${assumes}`,
  `it changes: ${changes}`,
  'the command whatif compares all levers',
];

const toPico = (amount: number): bigint => BigInt(Math.round(amount * 1e12));
