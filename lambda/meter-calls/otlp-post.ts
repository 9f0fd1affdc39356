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
export async function post(endpoint: string, { body, headers, signal }: Post): Promise<void> {
  const response = await fetch(endpoint, {
    method: 'POST',
    body,
    headers: { ...headers, 'content-type': 'application/json' },
    redirect: 'manual',
    signal,
  });
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
