import { TokenType } from '../../cost-metrics';

/** Each token type has one label and one colour on all dashboards. Colour-blind readers can tell the colours apart, too. */
export const TOKEN_STYLE: Record<TokenType, { readonly label: string; readonly color: string }> = {
  [TokenType.INPUT]: { label: 'Input', color: '#3b78c4' },
  [TokenType.OUTPUT]: { label: 'Output', color: '#e07b27' },
  [TokenType.CACHE_READ]: { label: 'Cache read', color: '#2f9e77' },
  [TokenType.CACHE_WRITE]: { label: 'Cache write', color: '#9467bd' },
  [TokenType.UNITS]: { label: 'Images, seconds, search units', color: '#8a6d4b' },
};

/** Colours by meaning. */
export const COLOR = { MAIN: '#3b78c4', GOOD: '#2f9e77', BAD: '#cf3f3f', WARN: '#e0a227', QUIET: '#8c99a6' };

/** The types that are counted in tokens, as they are stacked. */
export const TOKEN_TYPES = [TokenType.CACHE_READ, TokenType.CACHE_WRITE, TokenType.INPUT, TokenType.OUTPUT];

/** All types, as their cost is stacked: units first, because most accounts have none. */
export const COST_TYPES = [TokenType.UNITS, ...TOKEN_TYPES];
