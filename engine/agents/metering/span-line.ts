import { AGENT_LINE_START, AgentLineKind, AgentMember } from '../../ledger/agent-members';
import { readObject, type Json } from '../../records/json';
import { readDuration, readId, readLabel, readModel, readSpanId, readTime, readTokens, readWord } from '../readers';
import type { InputForm, Span, SpanRole, SpanTokens } from '../span';
import { durationOf, textMember, timeText } from './line-text';

const ROLES: readonly SpanRole[] = ['model', 'agent', 'tool', 'retrieval', 'step'];
const INPUT_FORMS: readonly InputForm[] = ['includesCache', 'excludesCache'];

/**
 * The line of a span: what counting needs to know of it, and no text of a user. It is put together by hand, because there is one for
 * each span; readers.ts lets no character into a span that JSON would escape.
 */
export function spanLine(span: Span): string {
  const { tokens, inputForm, firstTokenMs, requestId } = span;
  return (
    `${START}${timeText(span.start)}","durationMs":${durationOf(span)},"traceId":"${span.traceId}","spanId":"${span.spanId}"` +
    `${textMember('parentSpanId', span.parentSpanId)},"role":"${span.role}"${textMember('operation', span.operation)}${textMember('scope', span.scope)}` +
    textMember('service', span.service) +
    textMember('agent', span.agent) +
    textMember('session', span.sessionId) +
    (span.role === 'tool' ? textMember('tool', span.tool) + textMember('toolInput', inputMark(span)) : '') +
    textMember('model', span.model) +
    (span.role === 'model' ? textMember('provider', span.provider) : '') +
    textMember('region', span.region) +
    textMember('requestId', requestId) +
    (tokens ? tokensText(tokens) + (inputForm === 'unknown' ? '' : textMember('inputForm', inputForm)) : '') +
    (firstTokenMs === undefined ? '' : `,"${AgentMember.firstTokenMs}":${firstTokenMs}`) +
    (span.failed ? `,"${AgentMember.failed}":true` : '') +
    textMember('errorType', span.errorType) +
    '}'
  );
}

const START = `${AGENT_LINE_START}"${AgentMember.kind}":"${AgentLineKind.SPAN}","${AgentMember.time}":"`;

function tokensText({ input, output, cacheRead, cacheWrite }: SpanTokens): string {
  const cached = `${cacheRead > 0 ? `,"cacheRead":${cacheRead}` : ''}${cacheWrite > 0 ? `,"cacheWrite":${cacheWrite}` : ''}`;
  return `,"tokens":{"input":${input},"output":${output}${cached}}`;
}

/** A span as its line tells it; undefined where the line cannot be read. */
export function spanOfLine(line: Json): Span | undefined {
  const [traceId, spanId, start] = [readSpanId(line.traceId), readSpanId(line.spanId), readTime(line.time)];
  const role = ROLES.find((each) => each === line.role);
  if (traceId === undefined || spanId === undefined || start === undefined || !role) return undefined;
  const operation = readWord(line.operation);
  return {
    ...{ traceId, spanId, parentSpanId: readSpanId(line.parentSpanId), start, end: start + (readDuration(line.durationMs) ?? 0) },
    ...{ scope: readWord(line.scope) ?? '', service: readLabel(line.service), role, operation, name: operation ?? role },
    ...{ agent: readLabel(line.agent) ?? readId(line.agent), sessionId: readId(line.session), tool: readWord(line.tool) },
    ...{ toolInput: readWord(line.toolInput), model: readModel(line.model), provider: readWord(line.provider) ?? 'unknown' },
    ...{ region: readWord(line.region), requestId: readId(line.requestId), tokens: tokensOfLine(line.tokens) },
    ...{ inputForm: INPUT_FORMS.find((form) => form === line.inputForm) ?? 'unknown', firstTokenMs: readDuration(line.firstTokenMs) },
    ...{ failed: line.failed === true, errorType: readWord(line.errorType) },
  };
}

/** Zeros are left out. */
export const withoutZeros = ({ input, output, cacheRead, cacheWrite }: SpanTokens): Partial<SpanTokens> => ({
  input: input > 0 ? input : undefined,
  output: output > 0 ? output : undefined,
  cacheRead: cacheRead > 0 ? cacheRead : undefined,
  cacheWrite: cacheWrite > 0 ? cacheWrite : undefined,
});

export function tokensOfLine(value: unknown): SpanTokens | undefined {
  const tokens = readObject(value);
  const count = (name: keyof SpanTokens): number => readTokens(tokens?.[name]) ?? 0;
  return tokens && { input: count('input'), output: count('output'), cacheRead: count('cacheRead'), cacheWrite: count('cacheWrite') };
}

const PRIME = 0x01000193;
const BITS = 20;

/**
 * Twenty bits of a hash (FNV-1a) of trace and tool input. They are enough to see that calls in a row are equal, and too few to find
 * out what the input was: every millionth text has the same bits.
 */
function inputMark({ traceId, toolInput }: Span): string | undefined {
  if (toolInput === undefined) return undefined;
  const text = `${traceId} ${toolInput}`;
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  return ((hash >>> 0) >>> (32 - BITS)).toString(36);
}
