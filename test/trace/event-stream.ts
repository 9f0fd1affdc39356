import { createServer, type Server } from 'node:http';
import { crc32 } from 'node:zlib';

type Raw = Record<string, unknown>;

/** What the stand-in answers: a body, or the events of a stream and the error that ends it. */
export interface Answer {
  readonly requestId: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly events?: readonly Raw[];
  readonly exception?: string;
}

const number32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

/** A message of an event stream: "Event stream encoding" in the Amazon Transcribe developer guide. */
function message(headers: Readonly<Record<string, string>>, payload: string): Buffer {
  const encoded = Buffer.concat(
    Object.entries(headers).flatMap(([name, value]) => [
      Buffer.from([name.length]),
      Buffer.from(name),
      Buffer.from([7, value.length >> 8, value.length & 255]),
      Buffer.from(value),
    ]),
  );
  const body = Buffer.from(payload);
  const prelude = Buffer.concat([number32(16 + encoded.length + body.length), number32(encoded.length)]);
  const all = Buffer.concat([prelude, number32(crc32(prelude)), encoded, body]);
  return Buffer.concat([all, number32(crc32(all))]);
}

const JSON_TYPE = { ':content-type': 'application/json' };

const event = (value: Raw): Buffer => {
  const [[name, member]] = Object.entries(value) as [[string, unknown]];
  return message({ ':event-type': name, ...JSON_TYPE, ':message-type': 'event' }, JSON.stringify(member));
};

/** A server that answers every request with the current answer, each event in a packet of its own. */
export class StandIn {
  public answer: Answer = { requestId: '' };
  private readonly server: Server = createServer((request, response) => {
    request.resume().on('end', () => void this.respond(response));
  });

  public async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}`;
  }

  public stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async respond(response: import('node:http').ServerResponse): Promise<void> {
    const { requestId, status = 200, headers, body, events, exception } = this.answer;
    const type = events ? 'application/vnd.amazon.eventstream' : 'application/json';
    response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': requestId, ...headers });
    for (const each of events ?? []) {
      response.write(event(each));
      await new Promise(setImmediate);
    }
    if (exception !== undefined) {
      response.write(message({ ':exception-type': exception, ...JSON_TYPE, ':message-type': 'exception' }, '{"message":"secret words"}'));
    }
    response.end(events ? undefined : JSON.stringify(body));
  }
}
