import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { GetLogEventsCommand, paginateDescribeLogStreams } from '@aws-sdk/client-cloudwatch-logs';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { Failure } from '../failure';
import type { Clients } from './clients';

const POLL_MS = 50;

/** What the emulator itself writes around the lines of an invocation. */
const PLATFORM_LINE = /^(START|END|REPORT) RequestId: /;

/**
 * A deployed function that reads a log group, and what it prints.
 *
 * The emulator keeps a process for each invocation that runs at the same time, and hands over what that process has printed when
 * an invocation ends. It does not wait for lines that are still on their way: those come with the next invocation of the same
 * process. So invocations must not overlap, and the last one must be followed by others until nothing is left.
 */
export class DeployedFunction {
  private readonly readStreams = new Set<string>();

  constructor(
    private readonly clients: Clients,
    private readonly arn: string,
    private readonly logGroupName: string,
    /** For one invocation. Longer than the timeout of the function, because a busy machine starts it late. */
    private readonly patienceSeconds = 120,
  ) {}

  /** Waits until an invocation has ended since the last call, and returns the lines that came with it. */
  async linesOfNextInvocation(): Promise<string[]> {
    for (const deadline = Date.now() + this.patienceSeconds * 1000; Date.now() < deadline; await sleep(POLL_MS)) {
      const lines = await this.newLines();
      if (lines !== undefined) {
        return lines;
      }
    }
    throw new Failure(`the function that reads the records has not ended an invocation for ${this.patienceSeconds} s`);
  }

  /** Invokes the function without records, and returns the lines that were still on their way. */
  linesLeft(): Promise<string[]> {
    return this.linesOf(this.arn, CONTROL_EVENT);
  }

  /** Invokes a function that prints into the same log group, and returns the lines that came with it. */
  async linesOf(arn: string, event: object): Promise<string[]> {
    await this.clients.lambda.send(new InvokeCommand({ FunctionName: arn, Payload: Buffer.from(JSON.stringify(event)) }));
    return this.linesOfNextInvocation();
  }

  /** The emulator writes a log stream for each invocation once it has ended. Undefined if none has ended. */
  private async newLines(): Promise<string[] | undefined> {
    const { logs: client } = this.clients;
    const { logGroupName } = this;
    let found: string[] | undefined;
    for await (const { logStreams = [] } of paginateDescribeLogStreams({ client }, { logGroupName })) {
      for (const { logStreamName = '' } of logStreams.filter(({ logStreamName: name = '' }) => !this.readStreams.has(name))) {
        const { events = [] } = await client.send(new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true }));
        const lines = events.map(({ message = '' }) => message);
        if (lines.some((line) => line.startsWith('REPORT RequestId: '))) {
          this.readStreams.add(logStreamName);
          found = [...(found ?? []), ...lines.filter((line) => !PLATFORM_LINE.test(line))];
        }
      }
    }
    return found;
  }
}

/** What CloudWatch Logs sends to see whether the destination of a subscription answers. */
const CONTROL_EVENT = {
  awslogs: {
    data: gzipSync(JSON.stringify({ messageType: 'CONTROL_MESSAGE', logEvents: [] })).toString('base64'),
  },
};
