import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FakeAws } from './fake-aws';

export interface Props {
  readonly applicationSignals?: boolean;
  readonly percentage?: number;
  readonly key?: string;
}

/** How long an invocation may take, and what is kept of it for the answer. Only faults that last use it up. */
const INVOCATION_MS = 4_000;
const ANSWER_SECONDS = 1;

// A thread of plain Node, as in Lambda: inside Jest's own context the AWS SDK cannot load everything it needs.
const LAMBDA = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { handler } = require(workerData);
  parentPort.on('message', ({ event, milliseconds }) => {
    const end = Date.now() + milliseconds;
    handler(event, { getRemainingTimeInMillis: () => end - Date.now() }).then(
      () => parentPort.postMessage({}),
      (error) => parentPort.postMessage({ error: String(error) }),
    );
  });
`;

const LOGS = 'arn:aws:logs:eu-central-1:111122223333:log-group';
export const SPANS = `${LOGS}:aws/spans:*`;
export const SIGNALS = `${LOGS}:/aws/application-signals/data:*`;
export const SOURCE = 'arn:aws:xray:eu-central-1:111122223333:*';

/** What CloudFormation does with the custom resource of a stack: the real bundle and the real SDK, over HTTP. */
export class StackLife {
  printed = '';
  private lambda!: Worker;
  private requests = 0;

  constructor(
    private readonly aws: FakeAws,
    private readonly stack: string,
    private readonly logicalId = 'Search',
  ) {}

  get parameter(): string {
    return `/records/${this.stack}/${this.logicalId}`;
  }

  start(): void {
    const env = {
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_MAX_ATTEMPTS: '1',
      AWS_ENDPOINT_URL: this.aws.url,
      OWNERSHIP_PARAMETER: this.parameter,
      RETRY_DELAY_SECONDS: '0.005',
      ANSWER_SECONDS: String(ANSWER_SECONDS),
    };
    const workerData = join(__dirname, '../../../assets/enable-transaction-search/index.js');
    this.lambda = new Worker(LAMBDA, { eval: true, workerData, stdout: true, stderr: true, env });
    [this.lambda.stdout, this.lambda.stderr].forEach((stream) => stream.on('data', (text) => (this.printed += String(text))));
  }

  async stop(): Promise<void> {
    await this.lambda.terminate();
  }

  /** @param milliseconds what the invocation has, for requests that are to use it up or not */
  async send(RequestType: 'Create' | 'Update' | 'Delete', props: Props = {}, milliseconds = 60_000) {
    const { applicationSignals = true, percentage, key } = props;
    const event = {
      RequestType,
      ResponseURL: `${this.aws.url}/answer`,
      StackId: this.stack,
      RequestId: String(++this.requests),
      LogicalResourceId: this.logicalId,
      ...(RequestType !== 'Create' && { PhysicalResourceId: this.parameter }),
      ResourceProperties: {
        Account: '111122223333',
        SourceArn: SOURCE,
        Spans: SPANS,
        ...(applicationSignals && { ApplicationSignals: SIGNALS }),
        ...(percentage !== undefined && { IndexingPercentage: String(percentage) }),
        ...(key && { EncryptionKeyArn: key }),
      },
    };
    const before = this.aws.responses.length;
    this.lambda.postMessage({ event, milliseconds });
    const [{ error }] = (await once(this.lambda, 'message')) as [{ error?: string }];
    expect(error).toBeUndefined();
    const responses = this.aws.responses.slice(before);
    expect(responses).toHaveLength(1);
    expect(responses[0]!.PhysicalResourceId).toBe(this.parameter);
    return responses[0]!;
  }

  /** A request that meets a fault that lasts. */
  sendShort(requestType: 'Create' | 'Update' | 'Delete', props: Props = {}) {
    return this.send(requestType, props, INVOCATION_MS);
  }
}
