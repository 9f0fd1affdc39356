import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import { type Answer, FakeAws } from './fake-aws';

export type Mode = 'fail' | 'adopt' | 'replace';
type RequestType = 'Create' | 'Update' | 'Delete';
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

// A thread of plain Node, as in Lambda: inside Jest's own context the AWS SDK cannot load everything it needs.
const LAMBDA = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { handler } = require(workerData);
  parentPort.on('message', ({ event, end }) =>
    handler(event, { getRemainingTimeInMillis: () => end - Date.now() }).then(
      () => parentPort.postMessage({}),
      (error) => parentPort.postMessage({ error: String(error) }),
    ),
  );
`;

/** What CloudFormation does with one stack's custom resource: the real bundle, over HTTP. */
export class StackLife {
  /** What the function logged. */
  printed = '';
  private lambda!: Worker;
  private requests = 0;

  constructor(
    private readonly aws: FakeAws,
    readonly name: string,
  ) {}

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
        OWNERSHIP_PARAMETER: `/ownership/${this.name}`,
        RETRY_DELAY_SECONDS: '0.01',
        ANSWER_SECONDS: '1',
      },
    });
    for (const stream of [this.lambda.stdout, this.lambda.stderr]) {
      stream.on('data', (text) => (this.printed += String(text)));
    }
  }

  async stop(): Promise<void> {
    await this.lambda.terminate();
  }

  async send(requestType: RequestType, wanted: LoggingConfig, mode: Mode = 'fail', milliseconds = 20_000): Promise<Answer> {
    const end = Date.now() + milliseconds;
    const event = {
      RequestType: requestType,
      ResponseURL: `${this.aws.url}/answer`,
      StackId: `stack-${this.name}`,
      RequestId: `request-${++this.requests}`,
      LogicalResourceId: 'Setting',
      ResourceProperties: { ServiceToken: 'token', OnExisting: mode, ...(mode !== 'adopt' && { LoggingConfig: asStrings(wanted) }) },
    };
    const before = this.aws.answers.length;
    this.lambda.postMessage({ event, end });
    expect(await once(this.lambda, 'message')).toEqual([{}]);
    expect(Date.now()).toBeLessThan(end);
    const answers = this.aws.answers.slice(before);
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatchObject({ StackId: event.StackId, RequestId: event.RequestId, PhysicalResourceId: `/ownership/${this.name}` });
    return answers[0]!;
  }

  /** The ownership record, if there is one. */
  get record(): { former: LoggingConfig | null; ours: LoggingConfig[]; handedBack?: boolean } | undefined {
    const value = this.aws.parameters.get(`/ownership/${this.name}`);
    return value === undefined ? undefined : (JSON.parse(value) as StackLife['record']);
  }
}

// CloudFormation turns true into "true".
function asStrings(wanted: LoggingConfig): unknown {
  return JSON.parse(JSON.stringify(wanted), (_, value: unknown) => (typeof value === 'boolean' ? String(value) : value));
}
