import jsep from 'jsep';
import { FUNCTIONS } from './metric-math-functions';
import { asArray, asSeries, isArray, type MathContext, type MathValue, type Series, UnsupportedMath } from './metric-math-values';

export { type MathContext, type MathValue, type Series, UnsupportedMath } from './metric-math-values';

// CloudWatch's operators, where they differ from those of JavaScript.
jsep.addBinaryOp('AND', 2);
jsep.addBinaryOp('OR', 1);
jsep.addBinaryOp('^', 12, true);

type Operator = (left: number, right: number) => number | undefined;

/** A division by zero has no datapoint. Comparisons and logic give 1 or 0. */
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
 * Whatever is not known here is refused by name with UnsupportedMath.
 */
export function evaluateMath(expression: string, context: MathContext): readonly Series[] {
  const value = valueOf(parse(expression), context);
  if (typeof value === 'number' || typeof value === 'string') {
    throw new UnsupportedMath(`'${expression}' gives a single value where CloudWatch needs a series: wrap it in TIME_SERIES()`);
  }
  return isArray(value) ? value : [value];
}

function parse(expression: string): jsep.CoreExpression {
  try {
    return jsep(expression) as jsep.CoreExpression;
  } catch (error) {
    throw new UnsupportedMath(`'${expression}' is no metric math: ${(error as Error).message}`);
  }
}

function valueOf(node: jsep.CoreExpression, context: MathContext): MathValue {
  const child = (expression: jsep.Expression | null) => valueOf(expression as jsep.CoreExpression, context);
  switch (node.type) {
    case 'Literal':
      if (typeof node.value === 'number' || typeof node.value === 'string') {
        return node.value;
      }
      throw new UnsupportedMath(`'${node.raw}' is no value of metric math`);
    case 'Identifier':
      // CloudWatch's ids start with a lower-case letter; anything else is a word such as REPEAT or DESC.
      return /^[a-z]/.test(node.name) ? context.lookup(node.name) : node.name;
    case 'ArrayExpression':
      return node.elements.flatMap((element) => asArray(child(element), 'an array'));
    case 'UnaryExpression':
      if (node.operator === '-') {
        return combine('-', 0, child(node.argument), context);
      }
      break;
    case 'BinaryExpression':
      return combine(node.operator, child(node.left), child(node.right), context);
    case 'CallExpression':
      if (node.callee.type === 'Identifier') {
        return call((node.callee as jsep.Identifier).name, node.arguments.map(child), context);
      }
      break;
  }
  throw new UnsupportedMath(`'${typeof node.operator === 'string' ? node.operator : node.type}' is no part of metric math`);
}

function call(name: string, args: readonly MathValue[], context: MathContext): MathValue {
  if (!Object.hasOwn(FUNCTIONS, name)) {
    throw new UnsupportedMath(`'${name}' is not among the functions known here: ${Object.keys(FUNCTIONS).join(', ')}`);
  }
  return FUNCTIONS[name]!(args, context);
}

/** Both sides of an operator: numbers, series (where both have a datapoint), or one array with each series for itself. */
function combine(symbol: string, left: MathValue, right: MathValue, context: MathContext): MathValue {
  const operator = Object.hasOwn(OPERATORS, symbol) ? OPERATORS[symbol]! : undefined;
  if (!operator) {
    throw new UnsupportedMath(`'${symbol}' is no operator of metric math`);
  }
  if (isArray(left) && isArray(right)) {
    throw new UnsupportedMath(`'${symbol}' cannot stand between two arrays of series`);
  }
  if (isArray(left)) {
    return left.map((series) => combine(symbol, series, right, context) as Series);
  }
  if (isArray(right)) {
    return right.map((series) => combine(symbol, left, series, context) as Series);
  }
  if (typeof left === 'number' && typeof right === 'number') {
    const value = operator(left, right);
    return value ?? { label: symbol, values: new Map() };
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
