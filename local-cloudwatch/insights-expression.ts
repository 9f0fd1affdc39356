import jsep from 'jsep';

export type Value = string | number | boolean | undefined;

/** One row: a log event with its JSON members under dotted names, or a group. */
export type LogRow = ReadonlyMap<string, Value>;

/** A query that this interpreter cannot read. Its result is unknown, never a guess. */
export class UnsupportedQuery extends Error {}

// The operators of Logs Insights that JavaScript spells in another way.
jsep.addBinaryOp('as', 0.5);
jsep.addBinaryOp('or', 1);
jsep.addBinaryOp('and', 2);
jsep.addBinaryOp('=', 6);
jsep.addBinaryOp('like', 7);
jsep.addBinaryOp('in', 7);
jsep.addUnaryOp('not');
jsep.addIdentifierChar('@');

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** A column: what is computed, and what it is called. */
export interface Column {
  readonly name: string;
  readonly node: jsep.CoreExpression;
}

/** The columns of a list such as `a, b + 1 as c`. */
export function columnsOf(text: string): Column[] {
  return split(text, /,/).map((part) => {
    const node = parse(part);
    return node.type === 'BinaryExpression' && node.operator === 'as'
      ? { name: fieldName(node.right as jsep.CoreExpression), node: node.left as jsep.CoreExpression }
      : { name: nameOf(node), node };
  });
}

/** The parts of a text between separators; quoted and bracketed ones do not count. */
export function split(text: string, separator: RegExp): string[] {
  const blank = (part: string) => '_'.repeat(part.length);
  let masked = text.replace(/"[^"]*"|'[^']*'|`[^`]*`/g, blank);
  for (let before = ''; before !== masked;) {
    before = masked;
    masked = masked.replace(/\([^()[\]]*\)|\[[^()[\]]*\]/g, blank);
  }
  const cuts = [...masked.matchAll(new RegExp(separator, 'g'))];
  const starts = [0, ...cuts.map(({ index, 0: cut }) => index + cut.length)];
  return starts.map((start, index) => text.slice(start, cuts[index]?.index));
}

/** Reads one expression; what Insights writes and JavaScript does not is put into words that a parser of JavaScript knows. */
export function parse(text: string): jsep.CoreExpression {
  const javaScript = text.replace(/("[^"]*"|'[^']*')|`([^`]+)`|\b(\d+(?:ms|s|m|h|d|w))\b|\(\*\)/g, (all, quoted, field, duration) =>
    quoted ? all : field ? `field("${field}")` : duration ? `"${duration}"` : '()',
  );
  try {
    const node = jsep(javaScript) as jsep.CoreExpression;
    if (node.type !== 'Compound') {
      return node;
    }
  } catch (error) {
    throw new UnsupportedQuery(`'${text.trim()}' cannot be read: ${(error as Error).message}`);
  }
  throw new UnsupportedQuery(`'${text.trim()}' cannot be read: it is no single expression`);
}

type Comparison = (left: string | number, right: string | number) => boolean;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  like: (left, right) => String(left).includes(String(right)),
};

const ARITHMETIC: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
};

type Call = (name: string, args: readonly jsep.CoreExpression[]) => Value;

/** The value of an expression in a row. What is computed from something absent is absent. */
export function evaluate(node: jsep.CoreExpression, row: LogRow, call: Call = functionOf(row)): Value {
  const child = (expression: unknown) => evaluate(expression as jsep.CoreExpression, row, call);
  switch (node.type) {
    case 'Literal':
      return node.value as Value;
    case 'Identifier':
    case 'MemberExpression':
      return row.get(fieldName(node));
    case 'UnaryExpression':
      if (node.operator === 'not') {
        return child(node.argument) !== true;
      }
      break;
    case 'CallExpression':
      if (node.callee.type === 'Identifier') {
        return call((node.callee as jsep.Identifier).name, node.arguments as jsep.CoreExpression[]);
      }
      break;
    case 'BinaryExpression':
      return binary(node, child);
  }
  throw new UnsupportedQuery(`'${nameOf(node)}' is not among the expressions known here`);
}

