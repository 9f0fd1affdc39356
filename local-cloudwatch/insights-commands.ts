import { split } from './insights-syntax';
import { UnsupportedQuery } from './insights-values';

interface Command {
  readonly name: string;
  readonly text: string;
}

/** Source: CloudWatch Logs User Guide, "stats". Newer pages allow more. */
const MAX_STATS = 2;

/**
 * The commands of a query.
 *
 * @throws UnsupportedQuery if one is not known, or if Logs Insights would refuse their order
 */
export function commandsOf(query: string, known: readonly string[]): Command[] {
  const commands = split(query, /\|/).map((part): Command => {
    const [, name = '', text = ''] = /^\s*(\w+)\s*([\s\S]*?)\s*$/.exec(part) ?? [];
    if (!known.includes(name)) {
      throw new UnsupportedQuery(`'${name}' is not among the commands known here: ${known.join(', ')}`);
    }
    return { name, text };
  });
  checkOrder(commands.map(({ name }) => name));
  return commands;
}

/** Source: CloudWatch Logs User Guide, "stats" and "dedup". */
function checkOrder(names: readonly string[]): void {
  if (names.filter((name) => name === 'stats').length > MAX_STATS) {
    throw new UnsupportedQuery(`a query can have ${MAX_STATS} stats commands at most`);
  }
  const early = names.slice(0, names.lastIndexOf('stats') + 1).find((name) => name === 'sort' || name === 'limit');
  if (early !== undefined) {
    throw new UnsupportedQuery(`'${early}' must come after the last stats command`);
  }
  const dedup = names.indexOf('dedup');
  const late = dedup < 0 ? undefined : names.slice(dedup + 1).find((name) => name !== 'limit');
  if (late !== undefined) {
    throw new UnsupportedQuery(`'${late}' cannot come after dedup, which only limit can follow`);
  }
}
