import { gunzipSync } from 'node:zlib';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Clients } from '../../../demo/emulator/clients';
import { DeployedFunction } from '../../../demo/emulator/deployed-function';

const REPORT = 'REPORT RequestId: 1 Duration: 1 ms';

/** An emulator in which invocations end when a test says so, with the lines that it gives. */
class FakeEmulator {
  readonly invocations: unknown[] = [];
  private readonly streams: string[][] = [];

  end(...lines: string[]): string[] {
    this.streams.push(lines);
    return lines;
  }

  get clients(): Clients {
    const send = ({ input: { logStreamName } }: { input: { logStreamName?: string } }) =>
      Promise.resolve(
        logStreamName === undefined
          ? { logStreams: this.streams.map((_, index) => ({ logStreamName: `${index}` })) }
          : { events: this.streams[Number(logStreamName)]!.map((message) => ({ message })) },
      );
    const invoke = ({ input }: { input: { Payload: Buffer } }) => {
      this.invocations.push(JSON.parse(input.Payload.toString()));
      this.end('left', REPORT);
      return Promise.resolve({});
    };
    // The paginators of the SDK insist on its clients.
    const logs = Object.assign(new CloudWatchLogsClient({ region: 'us-east-1' }), { send });
    return { logs, lambda: { send: invoke } } as unknown as Clients;
  }
}

test('hands over the lines of an invocation once it has ended, and each once', async () => {
  const emulator = new FakeEmulator();
  const meter = new DeployedFunction(emulator.clients, 'arn', '/ledger', 0.2);

  // A stream is there before its last line is.
  const first = emulator.end('START RequestId: 1 Version: $LATEST', 'a');
  await expect(meter.linesOfNextInvocation()).rejects.toThrow('has not ended an invocation for 0.2 s');

  first.push('b', 'END RequestId: 1', REPORT);
  expect(await meter.linesOfNextInvocation()).toEqual(['a', 'b']);

  emulator.end(REPORT);
  expect(await meter.linesOfNextInvocation()).toEqual([]);
});

test('fetches what is left by an invocation without records', async () => {
  const emulator = new FakeEmulator();

  expect(await new DeployedFunction(emulator.clients, 'arn', '/ledger').linesLeft()).toEqual(['left']);
  const [{ awslogs }] = emulator.invocations as [{ awslogs: { data: string } }];
  expect(JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString())).toMatchObject({ messageType: 'CONTROL_MESSAGE' });
});
