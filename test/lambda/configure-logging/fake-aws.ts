import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import { ParameterStore } from '../parameter-store';

/**
 * What goes wrong, for how many calls, and in which of them. Without a number it lasts. `lost` makes the change and loses the
 * confirmation; `lag` is a role that IAM has not propagated yet, `unseen` the same for the function's own role.
 */
export interface Fault {
  readonly kind: 'lag' | 'unseen' | 'throttle' | 'denied' | 'timeout' | 'broken' | 'lost';
  readonly times?: number;
  readonly action?: RegExp;
}

export interface CloudFormationResponse {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: { LogGroupName: string };
}

/** A refused call of a fault that lasts takes so long, and one that is never answered so long that its time-out ends it. */
const REFUSAL_MS = 9_000;
const SILENCE_MS = 10_000;

/** Bedrock's logging setting, the parameter store and CloudFormation's response URL, behind one port. */
export class FakeAws {
  live: LoggingConfig | undefined;
  /** Role names that Bedrock can no longer use. */
  readonly deadRoles = new Set<string>();
  readonly responses: CloudFormationResponse[] = [];
  /** Every call in its order, refused ones included. */
  readonly calls: string[] = [];
  url = '';
  /** Called for each call that a lasting fault meets, with the milliseconds that it takes; no real time passes. */
  onTimePassed: (milliseconds: number) => void = () => {};
  /** Called for each call before it is answered. */
  onCall: (action: string) => void = () => {};

  private readonly store = new ParameterStore();
  readonly parameters = this.store.values;
  private faults: { fault: Fault; left: number }[] = [];
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  reset(): void {
    this.live = undefined;
    this.faults = [];
    this.deadRoles.clear();
    this.parameters.clear();
    this.responses.length = 0;
    this.calls.length = 0;
    this.onCall = () => {};
  }

  /** One fault after the other, each for its number of calls; without arguments everything works again. */
  breakWith(...faults: (Fault | undefined)[]): void {
    this.faults = faults.flatMap((fault) => fault ?? []).map((fault) => ({ fault, left: fault.times ?? Infinity }));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) {
      text += String(chunk);
    }
    const target = String(request.headers['x-amz-target'] ?? '');
    const action = request.url === '/answer' ? 'answer' : target.replace('AmazonSSM.', '') || `${request.method}Setting`;
    this.calls.push(action);
    this.onCall(action);
    const reply = (status: number, body: unknown, type?: string) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...(type && { 'x-amzn-errortype': type }) })
        .end(JSON.stringify(body));

    const broken = this.faults.find(({ fault, left }) => left > 0 && (fault.action ?? /Setting/).test(action));
    if (broken) {
      broken.left -= 1;
      if (broken.fault.kind === 'lost' && action === 'PUTSetting') {
        this.live = (JSON.parse(text) as { loggingConfig: LoggingConfig }).loggingConfig;
      }
      return this.refuse(broken.fault, reply);
    }
    switch (action) {
      case 'answer':
        this.responses.push(JSON.parse(text) as CloudFormationResponse);
        return void reply(200, {});
      case 'GETSetting':
        return void reply(200, { loggingConfig: this.live });
      case 'DELETESetting':
        this.live = undefined;
        return void reply(200, {});
      case 'PUTSetting': {
        const { loggingConfig } = JSON.parse(text) as { loggingConfig: LoggingConfig };
        if (this.deadRoles.has(loggingConfig.cloudWatchConfig?.roleArn ?? '')) {
          return this.refuse({ kind: 'lag' }, reply);
        }
        this.live = loggingConfig;
        return void reply(200, {});
      }
      default:
        return this.store.answer(action, JSON.parse(text) as object, reply);
    }
  }

  private refuse({ kind, times }: Fault, reply: (status: number, body: unknown, type: string) => void): void {
    if (times === undefined) {
      this.onTimePassed(kind === 'timeout' ? SILENCE_MS : REFUSAL_MS);
    }
    switch (kind) {
      case 'lag':
        return reply(400, { message: 'Failed to validate permissions for log group: g, with role: r.' }, 'ValidationException');
      case 'throttle':
        return reply(429, { message: 'Too many requests' }, 'ThrottlingException');
      case 'broken':
      case 'lost':
        return reply(500, { message: 'internal error' }, 'InternalServerException');
      case 'unseen':
        return reply(403, { message: 'not authorized because no identity-based policy allows it' }, 'AccessDeniedException');
      case 'denied':
        return reply(403, { message: 'not authorized, with an explicit deny in a service control policy' }, 'AccessDeniedException');
      case 'timeout':
        return;
    }
  }
}
