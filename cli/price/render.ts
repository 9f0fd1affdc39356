import pc from 'picocolors';
import type { Catalogue } from '../../engine/pricing/catalogue';
import { table } from '../text-table';
import type { Explanation } from './explain';

const GRADES: Readonly<Record<string, string>> = {
  A: 'a row of the AWS price list was read',
  B: 'two or more tables agree',
  C: 'one table',
  D: 'sources disagree; this is the preferred one',
  override: "the user's own",
};

/** An explanation in words. */
export function render(found: Explanation, catalogue: Catalogue): string {
  const blocks = [pc.bold(found.modelId), facts(found, catalogue)];
  if (found.unpriced !== undefined) {
    blocks.push(`  no price: ${found.unpriced}`);
  } else {
    blocks.push(rates(found));
  }
  if (found.bands.length > 1 || (found.bands.length > 0 && found.unpriced !== undefined)) blocks.push(bands(found));
  if (found.arithmetic) blocks.push(arithmetic(found));
  return blocks.join('\n\n');
}

function facts(found: Explanation, catalogue: Catalogue): string {
  const facts: ReadonlyArray<readonly [string, string | undefined]> = [
    ['model', found.model && `${found.model} (${found.name}, ${found.provider})`],
    ['routing', found.routing],
    ['Region', found.region],
    ['tier', found.tier],
    ['at', found.at],
    ['row', found.row],
    ['context', found.context && `${found.context} tokens of input and cache`],
    ...sources(found.source, catalogue),
    ['grade', found.grade && `${found.grade}: ${GRADES[found.grade] ?? 'not described'}, as of ${found.asOf}`],
    ['flags', found.flags.length > 0 ? found.flags.join(', ') : 'none'],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(8)} ${value}`])).join('\n');
}

/** What each source of the row is, in the words of the catalogue. */
function sources(keys: string | undefined, catalogue: Catalogue): Array<readonly [string, string]> {
  return (keys?.split('+') ?? []).map((key, at) => {
    const what = catalogue.lines<{ what: string }>('source', key)[0]?.what;
    return [at === 0 ? 'source' : '', what === undefined ? key : `${key}: ${what}`];
  });
}

function rates({ rates, unit, flags }: Explanation): string {
  // Where capacity is paid by the hour, everything a call consumes is listed at 0: too much to read.
  const shown = Object.entries(rates).filter(([, rate]) => rate !== '0' || !flags.includes('hourlyCapacity'));
  const drawn = table(
    ['kind', 'USD', 'per'],
    shown.map(([kind, rate]) => [kind, rate, unit[kind] ?? '']),
    [1],
  );
  const free = shown.length === Object.keys(rates).length ? '' : '\n  what calls consume costs nothing: the capacity is paid by the hour';
  return shown.length === 0 ? free.trimStart().padStart(free.length) : drawn + free;
}

function bands({ bands, context }: Explanation): string {
  return table(
    ['when', 'USD', ''],
    bands.map((band) => [
      [band.context && `context ${band.context}`, ...Object.entries(band.spec ?? {}).map(([axis, value]) => `${axis} ${value}`)]
        .filter(Boolean)
        .join(', '),
      Object.entries(band.rates)
        .filter(([, rate]) => rate !== '0')
        .map(([kind, rate]) => `${kind} ${rate}`)
        .join(', '),
      band.context !== undefined && band.context === context ? 'this one' : '',
    ]),
  );
}

function arithmetic({ arithmetic = [], missing = [], usd }: Explanation): string {
  const rows = arithmetic.map(({ kind, count, rate, per, usd: amount }) => [
    `${count} ${kind}`,
    per === '1M tokens' ? `× ${rate} / 1M` : `× ${rate}`,
    '=',
    amount,
  ]);
  const total = usd ?? 'no price';
  const notes = missing.map((kind) => `\n  no price for ${kind}: the cost is not known`);
  return table(['used', 'rate', '', 'USD'], [...rows, ['', '', 'total', total]], [3]) + notes.join('');
}
