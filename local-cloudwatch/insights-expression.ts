import type { Expression } from './expressions';
import { AGGREGATE_FUNCTIONS, ROW_FUNCTIONS } from './insights-functions';
import { fieldName, textOf } from './insights-syntax';
import { type LogRow, UnsupportedQuery, type Value } from './insights-values';

type Evaluate = (node: Expression) => Value;

/**
 * The value of an expression in a row. What is computed from an absent value is absent.
 *
 * @param group the rows of a group of `stats`, over which aggregate functions are worked out
 */
export function evaluate(node: Expression, row: LogRow, group?: readonly LogRow[]): Value {
  switch (node.type) {
    case 'Literal':
      return node.value ?? undefined;
    case 'Identifier':
    case 'MemberExpression':
      return row.get(fieldName(node));
    case 'UnaryExpression':
      // The only one of the grammar is `not`.
      return evaluate(node.argument, row, group) !== true;
    case 'BinaryExpression':
      if (Object.hasOwn(OPERATORS, node.operator)) {
        return OPERATORS[node.operator]!(node.left, node.right, (part) => evaluate(part, row, group));
      }
      throw new UnsupportedQuery(`'${node.operator}' is not among the operators known here`);
    case 'CallExpression':
      return call(textOf(node.callee), node.arguments, row, group);
  }
  throw new UnsupportedQuery(`'${node.type}' is not among the expressions known here`);
}

function call(name: string, args: readonly Expression[], row: LogRow, group: readonly LogRow[] | undefined): Value {
  const [first, second] = args;
  if (group && Object.hasOwn(AGGREGATE_FUNCTIONS, name)) {
    if (!first && name !== 'count') {
      throw new UnsupportedQuery(`'${name}' needs a field`);
    }
    return AGGREGATE_FUNCTIONS[name]!({
      rows: group,
      values: first && group.map((member) => evaluate(first, member)),
      argument: second && evaluate(second, row),
    });
  }
  if (Object.hasOwn(ROW_FUNCTIONS, name)) {
    return ROW_FUNCTIONS[name]!(
      args.map((arg) => evaluate(arg, row, group)),
      row,
    );
  }
  throw new UnsupportedQuery(`'${name}' is not among the functions known here`);
}

type Operator = (left: Expression, right: Expression, valueOf: Evaluate) => Value;

/** What each operator of the grammar does, but for `as`, which names a column. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  and: (left, right, valueOf) => valueOf(left) === true && valueOf(right) === true,
  or: (left, right, valueOf) => valueOf(left) === true || valueOf(right) === true,
  in: (left, right, valueOf) => {
    if (right.type !== 'ArrayExpression') {
      throw new UnsupportedQuery(`'in' needs a list such as ["a", "b"], got '${textOf(right)}'`);
    }
    const value = valueOf(left);
    return right.elements.some((element) => valueOf(element) === value);
  },
  '=': comparison((a, b) => a === b),
  '!=': comparison((a, b) => a !== b),
  '<': comparison((a, b) => a < b),
  '<=': comparison((a, b) => a <= b),
  '>': comparison((a, b) => a > b),
  '>=': comparison((a, b) => a >= b),
  like: comparison((a, b) => String(a).includes(String(b))),
  '+': arithmetic((a, b) => a + b),
  '-': arithmetic((a, b) => a - b),
  '*': arithmetic((a, b) => a * b),
  '/': arithmetic((a, b) => a / b),
};

/** False where one side is absent. */
function comparison(holds: (a: string | number, b: string | number) => boolean): Operator {
  return (left, right, valueOf) => {
    const [a, b] = [valueOf(left), valueOf(right)];
    if (a === undefined || b === undefined) {
      return false;
    }
    // Numbers compare as numbers, also where one of them is a text.
    const [x, y] = [Number(a), Number(b)];
    const areNumbers = !Number.isNaN(x) && !Number.isNaN(y) && a !== '' && b !== '';
    return areNumbers ? holds(x, y) : holds(String(a), String(b));
  };
}

/** Absent where one side is no number, or the result is none. */
function arithmetic(compute: (a: number, b: number) => number): Operator {
  return (left, right, valueOf) => {
    const result = compute(Number(valueOf(left) ?? NaN), Number(valueOf(right) ?? NaN));
    return Number.isFinite(result) ? result : undefined;
  };
}
