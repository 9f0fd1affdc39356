import { parseJson } from '../shared/parse-json';

/** What X-Ray must be allowed to write to, with the name of the statement of this library that allows it. */
export interface Need {
  readonly sid: string;
  /** The ARN of the log group, with `:*` at its end. */
  readonly resource: string;
}

/** The names of all statements of this library. */
export const SIDS = { spans: 'BedrockObservabilitySpans', applicationSignals: 'BedrockObservabilityApplicationSignals' } as const;

/** A statement as it may be found: each member can be one value or a list. */
interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: string | { readonly Service?: string | readonly string[] };
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

interface Document {
  readonly Version?: string;
  readonly Statement?: Statement | readonly Statement[];
}

/** X-Ray, acting for this account and Region. */
export interface Caller {
  readonly account: string;
  /** An ARN such as X-Ray sends as its source. */
  readonly sourceArn: string;
}

const XRAY = 'xray.amazonaws.com';
const ACTION = 'logs:PutLogEvents';

/** Whether a policy lets X-Ray write to the log group. A condition that is not known here counts as one that does not hold. */
export function allows(policy: string, { resource }: Need, caller: Caller): boolean {
  return statementsOf(policy).some(
    (statement) =>
      statement.Effect === 'Allow' &&
      servicesOf(statement).includes(XRAY) &&
      list(statement.Action).some((pattern) => matches(pattern, ACTION)) &&
      list(statement.Resource).some((pattern) => matches(pattern, resource)) &&
      holds(statement.Condition ?? {}, caller),
  );
}

export function hasStatement(policy: string, sids: readonly string[]): boolean {
  return statementsOf(policy).some(({ Sid }) => sids.includes(Sid ?? ''));
}

/** The policy with the statements that allow what is needed, in the place of those of the same names. */
export function withStatements(policy: string | undefined, needs: readonly Need[], { account, sourceArn }: Caller): string {
  const sids = needs.map(({ sid }) => sid);
  const others = policy === undefined ? [] : statementsOf(policy).filter(({ Sid }) => !sids.includes(Sid ?? ''));
  const ours = needs.map(({ sid, resource }) => ({
    Sid: sid,
    Effect: 'Allow',
    Principal: { Service: XRAY },
    Action: ACTION,
    Resource: resource,
    Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': sourceArn } },
  }));
  return JSON.stringify({ ...documentOf(policy), Statement: [...others, ...ours] });
}

/** The policy without the statements of these names; undefined if nothing is left. */
export function withoutStatements(policy: string, sids: readonly string[]): string | undefined {
  const left = statementsOf(policy).filter(({ Sid }) => !sids.includes(Sid ?? ''));
  return left.length === 0 ? undefined : JSON.stringify({ ...documentOf(policy), Statement: left });
}

function holds(conditions: NonNullable<Statement['Condition']>, { account, sourceArn }: Caller): boolean {
  const actual: Readonly<Record<string, string>> = { 'aws:sourceaccount': account, 'aws:sourcearn': sourceArn };
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, patterns]) => {
      const value = actual[key.toLowerCase()];
      return /^(StringEquals|StringLike|ArnLike|ArnEquals)$/.test(operator) && list(patterns).some((pattern) => matches(pattern, value));
    }),
  );
}

function servicesOf({ Principal }: Statement): readonly string[] {
  return Principal === '*' ? [XRAY] : list(typeof Principal === 'object' ? Principal.Service : undefined);
}

/** The pattern may have `*` and `?`, as in IAM. A value with `*` at its end is matched as the text that it is. */
function matches(pattern: string, value: string | undefined): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return value !== undefined && new RegExp(`^${source}$`, 'is').test(value);
}

function statementsOf(policy: string): readonly Statement[] {
  return list(documentOf(policy).Statement);
}

function documentOf(policy: string | undefined): Document {
  return policy === undefined ? { Version: '2012-10-17' } : (parseJson(policy, 'a resource policy') as Document);
}

const list = <T>(value: T | readonly T[] | undefined): readonly T[] => (value === undefined ? [] : ([value].flat() as readonly T[]));
