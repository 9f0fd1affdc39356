import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import type { Ownership } from '../../../lambda/configure-logging/ownership';
import { type CloudFormationResponse, FakeAws } from './fake-aws';

export type Mode = 'fail' | 'adopt' | 'replace';
type RequestType = 'Create' | 'Update' | 'Delete';

/** How long one invocation may take, and what it keeps of that for its response; generous, since a fault that lasts takes no real time. */
const INVOCATION_MS = 60_000;
const ANSWER_SECONDS = 20;

/** A configuration as Bedrock keeps it. */
export function configuration(name: string, differences: Partial<LoggingConfig> = {}): LoggingConfig {
  return {
    cloudWatchConfig: { logGroupName: `${name}-records`, roleArn: `arn:aws:iam::123456789012:role/${name}-delivery` },
    textDataDeliveryEnabled: true,
    imageDataDeliveryEnabled: false,
    embeddingDataDeliveryEnabled: false,
    videoDataDeliveryEnabled: false,
    audioDataDeliveryEnabled: false,
    ...differences,
  };
}

// A thread of plain Node, as in Lambda: inside Jest's own context the AWS SDK cannot load everything it needs. Its clock jumps
// ahead on request, and time-outs follow that clock, so that no test waits for a deadline.
const LAMBDA = `
  const { parentPort, workerData } = require('node:worker_threads');
  const realNow = Date.now;
  let jumped = 0;
  let timeouts = [];
  Date.now = () => realNow() + jumped;
  AbortSignal.timeout = (milliseconds) => {
    const controller = new AbortController();
    timeouts.push({ due: Date.now() + milliseconds, controller });
    return controller.signal;
  };
  function jump(milliseconds) {
    jumped += milliseconds;
    const due = timeouts.filter((timeout) => timeout.due <= Date.now());
    timeouts = timeouts.filter((timeout) => !due.includes(timeout));
    due.forEach(({ controller }) => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')));
  }
  const { handler } = require(workerData);
  parentPort.on('message', ({ event, milliseconds, passed }) => {
    if (passed !== undefined) return jump(passed);
    jumped = 0;
    timeouts = [];
    const end = Date.now() + milliseconds;
    const left = () => end - Date.now();
    handler(event, { getRemainingTimeInMillis: left }).then(
      () => parentPort.postMessage({ left: left() }),
      (error) => parentPort.postMessage({ error: String(error) }),
    );
  });
`;

/** What CloudFormation does with one stack's custom resource: the real bundle, over HTTP. */
export class StackLife {
  /** What the function logged. */
  printed = '';
  private lambda!: Worker;
  private requests = 0;
  private properties: unknown;

  constructor(
    private readonly aws: FakeAws,
    readonly stack: string,
    private readonly logicalId = 'Setting',
    /** Between attempts, and before the setting is read again. */
    private readonly delaySeconds = 0.01,
  ) {}

  /** The name of the ownership record, and the physical id. */
  get parameter(): string {
    return `/ownership/${this.stack}/${this.logicalId}`;
  }

  start(): void {
    this.lambda = new Worker(LAMBDA, {
      eval: true,
      workerData: join(__dirname, '../../../assets/configure-logging/index.js'),
      stdout: true,
      stderr: true,
      env: {
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_MAX_ATTEMPTS: '1',
        AWS_ENDPOINT_URL_BEDROCK: this.aws.url,
        AWS_ENDPOINT_URL_SSM: this.aws.url,
        OWNERSHIP_PARAMETER: this.parameter,
        RETRY_DELAY_SECONDS: String(this.delaySeconds),
        ANSWER_SECONDS: String(ANSWER_SECONDS),
      },
    });
    for (const stream of [this.lambda.stdout, this.lambda.stderr]) {
      stream.on('data', (text) => (this.printed += String(text)));
    }
  }

  async stop(): Promise<void> {
    await this.lambda.terminate();
  }

  /** Sends one request, and returns the response once the function has ended. */
  async send(
    requestType: RequestType,
    wanted: LoggingConfig,
    mode: Mode = 'fail',
    physicalId = this.parameter,
  ): Promise<CloudFormationResponse> {
    const properties = { ServiceToken: 'token', OnExisting: mode, ...(mode !== 'adopt' && { LoggingConfig: asStrings(wanted) }) };
    const event = {
      RequestType: requestType,
      ResponseURL: `${this.aws.url}/answer`,
      StackId: `stack-${this.stack}`,
      RequestId: `request-${++this.requests}`,
      LogicalResourceId: this.logicalId,
      ...(requestType !== 'Create' && { PhysicalResourceId: physicalId }),
      ...(requestType === 'Update' && { OldResourceProperties: this.properties ?? properties }),
      ResourceProperties: properties,
    };
    this.properties = properties;
    const before = this.aws.responses.length;
    this.aws.onTimePassed = (passed) => this.lambda.postMessage({ passed });
    this.lambda.postMessage({ event, milliseconds: INVOCATION_MS });
    const [ended] = (await once(this.lambda, 'message')) as [{ left?: number; error?: string }];
    expect(ended.error).toBeUndefined();
    expect(ended.left).toBeGreaterThan(0);
    const responses = this.aws.responses.slice(before).filter(({ StackId }) => StackId === event.StackId);
    expect(responses).toHaveLength(1);
    expect(responses[0]).toMatchObject({
      StackId: event.StackId,
      RequestId: event.RequestId,
      PhysicalResourceId: physicalId,
    });
    return responses[0]!;
  }

  /** The ownership record, if there is one. */
  get record(): Ownership | undefined {
    const value = this.aws.parameters.get(this.parameter);
    return value === undefined ? undefined : (JSON.parse(value) as Ownership);
  }
}

// CloudFormation turns true into "true".
function asStrings(wanted: LoggingConfig): unknown {
  return JSON.parse(JSON.stringify(wanted), (_, value: unknown) => (typeof value === 'boolean' ? String(value) : value));
}
