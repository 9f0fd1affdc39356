import { type Expression, parseExpression } from './expressions';
import { FUNCTIONS } from './metric-math-functions';
import { asArray, asSeries, isArray, type MathContext, type MathValue, type Series, UnsupportedMath } from './metric-math-values';

export { type MathContext, type Series, UnsupportedMath } from './metric-math-values';

type Operator = (left: number, right: number) => number | undefined;

/** What each operator of the grammar does with two datapoints. A division by zero has no datapoint; comparisons and logic give 1 or 0. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => (right === 0 ? undefined : left / right),
  '^': (left, right) => left ** right,
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  '<': (left, right) => Number(left < right),
  '<=': (left, right) => Number(left <= right),
  '>': (left, right) => Number(left > right),
  '>=': (left, right) => Number(left >= right),
  AND: (left, right) => Number(left !== 0 && right !== 0),
  '&&': (left, right) => Number(left !== 0 && right !== 0),
  OR: (left, right) => Number(left !== 0 || right !== 0),
  '||': (left, right) => Number(left !== 0 || right !== 0),
};

/**
 * Evaluates a CloudWatch metric-math expression: one series, or several where the expression is an array or a search.
 *
 * Throws UnsupportedMath, with the name of the part, where the expression has a part that is not known here.
 */
export function evaluateMath(expression: string, context: MathContext): readonly Series[] {
  const value = valueOf(parse(expression), context);
  if (typeof value === 'number' || typeof value === 'string') {
    throw new UnsupportedMath(`'${expression}' gives a single value where CloudWatch needs a series: wrap it in TIME_SERIES()`);
  }
  return isArray(value) ? value : [value];
}

function parse(expression: string): Expression {
  try {
    return parseExpression('metricMath', expression);
  } catch (error) {
    throw new UnsupportedMath(`'${expression}' is no metric math: ${(error as Error).message}`);
  }
}

function valueOf(node: Expression, context: MathContext): MathValue {
  const child = (expression: Expression) => valueOf(expression, context);
  switch (node.type) {
    case 'Literal':
      if (typeof node.value === 'number' || typeof node.value === 'string') {
        return node.value;
      }
      throw new UnsupportedMath(`'${node.raw}' is no value of metric math`);
    case 'Identifier':
      // Ids of metrics start with a lower-case letter; anything else is a word such as REPEAT or DESC.
      return /^[a-z]/.test(node.name) ? context.lookup(node.name) : node.name;
    case 'ArrayExpression':
      return node.elements.flatMap((element) => asArray(child(element), 'an array'));
    case 'UnaryExpression':
      // The only one of the grammar is the minus.
      return combine('-', 0, child(node.argument), context);
    case 'BinaryExpression':
      return combine(node.operator, child(node.left), child(node.right), context);
    case 'CallExpression':
      if (node.callee.type === 'Identifier') {
        return call(node.callee.name, node.arguments.map(child), context);
      }
  }
  throw new UnsupportedMath(`'${node.type}' is no part of metric math`);
}

function call(name: string, args: readonly MathValue[], context: MathContext): MathValue {
  if (!Object.hasOwn(FUNCTIONS, name)) {
    throw new UnsupportedMath(`'${name}' is not among the functions known here: ${Object.keys(FUNCTIONS).join(', ')}`);
  }
  return FUNCTIONS[name]!(args, context);
}

/** Applies an operator to numbers, to two series where both have a datapoint, or to each series of one array. */
function combine(symbol: string, left: MathValue, right: MathValue, context: MathContext): MathValue {
  if (isArray(left) && isArray(right)) {
    throw new UnsupportedMath(`'${symbol}' cannot combine two arrays of series`);
  }
  if (isArray(left)) {
    return left.map((series) => combine(symbol, series, right, context) as Series);
  }
  if (isArray(right)) {
    return right.map((series) => combine(symbol, left, series, context) as Series);
  }
  const operator = OPERATORS[symbol]!;
  if (typeof left === 'number' && typeof right === 'number') {
    return operator(left, right) ?? { label: symbol, values: new Map() };
  }
  const [a, b] = [asSeries(left, symbol, context), asSeries(right, symbol, context)];
  const values = new Map<number, number>();
  for (const [start, x] of a.values) {
    const y = b.values.get(start);
    const value = y === undefined ? undefined : operator(x, y);
    if (value !== undefined) {
      values.set(start, value);
    }
  }
  return { label: typeof left === 'number' ? b.label : a.label, values };
}
