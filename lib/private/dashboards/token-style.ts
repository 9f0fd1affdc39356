import { TokenType } from '../../cost-metrics';

/** A token type has the same name and colour on every dashboard; the colours are told apart by colour-blind readers too. */
export const TOKEN_STYLE: Record<TokenType, { readonly label: string; readonly color: string }> = {
  [TokenType.INPUT]: { label: 'Input', color: '#3b78c4' },
  [TokenType.OUTPUT]: { label: 'Output', color: '#e07b27' },
  [TokenType.CACHE_READ]: { label: 'Cache read', color: '#2f9e77' },
  [TokenType.CACHE_WRITE]: { label: 'Cache write', color: '#9467bd' },
  [TokenType.UNITS]: { label: 'Images, seconds, search units', color: '#8a6d4b' },
};

/** Meanings that have a colour of their own. */
export const COLOR = { MAIN: '#3b78c4', GOOD: '#2f9e77', BAD: '#cf3f3f', WARN: '#e0a227', QUIET: '#8c99a6' };

/** The kinds that are tokens. */
export const TOKEN_TYPES = [TokenType.INPUT, TokenType.CACHE_READ, TokenType.CACHE_WRITE, TokenType.OUTPUT];
