import type { Catalogue } from '../../engine/pricing/catalogue';
import type { RawRow } from '../../engine/pricing/price-row';
import { Failure } from '../failure';
import { suggestion } from '../suggest';

const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;
const NUMBER = /\d+$/;

/** @throws Failure for what cannot be a Region, or is a known one with a mistake in its letters. A new number can be a new Region */
export function checkRegion(region: string, catalogue: Catalogue): void {
  if (!REGION.test(region)) throw new Failure(`'--region' must be a Region like us-east-1, got '${region}'`);
  const known = regionsOf(catalogue);
  const areas = new Set([...known].map(areaOf));
  if (known.has(region) || areas.has(areaOf(region))) return;
  const meant = suggestion(region, [...known]);
  if (meant !== '') throw new Failure(`'--region' names no Region of the price catalogue, got '${region}'${meant}`);
}

const areaOf = (region: string): string => region.replace(NUMBER, '');

function regionsOf(catalogue: Catalogue): ReadonlySet<string> {
  const ofSets = catalogue.lines<{ regions: readonly string[] }>('regionSet').flatMap(({ regions }) => regions);
  const ofRows = catalogue.lines<RawRow>('price').flatMap(({ regions }) => (typeof regions === 'string' ? [] : regions));
  return new Set([...ofSets, ...ofRows].filter((region) => REGION.test(region)));
}
