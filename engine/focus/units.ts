import { KINDS } from '../pricing/kinds';
import { TOKEN_BUCKETS } from '../pricing/token-buckets';

/** Cache writes of an unknown lifetime, and input that may be cached, are kinds of tokens that no row names. */
export const isToken = (kind: string): boolean =>
  KINDS[kind] === 'token' || (TOKEN_BUCKETS as readonly string[]).includes(kind) || KINDS[kind] === undefined;

/** With a capital, in the plural, as FOCUS writes units. */
export function unitOf(kind: string): string {
  const unit = KINDS[kind]!;
  const plural = unit.endsWith('y') ? `${unit.slice(0, -1)}ies` : `${unit}s`;
  return plural.charAt(0).toUpperCase() + plural.slice(1);
}

const OTHERS = Object.keys(KINDS).filter((kind) => !isToken(kind));

/** SQL: the unit of a kind, and another text for tokens. */
export const unitSql = (ofTokens: string): string =>
  `case kind ${OTHERS.map((kind) => `when '${kind}' then '${unitOf(kind)}'`).join(' ')} else '${ofTokens}' end`;

/** SQL: one value for tokens, another for what is counted in other units. */
export const byUnitSql = (ofTokens: string, ofOthers: string): string =>
  `case when kind in (${OTHERS.map((kind) => `'${kind}'`).join(', ')}) then ${ofOthers} else ${ofTokens} end`;
