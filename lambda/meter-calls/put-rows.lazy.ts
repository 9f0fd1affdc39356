import { setTimeout } from 'node:timers/promises';
import { SignatureV4 } from '@smithy/signature-v4';
import { parseJson } from '../shared/parse-json';
import { Sha256 } from '../shared/sha256';

/** Puts rows into the delivery stream. Rejects unless all of them were taken. */
export type PutRows = (rows: readonly string[], abortSignal: AbortSignal) => Promise<void>;

/** Of one request: 500 records, and 4 MB in all. Source: Amazon Data Firehose API reference, "PutRecordBatch". */
const MAX_RECORDS = 500;
const MAX_BYTES = 4_000_000;

/** Before what was not taken is put again, in milliseconds. It doubles with each attempt, until the signal ends them. */
const FIRST_DELAY = 100;

/** The answer for each record, at its place: an id, or why it was not taken. */
interface Answer {
  readonly RequestResponses?: ReadonlyArray<{ readonly RecordId?: string }>;
}

/**
 * Rows go to the table one a record: Firehose takes one object of JSON for a row. This is one operation, whose request is signed
 * here: the SDK has a client of its own for it, which would take longer to load than to put a batch.
 */
export function rowsPutter(stream: string, env: NodeJS.ProcessEnv): PutRows {
  const send = sender(env);
  return async (rows, abortSignal) => {
    for (const part of partsOf(rows)) {
      let left = part;
      for (let delay = FIRST_DELAY; ; delay *= 2) {
        const Records = left.map((row) => ({ Data: Buffer.from(row).toString('base64') }));
        const answer = await send(JSON.stringify({ DeliveryStreamName: stream, Records }), abortSignal);
        // What was not taken is put again, and nothing else.
        left = left.filter((_, at) => !answer?.RequestResponses?.[at]?.RecordId);
        if (left.length === 0) break;
        await setTimeout(delay, undefined, { signal: abortSignal });
      }
    }
  };
}

/** Sends a request; undefined where it is worth another attempt. */
function sender(env: NodeJS.ProcessEnv): (body: string, signal: AbortSignal) => Promise<Answer | undefined> {
  const { AWS_REGION: region = '', AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = env;
  const credentials = { accessKeyId, secretAccessKey, sessionToken: env.AWS_SESSION_TOKEN };
  const signer = new SignatureV4({ service: 'firehose', region, sha256: Sha256, credentials });
  const endpoint = new URL(env.AWS_ENDPOINT_URL ?? `https://firehose.${region}.amazonaws.com`);
  const { hostname, host, protocol } = endpoint;
  return async (body, signal) => {
    const headers = { host, 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Firehose_20150804.PutRecordBatch' };
    const signed = await signer.sign({ method: 'POST', protocol, hostname, path: '/', headers, body });
    const response = await fetch(endpoint, { method: 'POST', headers: signed.headers, body, signal });
    const text = await response.text();
    if (response.ok) return parseJson(text, 'the answer of Firehose') as Answer;
    const { __type: type = `HTTP ${response.status}` } = errorOf(text);
    if (response.status >= 500 || /Throttl|LimitExceeded|Unavailable/.test(type)) return undefined;
    throw new Error(`Firehose did not take rows of the ledger: ${type}`);
  };
}

/** An answer of a proxy is no JSON. */
function errorOf(text: string): { readonly __type?: string } {
  try {
    return (parseJson(text, 'the answer of Firehose') ?? {}) as { __type?: string };
  } catch {
    return {};
  }
}

function partsOf(rows: readonly string[]): string[][] {
  const parts: string[][] = [];
  let bytes = Infinity;
  for (const row of rows) {
    const size = Buffer.byteLength(row);
    if (bytes + size > MAX_BYTES || parts.at(-1)!.length >= MAX_RECORDS) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)!.push(row);
    bytes += size;
  }
  return parts;
}
