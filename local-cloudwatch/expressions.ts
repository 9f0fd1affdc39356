import jsep from 'jsep';

/** A parsed expression, in the node types of ESTree. */
export type Expression =
  | { readonly type: 'Literal'; readonly value: string | number | boolean | null; readonly raw: string }
  | { readonly type: 'Identifier'; readonly name: string }
  | { readonly type: 'MemberExpression'; readonly object: Expression; readonly property: Expression; readonly computed: boolean }
  | { readonly type: 'ArrayExpression'; readonly elements: readonly Expression[] }
  | { readonly type: 'UnaryExpression'; readonly operator: string; readonly argument: Expression }
  | { readonly type: 'BinaryExpression'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly type: 'CallExpression'; readonly callee: Expression; readonly arguments: readonly Expression[] }
  | { readonly type: 'ConditionalExpression' | 'ThisExpression' | 'SequenceExpression' };

/** What a language adds to names, numbers, texts, calls and brackets. */
interface Grammar {
  /** Operators between two operands with their precedence: the higher number binds first. */
  readonly binary: Readonly<Record<string, number>>;
  /** Of two in a row, the one on the right is worked out first. */
  readonly rightAssociative: readonly string[];
  readonly unary: readonly string[];
  /** Characters of names, beside letters, digits, `_` and `$`. */
  readonly nameCharacters: string;
}

/**
 * The languages of CloudWatch that are expressions.
 * Sources: CloudWatch User Guide, "Using math expressions with CloudWatch metrics" and "Create a composite alarm";
 * CloudWatch Logs User Guide, "Supported operations and functions".
 */
export const GRAMMARS = {
  metricMath: {
    binary: {
      OR: 1,
      '||': 1,
      AND: 2,
      '&&': 2,
      '==': 6,
      '!=': 6,
      '<': 7,
      '<=': 7,
      '>': 7,
      '>=': 7,
      '+': 9,
      '-': 9,
      '*': 10,
      '/': 10,
      '^': 12,
    },
    rightAssociative: ['^'],
    unary: ['-'],
    nameCharacters: '',
  },
  compositeRule: { binary: { OR: 1, AND: 2 }, rightAssociative: [], unary: ['NOT'], nameCharacters: '' },
  logsInsights: {
    binary: {
      as: 0.5,
      or: 1,
      and: 2,
      '=': 6,
      '!=': 6,
      '<': 7,
      '<=': 7,
      '>': 7,
      '>=': 7,
      like: 7,
      in: 7,
      '+': 9,
      '-': 9,
      '*': 10,
      '/': 10,
    },
    rightAssociative: [],
    unary: ['not'],
    nameCharacters: '@',
  },
} as const satisfies Record<string, Grammar>;

export type GrammarName = keyof typeof GRAMMARS;

const parsed = new Map<string, Expression>();
let configured: GrammarName | undefined;

/**
 * Parses one expression of a language. Throws where the text is not exactly one expression, or uses an operator that only
 * another of the languages has.
 *
 * Alarms and signals evaluate the same few texts again and again, so each is parsed once.
 */
export function parseExpression(grammar: GrammarName, text: string): Expression {
  const key = `${grammar} ${text}`;
  let expression = parsed.get(key);
  if (!expression) {
    configure(grammar);
    const node = jsep(text);
    if (node.type === 'Compound') {
      throw new Error('it is not exactly one expression');
    }
    parsed.set(key, (expression = node as unknown as Expression));
  }
  return expression;
}

/** jsep has one set of operators for the whole process, so they are replaced when the language changes. */
function configure(grammar: GrammarName): void {
  if (configured === grammar) {
    return;
  }
  const { binary, rightAssociative, unary, nameCharacters }: Grammar = GRAMMARS[grammar];
  jsep.removeAllBinaryOps();
  jsep.removeAllUnaryOps();
  Object.entries(binary).forEach(([operator, precedence]) => jsep.addBinaryOp(operator, precedence, rightAssociative.includes(operator)));
  unary.forEach((operator) => jsep.addUnaryOp(operator));
  Object.values(GRAMMARS).forEach((other) => [...other.nameCharacters].forEach((character) => jsep.removeIdentifierChar(character)));
  [...nameCharacters].forEach((character) => jsep.addIdentifierChar(character));
  configured = grammar;
}
