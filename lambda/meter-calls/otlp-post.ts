/** An answer that is no success, with the way out where the status has one. */
export class RefusedError extends Error {
  public override readonly name = 'RefusedError';

  constructor(
    public readonly status: number,
    public readonly retryAfterMs: number,
    reason?: string,
  ) {
    super(reason ?? `it answered with HTTP ${status}${WAYS_OUT[status] ?? ''}`);
  }
}

const WAYS_OUT: Readonly<Record<number, string>> = {
  400: ': it may take another temporality only, see OtlpTemporality',
  401: ': look at the secret with its headers',
  403: ': look at the secret with its headers, or at cloudwatch:PutMetricData for CloudWatch',
  404: ': look at the endpoint, to which /v1/metrics is added',
  413: ': it takes smaller requests only',
  415: ': it does not take JSON',
};

interface Post {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** More of an answer is not read. */
const MAX_ANSWER = 65_536;

/** Posts a request, and throws for an answer that is no success. Redirects are refused: they would carry the headers elsewhere. */
export async function post(endpoint: string, request: Post): Promise<void> {
  const response = await sent(endpoint, request);
  if (!response.ok) {
    void response.body?.cancel().catch(() => undefined);
    throw new RefusedError(response.status, retryAfter(response.headers.get('retry-after')));
  }
  const isPage = /text\/html/i.test(response.headers.get('content-type') ?? '');
  const answer = await textOf(response);
  if (isPage) {
    throw new RefusedError(404, 0, 'it answered with a page: look at the endpoint, to which /v1/metrics is added');
  }
  const rejected = rejectedPoints(answer);
  if (rejected > 0) {
    throw new RefusedError(400, 0, `it rejected ${rejected} data points: it may take another temporality, or newer points, only`);
  }
}

/** What a connection ends with that the other side closed while it was not in use. */
const CLOSED: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Sends a second time over a new connection: while a function is frozen, it does not see that the one which it kept was closed. */
async function sent(endpoint: string, { body, headers, signal }: Post, isRepeated = false): Promise<Response> {
  const all = { ...headers, 'content-type': 'application/json' };
  try {
    return await fetch(endpoint, { method: 'POST', body, headers: all, redirect: 'manual', signal });
  } catch (error) {
    const { message, cause } = error as Error;
    const { code = message } = (cause ?? {}) as { code?: string };
    if (signal.aborted) throw error;
    if (!isRepeated && CLOSED.has(code)) return sent(endpoint, { body, headers, signal }, true);
    throw new Error(`it cannot be reached: ${code}`, { cause: error });
  }
}

/** Whether the same request may be taken later: what OTLP names as retryable, and requests without an answer. */
export function isForNow(error: unknown): boolean {
  return !(error instanceof RefusedError) || error.status === 429 || error.status >= 500;
}

async function textOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > MAX_ANSWER) {
      break;
    }
  }
  return text;
}

/** `partialSuccess` of an answer in JSON. What cannot be read counts as success, as the status says. */
function rejectedPoints(answer: string): number {
  const [, count] = /"rejected_?[dD]ata_?[pP]oints"\s*:\s*"?(\d+)/.exec(answer) ?? [];
  return Number(count ?? 0);
}

function retryAfter(header: string | null): number {
  const seconds = Number(header ?? 0);
  return Number.isFinite(seconds) ? seconds * 1000 : 0;
}