function binary({ operator, left, right }: jsep.BinaryExpression, child: (expression: unknown) => Value): Value {
  if (operator === 'and') {
    return child(left) === true && child(right) === true;
  }
  if (operator === 'or') {
    return child(left) === true || child(right) === true;
  }
  if (operator === 'in' && right.type === 'ArrayExpression') {
    const value = child(left);
    return (right as jsep.ArrayExpression).elements.some((element) => child(element) === value);
  }
  const arithmetic = Object.hasOwn(ARITHMETIC, operator) ? ARITHMETIC[operator] : undefined;
  const comparison = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  const [a, b] = [child(left), child(right)];
  if (arithmetic) {
    const result = arithmetic(Number(a ?? NaN), Number(b ?? NaN));
    return Number.isFinite(result) ? result : undefined;
  }
  if (comparison) {
    return a !== undefined && b !== undefined && comparison(...comparable(a, b));
  }
  throw new UnsupportedQuery(`'${operator}' is not among the operators known here`);
}

/** Numbers compare as numbers, also where one of them came as text. */
function comparable(a: string | number | boolean, b: string | number | boolean): [string | number, string | number] {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) || a === '' || b === '' ? [String(a), String(b)] : [x, y];
}

export function functionOf(row: LogRow): Call {
  const value = (node: jsep.CoreExpression | undefined) => (node === undefined ? undefined : evaluate(node, row));
  return (name, args) => {
    const [first, second] = args;
    switch (name) {
      case 'field':
        return row.get(String((first as jsep.Literal).value));
      case 'ispresent':
        return value(first) !== undefined;
      case 'coalesce':
        return args.map(value).find((each) => each !== undefined);
      case 'concat':
        return args.map((arg) => value(arg) ?? '').join('');
      case 'bin':
        return floor(row.get('@timestamp'), value(first));
      case 'datefloor':
        return floor(value(first), value(second));
      default:
        throw new UnsupportedQuery(`'${name}' is not among the functions known here`);
    }
  };
}

function floor(time: Value, duration: Value): Value {
  const [, count, unit] = /^(\d+)(\w+)$/.exec(String(duration)) ?? [];
  const step = Number(count) * (UNIT_MS[unit ?? ''] ?? NaN);
  if (Number.isNaN(step)) {
    throw new UnsupportedQuery(`'${String(duration)}' is no period such as 5m, 1h or 1d`);
  }
  return typeof time === 'number' ? time - (time % step) : undefined;
}

/** The dotted name that a chain of members spells. */
function fieldName(node: jsep.CoreExpression): string {
  if (node.type === 'Identifier') {
    return node.name;
  }
  if (node.type === 'MemberExpression' && !node.computed) {
    return `${fieldName(node.object as jsep.CoreExpression)}.${fieldName(node.property as jsep.CoreExpression)}`;
  }
  if (node.type === 'MemberExpression' && node.property.type === 'Literal') {
    return `${fieldName(node.object as jsep.CoreExpression)}.${String((node.property as jsep.Literal).value)}`;
  }
  throw new UnsupportedQuery(`'${node.type}' is no field`);
}

/** What Insights calls a column without a name of its own: the text of its expression. */
function nameOf(node: jsep.CoreExpression): string {
  switch (node.type) {
    case 'Literal':
      return String(node.value);
    case 'CallExpression': {
      const args = (node.arguments as jsep.CoreExpression[]).map(nameOf).join(', ');
      const name = nameOf(node.callee as jsep.CoreExpression);
      return name === 'field' ? args : `${name}(${args || '*'})`;
    }
    case 'BinaryExpression':
      return `${nameOf(node.left as jsep.CoreExpression)} ${node.operator} ${nameOf(node.right as jsep.CoreExpression)}`;
    case 'Identifier':
    case 'MemberExpression':
      return fieldName(node);
    default:
      return node.type;
  }
}
