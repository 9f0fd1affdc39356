import { type Expression, parseExpression } from './expressions';
import { UnsupportedQuery } from './insights-values';

/** A column: what is computed, and what it is called. */
export interface Column {
  readonly name: string;
  readonly node: Expression;
}

/** The columns of a list such as `a, b + 1 as c`. */
export function columnsOf(text: string): Column[] {
  return split(text, /,/).map((part) => {
    const node = parse(part);
    return node.type === 'BinaryExpression' && node.operator === 'as'
      ? { name: aliasOf(node.right), node: node.left }
      : { name: textOf(node), node };
  });
}

/** The name after `as`, which may be in backticks. */
function aliasOf(node: Expression): string {
  return node.type === 'CallExpression' && textOf(node.callee) === 'field' ? textOf(node) : fieldName(node);
}

/** The parts of a text between separators, which do not count inside quotes and brackets. */
export function split(text: string, separator: RegExp): string[] {
  const mask = (part: string) => '_'.repeat(part.length);
  let masked = text.replace(/"[^"]*"|'[^']*'|`[^`]*`/g, mask);
  for (let before = ''; before !== masked;) {
    before = masked;
    masked = masked.replace(/\([^()[\]]*\)|\[[^()[\]]*\]/g, mask);
  }
  const cuts = [...masked.matchAll(new RegExp(separator, 'g'))];
  const starts = [0, ...cuts.map(({ index, 0: cut }) => index + cut.length)];
  return starts.map((start, index) => text.slice(start, cuts[index]?.index));
}

/**
 * Reads one expression. Three forms of Logs Insights are rewritten for the parser: a field in backticks becomes a call of
 * `field`, a period such as `5m` a text, and `(*)` an empty list of arguments.
 */
export function parse(text: string): Expression {
  const rewritten = text.replace(/("[^"]*"|'[^']*')|`([^`]+)`|\b(\d+(?:ms|s|m|h|d|w))\b|\(\*\)/g, (all, quoted, field, period) =>
    quoted ? all : field ? `field("${field}")` : period ? `"${period}"` : '()',
  );
  try {
    return parseExpression('logsInsights', rewritten);
  } catch (error) {
    throw new UnsupportedQuery(`'${text.trim()}' cannot be read: ${(error as Error).message}`);
  }
}

/** The dotted name that a chain of members spells. */
export function fieldName(node: Expression): string {
  if (node.type === 'Identifier') {
    return node.name;
  }
  if (node.type === 'MemberExpression') {
    const member = node.computed ? literalOf(node.property) : fieldName(node.property);
    return `${fieldName(node.object)}.${member}`;
  }
  throw new UnsupportedQuery(`'${node.type}' is no field`);
}

function literalOf(node: Expression): string {
  if (node.type !== 'Literal') {
    throw new UnsupportedQuery(`'${node.type}' is no field`);
  }
  return String(node.value);
}

/** What Logs Insights calls a column without a name: the text of its expression. */
export function textOf(node: Expression): string {
  switch (node.type) {
    case 'Literal':
      return String(node.value);
    case 'CallExpression': {
      const args = node.arguments.map(textOf).join(', ');
      const name = textOf(node.callee);
      return name === 'field' ? args : `${name}(${args || '*'})`;
    }
    case 'BinaryExpression':
      return `${textOf(node.left)} ${node.operator} ${textOf(node.right)}`;
    case 'Identifier':
    case 'MemberExpression':
      return fieldName(node);
    default:
      return node.type;
  }
}
