import type { Catalogue } from '../../engine/pricing/catalogue';
import { bold, printable, table } from '../terminal';
import { textWidth } from '../tables/text-width';
import { wrapped } from '../tables/wrapped';
import type { Explanation } from './explanation';

const GRADES: Readonly<Record<string, string>> = {
  A: 'a row of the AWS price list was read',
  B: 'two or more tables agree',
  C: 'one table',
  D: 'sources disagree; this is the preferred one',
  override: 'your own price',
};

/** An explanation as text. */
export function render(found: Explanation, catalogue: Catalogue, width: number): string {
  const id = wrapped(printable(found.modelId), width, '').split('\n');
  const blocks = [id.map(bold).join('\n'), facts(found, catalogue, width)];
  blocks.push(found.unpriced === undefined ? rates(found) : wrapped(`no price: ${printable(found.unpriced)}`, width, '  '));
  if (found.bands.length > (found.unpriced === undefined ? 1 : 0)) blocks.push(bands(found, width));
  if (found.arithmetic) blocks.push(arithmetic(found, width));
  return blocks.join('\n\n');
}

/** Of the facts, behind their names. */
const INDENT = ' '.repeat(11);

function facts(found: Explanation, catalogue: Catalogue, width: number): string {
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
  return facts
    .flatMap(([name, value]) =>
      value === undefined ? [] : [`  ${name.padEnd(8)} ${wrapped(printable(value), width, INDENT).trimStart()}`],
    )
    .join('\n');
}

/** Each source of the row, with its description in the catalogue. */
function sources(keys: string | undefined, catalogue: Catalogue): Array<readonly [string, string]> {
  return (keys?.split('+') ?? []).map((key, at) => {
    const what = catalogue.lines<{ what: string }>('source', key)[0]?.what;
    return [at === 0 ? 'source' : '', what === undefined ? key : `${key}: ${what}`];
  });
}

const FREE_NOTE = '  what calls consume costs nothing: the capacity is paid by the hour';

function rates({ rates, unit, flags }: Explanation): string {
  const all = Object.entries(rates);
  // Where capacity is paid by the hour, every kind that a call can consume has the rate 0. One sentence says so.
  const shown = all.filter(([, rate]) => rate !== '0' || !flags.includes('hourlyCapacity'));
  const drawn = table({ head: ['kind', 'USD', 'per'], rows: shown.map(([kind, rate]) => [kind, rate, unit[kind] ?? '']), right: [1] });
  return [...(shown.length > 0 ? [drawn] : []), ...(shown.length < all.length ? [FREE_NOTE] : [])].join('\n');
}

/** A table or, where that is too wide, a sentence for each band. */
function bands({ bands, context }: Explanation, width: number): string {
  const rows = bands.map((band) => [
    [band.context && `context ${band.context}`, ...Object.entries(band.spec ?? {}).map(([axis, value]) => `${axis} ${value}`)]
      .filter(Boolean)
      .join(', '),
    Object.entries(band.rates)
      .filter(([, rate]) => rate !== '0')
      .map(([kind, rate]) => `${kind} ${rate}`)
      .join(', '),
    band.context !== undefined && band.context === context ? 'this one' : '',
  ]);
  const drawn = table({ head: ['when', 'USD', ''], rows });
  if (drawn.split('\n').every((line) => textWidth(line) <= width)) return drawn;
  return rows.map(([when, rates, isThis]) => wrapped(printable(`${when}${isThis && ` (${isThis})`}: ${rates}`), width, '  ')).join('\n');
}

function arithmetic({ arithmetic = [], missing = [], usd }: Explanation, width: number): string {
  const rows = arithmetic.map(({ kind, count, rate, per, usd: amount }) => [
    `${count} ${kind}`,
    per === '1M tokens' ? `× ${rate} / 1M` : `× ${rate}`,
    '=',
    amount,
  ]);
  const drawn = table({ head: ['used', 'rate', '', 'USD'], rows: [...rows, ['', '', 'total', usd ?? 'no price']], right: [3] });
  return [drawn, ...missing.map((kind) => wrapped(`no price for ${printable(kind)}: the cost is not known`, width, '  '))].join('\n');
}
