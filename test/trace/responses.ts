import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Raw = Record<string, unknown>;

/** A response of a managed agent, and the spans that it must become. test/fixtures/README.md has the form. */
export interface AgentResponse {
  readonly name: string;
  readonly operation: 'InvokeAgent' | 'InvokeInlineAgent' | 'RetrieveAndGenerateStream';
  readonly region: string;
  readonly requestId: string;
  readonly input: Raw;
  readonly events: readonly Raw[];
  readonly spans: readonly ExpectedSpan[];
}

export interface ExpectedSpan {
  readonly name: string;
  /** Place of the parent in the list. */
  readonly parent?: number;
  readonly kind: 'CLIENT' | 'INTERNAL';
  /** Of all but the first, which lasts as long as the request. */
  readonly start?: number;
  readonly ms?: number;
  readonly failed?: true;
  readonly attributes: Raw;
}

const FILE = join(__dirname, '../fixtures/agent-responses.ndjson');

export const responses: readonly AgentResponse[] = readFileSync(FILE, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as AgentResponse);

export const response = (name: string): AgentResponse => responses.find((each) => each.name === name)!;

/** The events as the AWS SDK for JavaScript hands them out: bytes, dates, and unknown members under `$unknown`. */
export const sdkEvents = (events: readonly Raw[]): Raw[] => events.map((event) => sdkValue('', event) as Raw);

function sdkValue(name: string, value: unknown): unknown {
  if (name === 'bytes' && typeof value === 'string') return new Uint8Array(Buffer.from(value, 'base64'));
  if (['eventTime', 'startTime', 'endTime'].includes(name)) return new Date(value as string);
  if (Array.isArray(value)) return value.map((each) => sdkValue('', each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sdkValue(key, inner)]));
}
