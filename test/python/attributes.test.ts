import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NEXT_SPAN_ATTRIBUTES, OpenInferenceAttributes, SpanAttributes, TRACE_SCOPE } from '../../engine/telemetry/span-attributes';

const FILE = join(__dirname, '../../python/src/bedrock_observability_trace/attributes.json');

test('the Python module has the names of the Node module', () => {
  const table = { scope: TRACE_SCOPE, span: SpanAttributes, next: NEXT_SPAN_ATTRIBUTES, openInference: OpenInferenceAttributes };
  const text = `${JSON.stringify(table, undefined, 2)}\n`;
  if (process.env.UPDATE_DOCS) writeFileSync(FILE, text);
  expect(readFileSync(FILE, 'utf8')).toBe(text);
});
