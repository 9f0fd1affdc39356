import type { Expression } from '../../../local-cloudwatch/expressions';
import { columnsOf, fieldName, parse, split, textOf } from '../../../local-cloudwatch/insights-syntax';

/**
 * The fields of log events that a query names: neither names that the query itself gives, nor those that Logs Insights adds.
 * The interpreter's own parser finds them.
 */
export function fieldsOf(query: string): string[] {
  const named = new Set<string>();
  const aliases = new Set<string>();
  // The parser knows no patterns, and what a pattern matches is no field.
  for (const command of split(query.replace(/ like \/[^/]+\//g, ' like "pattern"'), /\|/)) {
    const [, name = '', text = ''] = /^\s*(\w+)\s*([\s\S]*?)\s*$/.exec(command) ?? [];
    for (const { name: column, node } of columnsIn(name, text)) {
      namesIn(node)
        .filter((field) => !aliases.has(field))
        .forEach((field) => named.add(field));
      if (column !== textOf(node)) {
        aliases.add(column);
      }
    }
  }
  return [...named].filter((field) => !field.startsWith('@'));
}

function columnsIn(command: string, text: string): Array<{ readonly name: string; readonly node: Expression }> {
  const unnamed = (part: string) => ({ name: textOf(parse(part)), node: parse(part) });
  switch (command) {
    case 'filter':
      return [unnamed(text)];
    case 'sort':
      return split(text, /,/).map((part) => unnamed(part.replace(/\s(asc|desc)\s*$/, '')));
    case 'fields':
    case 'display':
    case 'dedup':
      return columnsOf(text);
    case 'stats':
      return split(text, /\sby\s/)
        .reverse()
        .flatMap(columnsOf);
    case 'limit':
      return [];
    default:
      throw new Error(`'${command}' is not read here: '${text}'`);
  }
}

function namesIn(node: Expression): string[] {
  switch (node.type) {
    case 'Identifier':
    case 'MemberExpression':
      return [fieldName(node)];
    case 'UnaryExpression':
      return namesIn(node.argument);
    case 'BinaryExpression':
      return [...namesIn(node.left), ...namesIn(node.right)];
    case 'ArrayExpression':
      return node.elements.flatMap(namesIn);
    case 'CallExpression':
      // The parser makes a call of a field in backticks.
      return textOf(node.callee) === 'field' ? node.arguments.map(textOf) : node.arguments.flatMap(namesIn);
    default:
      return [];
  }
}
