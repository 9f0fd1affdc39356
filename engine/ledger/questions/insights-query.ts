import { oneRowPerCall } from '../calls';
import { IS_LEDGER, Member } from '../members';
import { CONDITIONS, type Condition } from './conditions';
import { columnOf, dimensionOf } from './dimensions';
import { columnOfMeasure, lineMeasureOf, type Measure, measureOf } from './measures';
import type { LedgerQuestion, LineQuestion, Question } from './question';

/** The ledger has one line for each call, and lines for records that could not be read, which are not calls. */
const LINES = `${IS_LEDGER} and ${Member.status} != "malformed"`;
const RECORDED = `not ispresent(${Member.source})`;

/**
 * The commands of Logs Insights that answer a question. Of calls, the first `stats` makes one row of the lines of a call, and the
 * second counts and adds up.
 *
 * @param also a condition of the lines, for example of their time
 */
export const insightsQuery = (question: LedgerQuestion, also?: string): string[] =>
  question.each === 'line' ? queryOfLines(question, also) : queryOfCalls(question, also);

function queryOfCalls(question: Question, also: string | undefined): string[] {
  const { of, by, measures } = question;
  const condition: Condition | undefined = of && CONDITIONS[of];
  const dimensions = by.map((name) => ({ name: columnOf(name), ...dimensionOf(name) }));
  const wanted: readonly Measure[] = measures.map(measureOf);
  const keys = dimensions.flatMap(({ name, ofLine, otherwise }) => (ofLine ? [name] : (otherwise ?? [])));
  const computed = [...namedOf(dimensions), ...[...dimensions, ...wanted].flatMap(({ computed: text }) => text ?? [])];
  const values = [
    ...dimensions.flatMap(({ name, ofCall }) => (ofCall ? [`${ofCall} as ${name}OfCall`] : [])),
    ...wanted.flatMap(({ ofCall }) => (ofCall ? [`${ofCall[0]} as ${ofCall[1]}`] : [])),
    ...(condition?.values ?? []),
  ];
  const after = dimensions.flatMap(({ name, ofCall, otherwise }) =>
    ofCall ? [otherwise ? `coalesce(${name}OfCall, ${otherwise}) as ${name}` : `${name}OfCall as ${name}`] : [],
  );
  return [
    filterOf(question, also),
    ...oneRowPerCall({
      computed: unique(computed),
      keys: unique(keys),
      values: values.length > 0 ? unique(values) : ['count(*) as linesOfCall'],
    }),
    ...(condition?.ofCall ? [`filter ${condition.ofCall}`] : []),
    ...(after.length > 0 ? [`fields ${after.join(', ')}`] : []),
    ...sumsOf(
      question,
      dimensions,
      measures.map((name) => `${measureOf(name).over} as ${columnOfMeasure(name)}`),
    ),
  ];
}

function queryOfLines(question: LineQuestion, also: string | undefined): string[] {
  const dimensions = question.by.map((name) => ({ name: columnOf(name), ...dimensionOf(name) }));
  const computed = [...namedOf(dimensions), ...question.measures.flatMap((name) => lineMeasureOf(name).computed ?? [])];
  return [
    filterOf(question, also),
    ...(computed.length > 0 ? [`fields ${unique(computed).join(', ')}`] : []),
    ...sumsOf(
      question,
      dimensions,
      question.measures.map((name) => `${lineMeasureOf(name).over} as ${name}`),
    ),
  ];
}

interface Named {
  readonly name: string;
  readonly ofLine?: string;
}

const namedOf = (dimensions: readonly Named[]): string[] =>
  dimensions.flatMap(({ name, ofLine }) => (ofLine && ofLine !== name ? [`${ofLine} as ${name}`] : []));

function filterOf({ of, withUnrecorded }: LedgerQuestion, also: string | undefined): string {
  const condition: Condition | undefined = of && CONDITIONS[of];
  const parts = [LINES, withUnrecorded ? undefined : RECORDED, condition?.ofLine, also];
  return `filter ${parts.filter((part) => part !== undefined).join(' and ')}`;
}

function sumsOf({ sort, limit }: LedgerQuestion, by: readonly Named[], sums: readonly string[]): string[] {
  const groups = by.length > 0 ? ` by ${by.map(({ name }) => name).join(', ')}` : '';
  return [`stats ${sums.join(', ')}${groups}`, ...(sort ? [`sort ${sort} desc`] : []), `limit ${limit}`];
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
