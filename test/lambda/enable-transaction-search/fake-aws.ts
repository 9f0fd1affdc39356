import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ParameterStore } from '../parameter-store';

/** What goes wrong with an action: for so many calls, or for ever. `lost` makes the change and loses the answer. */
export interface Fault {
  readonly action: RegExp;
  readonly kind: 'throttle' | 'denied' | 'broken' | 'lost' | 'refused';
  readonly times?: number;
}

export interface CloudFormationResponse {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly Data?: { LogGroupName: string };
}

type Reply = (status: number, body: unknown, type?: string) => void;

const ERRORS: Readonly<Record<Exclude<Fault['kind'], 'lost'>, [number, string]>> = {
  throttle: [429, 'ThrottlingException'],
  denied: [403, 'AccessDeniedException'],
  broken: [500, 'InternalFailure'],
  refused: [400, 'InvalidRequestException'],
};

/** X-Ray, CloudWatch Logs, the parameter store and CloudFormation's response URL, behind one port. */
export class FakeAws {
  destination = 'XRay';
  percentage = 1;
  /** Key of each log group. */
  readonly logGroups = new Map<string, string | undefined>();
  readonly policies = new Map<string, string>();
  private readonly store = new ParameterStore();
  readonly parameters = this.store.values;
  readonly responses: CloudFormationResponse[] = [];
  readonly calls: string[] = [];
  /** How often the destination must be changed to CloudWatch Logs until there is a log group. */
  changesUntilGroup = 1;
  /** How many answers say that the change is under way. */
  pending = 0;
  /** Called for each call before it is answered. */
  onCall: (action: string) => void = () => {};
  url = '';
  private faults: { fault: Fault; left: number }[] = [];
  private readonly server = createServer((request, response) => void this.serve(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  reset(): void {
    this.destination = 'XRay';
    this.percentage = 1;
    this.changesUntilGroup = 1;
    this.pending = 0;
    this.faults = [];
    this.onCall = () => {};
    [this.logGroups, this.policies, this.parameters].forEach((map) => map.clear());
    this.responses.length = this.calls.length = 0;
  }

  breakWith(...faults: Fault[]): void {
    this.faults = faults.map((fault) => ({ fault, left: fault.times ?? Infinity }));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) {
      text += String(chunk);
    }
    const action = String(request.headers['x-amz-target'] ?? request.url).replace(/^.*[./]/, '');
    const input = JSON.parse(text || '{}') as Record<string, never>;
    this.calls.push(action);
    this.onCall(action);
    const reply: Reply = (status, body, type) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...(type && { 'x-amzn-errortype': type }) })
        .end(JSON.stringify(body));
    const broken = this.faults.find(({ fault, left }) => left > 0 && fault.action.test(action));
    if (broken) {
      broken.left -= 1;
      if (broken.fault.kind === 'lost') {
        this.act(action, input, () => {});
      }
      const [status, type] = ERRORS[broken.fault.kind === 'lost' ? 'broken' : broken.fault.kind];
      return reply(status, { message: 'an explicit deny, or another fault' }, type);
    }
    this.act(action, input, reply);
  }

  private act(action: string, input: Record<string, never>, reply: Reply): void {
    switch (action) {
      case 'answer':
        this.responses.push(input as unknown as CloudFormationResponse);
        return reply(200, {});
      case 'GetTraceSegmentDestination':
        return reply(200, { Destination: this.destination, Status: this.pending-- > 0 ? 'PENDING' : 'ACTIVE' });
      case 'UpdateTraceSegmentDestination':
        return this.change(input, reply);
      case 'GetIndexingRules':
        return reply(200, {
          IndexingRules: [{ Name: 'Default', Rule: { Probabilistic: { DesiredSamplingPercentage: this.percentage } } }],
        });
      case 'UpdateIndexingRule':
        this.percentage = (
          input.Rule as unknown as { Probabilistic: { DesiredSamplingPercentage: number } }
        ).Probabilistic.DesiredSamplingPercentage;
        return reply(200, {});
      default:
        return /Parameter/.test(action) ? this.store.answer(action, input, reply) : this.logs(action, input, reply);
    }
  }

  private change({ Destination, CloudWatchLogsConfiguration: config }: Record<string, never>, reply: Reply): void {
    if (Destination === 'CloudWatchLogs') {
      const key = (config as { SpansLogGroupKmsKeyId?: string } | undefined)?.SpansLogGroupKmsKeyId;
      if (![...this.policies.values()].some((policy) => policy.includes('aws/spans'))) {
        return reply(400, { message: 'X-Ray does not have permission to call PutLogEvents on aws/spans' }, 'InvalidRequestException');
      }
      if (key !== undefined && this.logGroups.has('aws/spans')) {
        return reply(400, { message: 'aws/spans exists' }, 'InvalidRequestException');
      }
      this.changesUntilGroup -= 1;
      if (this.changesUntilGroup <= 0 && !this.logGroups.has('aws/spans')) {
        this.logGroups.set('aws/spans', key);
      }
    }
    this.destination = Destination!;
    reply(200, { Destination, Status: 'PENDING' });
  }

  private logs(action: string, input: Record<string, never>, reply: Reply): void {
    const { policyName = '', policyDocument = '' } = input as Record<string, string>;
    switch (action) {
      case 'DescribeLogGroups':
        return reply(200, { logGroups: [...this.logGroups].map(([logGroupName, kmsKeyId]) => ({ logGroupName, kmsKeyId })) });
      case 'AssociateKmsKey':
        this.logGroups.set('aws/spans', input.kmsKeyId);
        return reply(200, {});
      case 'DescribeResourcePolicies':
        return reply(200, { resourcePolicies: [...this.policies].map(([name, text]) => ({ policyName: name, policyDocument: text })) });
      case 'DeleteResourcePolicy':
        this.policies.delete(policyName);
        return reply(200, {});
      case 'PutResourcePolicy':
        if (!this.policies.has(policyName) && this.policies.size >= 10) {
          return reply(400, { message: 'Resource limit exceeded.' }, 'LimitExceededException');
        }
        this.policies.set(policyName, policyDocument);
        return reply(200, {});
      default:
        return reply(400, { message: action }, 'UnknownOperationException');
    }
  }
}
