import type { Catalogue } from '../../engine/pricing/catalogue';
import type { RawRow } from '../../engine/pricing/price-row';
import { Failure } from '../failure';
import { parsePairs } from '../options/pairs';
import { suggestion } from '../suggest';

/**
 * Reads `--spec`.
 *
 * @throws Failure for an axis by which no price of the catalogue differs
 */
export function specIn(text: string, catalogue: Catalogue): Readonly<Record<string, string>> {
  const spec = Object.fromEntries(parsePairs('--spec', text, 'size=1024x1024,quality=premium'));
  const known = [...new Set(catalogue.lines<RawRow>('price').flatMap((row) => Object.keys(row.spec ?? {})))].sort();
  const unknown = Object.keys(spec).find((axis) => !known.includes(axis));
  if (unknown !== undefined) {
    throw new Failure(
      `'--spec' must name what prices differ by, got '${unknown}'${suggestion(unknown, known) || `: use ${known.join(', ')}`}`,
    );
  }
  return spec;
}
