import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Undefined where it was not built: `node scripts/collector.mjs` builds it, which needs Go. */
const COLLECTOR = execFileSync(process.execPath, [join(ROOT, 'scripts/collector.mjs'), '--built'], { encoding: 'utf8' }).trim();
const isBuilt = !COLLECTOR.startsWith('skipped');

/** `describe`, skipped where there is no collector. The gate builds it before the tests, or says that Go is missing. */
export const describeWithCollector = isBuilt ? describe : describe.skip;

/** What reaches no service: a collector that signs asks for credentials when it starts. */
const ENVIRONMENT = {
  PATH: process.env.PATH,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_EC2_METADATA_DISABLED: 'true',
};

/** Why the collector refuses configurations; undefined if it takes them. */
export function refusal(configurations: readonly object[], env: Readonly<Record<string, string>> = {}): string | undefined {
  const { args, variables } = given(configurations);
  try {
    execFileSync(COLLECTOR, ['validate', ...args], { env: { ...ENVIRONMENT, ...variables, ...env }, stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return String((error as { stderr?: Buffer }).stderr);
  }
}

/** A real collector on loopback. */
export class Collector {
  /** Starts it; the configurations are merged, the last one wins. */
  public static async start(configurations: readonly object[], env: Readonly<Record<string, string>> = {}): Promise<Collector> {
    const [port, grpcPort, healthPort] = [await freePort(), await freePort(), await freePort()];
    const folder = mkdtempSync(join(tmpdir(), 'collector-'));
    const { args, variables } = given([...configurations, listening(port, grpcPort, healthPort)]);
    const child = spawn(COLLECTOR, args, {
      env: { ...ENVIRONMENT, ...variables, FOLDER: folder, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const collector = new Collector(child, folder, port, grpcPort);
    await collector.untilHealthy(healthPort);
    return collector;
  }

  /** One that writes what it gets. */
  public static sink(): Promise<Collector> {
    const pipeline = { receivers: ['otlp'], exporters: ['file'] };
    return Collector.start([
      { exporters: { file: { path: '${env:FOLDER}/received.jsonl' } }, service: { pipelines: { traces: pipeline, metrics: pipeline } } },
    ]);
  }

  private readonly ended: Promise<void>;
  private log = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    public readonly port: number,
    public readonly grpcPort: number,
  ) {
    child.stderr!.on('data', (text: Buffer) => (this.log += text.toString()));
    this.ended = new Promise((resolve) => child.on('close', () => resolve()));
  }

  public get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Sends OTLP/JSON. */
  public async send(signal: 'traces' | 'metrics' | 'logs', body: object): Promise<number> {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`${this.endpoint}/v1/${signal}`, { method: 'POST', headers, body: JSON.stringify(body) })).status;
  }

  /** Ends it, as ECS does, which lets it send what it holds. Returns the lines that a sink has written. */
  public async stop(): Promise<Array<Record<string, unknown>>> {
    this.child.kill('SIGTERM');
    await this.ended;
    let text = '';
    try {
      text = readFileSync(join(this.folder, 'received.jsonl'), 'utf8');
    } catch {
      // It is no sink, or got nothing.
    }
    rmSync(this.folder, { recursive: true });
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  private async untilHealthy(port: number): Promise<void> {
    for (let tries = 0; tries < 600; tries += 1) {
      if (this.child.exitCode !== null) break;
      const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    this.child.kill('SIGKILL');
    throw new Error(`the collector did not start:\n${this.log}`);
  }
}

const listening = (port: number, grpcPort: number, healthPort: number): object => ({
  receivers: { otlp: { protocols: { grpc: { endpoint: `127.0.0.1:${grpcPort}` }, http: { endpoint: `127.0.0.1:${port}` } } } },
  extensions: { health_check: { endpoint: `127.0.0.1:${healthPort}` } },
  // Lists replace one another, so a configuration with extensions of its own names this one, too.
  service: { telemetry: { metrics: { level: 'none' } } },
});

/** Configurations as the tasks of `OtelGateway` get them: in variables of the environment. */
function given(configurations: readonly object[]): { args: string[]; variables: Record<string, string> } {
  const base = { service: { extensions: ['health_check'] } };
  const texts = [base, ...configurations].map((configuration) => JSON.stringify(configuration));
  return {
    args: texts.map((_, index) => `--config=env:CONFIGURATION_${index}`),
    variables: Object.fromEntries(texts.map((text, index) => [`CONFIGURATION_${index}`, text])),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
