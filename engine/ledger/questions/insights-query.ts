import { oneRowPerCall } from '../calls';
import { IS_LEDGER, Member } from '../members';
import { CONDITIONS, type Condition } from './conditions';
import { dimensionOf } from './dimensions';
import { MEASURES, type Measure } from './measures';
import type { Question } from './question';

/** The ledger has one line for each call, and lines for records that could not be read, which are not calls. */
const LINES = `${IS_LEDGER} and ${Member.status} != "malformed"`;

/**
 * The commands of Logs Insights that answer a question. The first `stats` makes one row of the lines of a call, the second counts
 * and adds up.
 *
 * @param also a condition of the lines, for example of their time
 */
export function insightsQuery({ of, by, measures, sort, limit }: Question, also?: string): string[] {
  const condition: Condition | undefined = of && CONDITIONS[of];
  const dimensions = by.map((name) => ({ name: nameOf(name), ...dimensionOf(name) }));
  const wanted: readonly Measure[] = measures.map((name) => MEASURES[name]);
  const keys = dimensions.flatMap(({ name, ofLine, otherwise }) => (ofLine ? [name] : (otherwise ?? [])));
  const computed = [
    ...dimensions.flatMap(({ name, ofLine }) => (ofLine && ofLine !== name ? [`${ofLine} as ${name}`] : [])),
    ...wanted.flatMap((measure) => measure.computed ?? []),
  ];
  const values = [
    ...dimensions.flatMap(({ name, ofCall }) => (ofCall ? [`${ofCall} as ${name}OfCall`] : [])),
    ...wanted.flatMap(({ ofCall }) => (ofCall ? [`${ofCall[0]} as ${ofCall[1]}`] : [])),
    ...(condition?.ofCall ? [`sortsLast(${Member.status}) as state`, `max(${Member.costUsd}) as cost`] : []),
  ];
  const after = dimensions.flatMap(({ name, ofCall, otherwise }) =>
    ofCall ? [otherwise ? `coalesce(${name}OfCall, ${otherwise}) as ${name}` : `${name}OfCall as ${name}`] : [],
  );
  return [
    `filter ${[LINES, condition?.ofLine, also].filter((part) => part !== undefined).join(' and ')}`,
    ...oneRowPerCall({
      computed: unique(computed),
      keys: unique(keys),
      values: values.length > 0 ? unique(values) : ['count(*) as linesOfCall'],
    }),
    ...(condition?.ofCall ? [`filter ${condition.ofCall}`] : []),
    ...(after.length > 0 ? [`fields ${after.join(', ')}`] : []),
    `stats ${measures.map((name) => `${MEASURES[name].over} as ${name}`).join(', ')}${by.length > 0 ? ` by ${by.map(nameOf).join(', ')}` : ''}`,
    ...(sort ? [`sort ${sort} desc`] : []),
    `limit ${limit}`,
  ];
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

/** A key of the metadata has another name than its field, because names of fields can have any characters. */
const nameOf = (dimension: string): string => (dimension.startsWith(`${Member.metadata}.`) ? 'owner' : dimension);
