import type { OtelGatewayOptions } from '../../otel-gateway-options';
import { ALLOWED_ATTRIBUTES } from './allowed-attributes';

/** Five words or more. Names, ids and states have fewer; prompts, answers and tasks have more. */
const SENTENCE = '(?s)^\\s*(?:\\S+\\s+){4}\\S.*$';

/** What may be in values of any attribute and belongs to no telemetry: addresses of mail, keys of AWS, US social security numbers. */
const BLOCKED_VALUES: readonly string[] = [
  '[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}',
  '(?:AKIA|ASIA)[0-9A-Z]{16}',
  '\\b\\d{3}-\\d{2}-\\d{4}\\b',
];

const OPERATIONS =
  'chat|text_completion|generate_content|embeddings|retrieval|create_agent|invoke_agent|invoke_workflow|execute_tool|step|' +
  'GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS';

/** One word, an operation and one word, or a call of an AWS service as ADOT names it: `Bedrock Runtime.Converse`. */
const NAME = `^(?:(?:${OPERATIONS}) )?[^\\s?]{1,256}$|^[A-Z]\\w*(?: [A-Z]\\w*){0,2}\\.[A-Z]\\w+$`;

const quoted = (text: string): string => JSON.stringify(text);

/** The processors that leave no text, in the order in which they must run: what is cut first is not recognised any more. */
export const SCRUBBERS: readonly string[] = [
  'transform/names',
  'redaction/sentences',
  'redaction/attributes',
  'resource',
  'transform/truncate',
];

/** Metrics have no names of spans, and no resource of their own. */
export const METRIC_SCRUBBERS: readonly string[] = ['redaction/sentences', 'redaction/attributes', 'resource'];

export function scrubbers(options: OtelGatewayOptions): Record<string, object> {
  const { attributes = [], resourceAttributes = {}, maxAttributeLength = 256, blockedValues = BLOCKED_VALUES } = options;
  const named = `span.attributes["gen_ai.operation.name"]`;
  return {
    // Traceloop puts tasks of CrewAI into names of spans; messages of errors quote prompts.
    'transform/names': statements(
      [
        'span',
        `set(span.name, ${named}) where not IsMatch(span.name, ${quoted(NAME)}) and ${named} != nil`,
        `set(span.name, "[redacted]") where not IsMatch(span.name, ${quoted(NAME)})`,
        'set(span.status.message, "") where span.status.message != ""',
      ],
      ['spanevent', `set(spanevent.name, "[redacted]") where not IsMatch(spanevent.name, ${quoted('^[\\w.:/-]{1,128}$')})`],
    ),
    'redaction/sentences': {
      allow_all_keys: true,
      // Who asks for an attribute by name wants its text.
      ignored_keys: attributes,
      blocked_values: [SENTENCE],
      redact_all_types: true,
      summary: 'silent',
    },
    'redaction/attributes': {
      allow_all_keys: false,
      allowed_keys: [...new Set([...ALLOWED_ATTRIBUTES, ...attributes])].sort(),
      blocked_values: blockedValues,
      summary: 'silent',
    },
    resource: {
      attributes: [
        ...Object.entries(resourceAttributes).map(([key, value]) => ({ key, value, action: 'upsert' })),
        // A processor without an action is refused.
        { key: 'process.command_line', action: 'delete' },
      ],
    },
    'transform/truncate': statements(
      ...['span', 'spanevent', 'resource'].map(
        (context) => [context, `truncate_all(${context}.attributes, ${maxAttributeLength})`] as const,
      ),
    ),
  };
}

/** Each context in a list of its own: in one list all would run in the narrowest, as for spans with events only. */
const statements = (...lists: ReadonlyArray<readonly [context: string, ...list: string[]]>): object => ({
  error_mode: 'ignore',
  trace_statements: lists.map(([context, ...list]) => ({ context, statements: list })),
});
