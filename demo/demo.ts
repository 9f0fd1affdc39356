import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { DEFAULT_NAMESPACE, Metrics } from '../engine/telemetry/names';
import { type AgentRun, agentRun, withAgent } from './agents/agent-run';
import { DeployedAgentMeter } from './agents/agent-metering';
import { type AgentTrace, createAgentLogGroups, traceAgent } from './agents/trace-agent';
import { Clients } from './emulator/clients';
import { DeployedFunction } from './emulator/deployed-function';
import { assertFree, EMULATOR_LOG, startEmulator } from './emulator/emulator';
import { DEMO_FOLDER, ROOT, runFolder } from './emulator/environment';
import type { Processes } from './emulator/processes';
import { findPython, installEmulator } from './emulator/python';
import { SampleStack } from './emulator/sample-stack';
import { createStandIn } from './emulator/stand-in';
import { Alarms } from './report/alarms';
import { readDashboards } from './report/dashboards';
import { callerOf, groupBy, memberNameOf, modelOf, readLedger } from './report/ledger';
import { MetricReader } from './report/metric-reader';
import { Pager } from './report/pager';
import { drawPreview } from './report/preview';
import type { RunResult } from './report/run-result';
import type { Steps } from './report/steps';
import { putBedrockMetrics } from './traffic/bedrock-metrics';
import { generate } from './traffic/generator';
import { ALONE, ORGANIZATION } from './traffic/members';
import { Metering } from './traffic/metering';
import { type LogRecord, readRecords } from './traffic/records';
import { playScenes } from './traffic/scenes';
import { replayOf } from './traffic/traffic';

export interface DemoOptions {
  readonly port: number;
  /** Paths of records of the user's own, which are sent instead of generated ones. */
  readonly records?: readonly string[];
  /** Whether the calls are those of two members in three Regions, as in a central log group of an organization. */
  readonly organization?: boolean;
}

/** One run: starts the emulator, deploys the sample stack, sends records and reads back what came of them. */
export class Demo {
  private readonly clients: Clients;
  private readonly folder: string;
  private readonly stack: SampleStack;
  /** False before the folder is this run's: until then it may be that of another run on the same port. */
  private ownsFolder = false;
  private isReleased = false;

  constructor(
    private readonly options: DemoOptions,
    private readonly processes: Processes,
    private readonly steps: Steps,
  ) {
    this.clients = new Clients(options.port);
    this.folder = runFolder(options.port);
    this.stack = new SampleStack(this.clients, processes, steps, this.folder);
  }

  async run(): Promise<RunResult> {
    const { clients, steps, stack, options } = this;
    const ownRecords = options.records === undefined ? undefined : await readRecords(options.records, new Date());
    await this.startEmulator();
    await createAgentLogGroups(clients);
    const notEmulated = await stack.deploy();
    const { source, functionArn, ledger, loggingConfiguration } = await stack.findMeter();
    const meter = new DeployedFunction(clients, functionArn, ledger);

    const agentMeter = await DeployedAgentMeter.find(clients);
    const agent = ownRecords ? undefined : agentRun(new Date());
    const { records, moments, expected } = agent
      ? withAgent(generate(new Date(), { members: options.organization ? ORGANIZATION : ALONE }), agent)
      : replayOf(ownRecords!);
    const metrics = metricsDuring(clients, records);
    const alarms = new Alarms(clients, metrics);
    const pager = new Pager(clients);
    await pager.subscribeTo(await alarms.prepare());

    const byStatus = await steps.run(`meter ${records.length} invocation records`, async () => {
      const bar = steps.bar(records.length, 'records metered');
      try {
        const metering = new Metering(clients, meter, metrics);
        return await metering.meterAll(source, records, (metered) => bar.update(metered));
      } finally {
        bar.stop();
      }
    });
    const trace = agent && (await steps.run('follow an agent', () => this.follow(agent, agentMeter, ledger, metrics)));
    const scenes = await steps.run('evaluate the alarms', async () => {
      await putBedrockMetrics(clients, records);
      return playScenes(clients, alarms, pager, moments);
    });
    const preview = await steps.run('draw the dashboards', async () =>
      // Without a single call there is nothing to draw.
      byStatus.priced + byStatus.unpriced > 0 ? drawPreview(this.processes, stack.assembly, records, this.folder) : undefined,
    );
    return steps.run('read metrics, ledger and dashboards', async () => {
      const lines = await readLedger(clients, ledger);
      return {
        preview,
        sent: records.length,
        byStatus,
        expected,
        metricUsd: await metrics.total(DEFAULT_NAMESPACE, Metrics.COST),
        outsideMetrics: lines.filter(({ flags = [] }) => flags.includes('outsideMetricWindow')).length,
        byModel: groupBy(lines, modelOf),
        byCaller: groupBy(lines, callerOf),
        byMember: groupBy(lines, memberNameOf),
        agent: trace && { ...trace, metering: await agentMeter.read(metrics) },
        scenes,
        dashboards: await readDashboards(clients, metrics),
        loggingConfiguration,
        notEmulated,
      };
    });
  }

  /** Through the deployed functions, which publish metrics and join them with the ledger, and with the command line, which draws the tree. */
  private async follow(agent: AgentRun, meter: DeployedAgentMeter, ledger: string, metrics: MetricReader): Promise<AgentTrace> {
    const { processes, folder } = this;
    await meter.add(agent, metrics);
    await meter.join();
    return traceAgent(agent, { processes, ledger, folder });
  }

  destroy(): Promise<void> {
    return this.stack.destroy();
  }

  /** Ends everything this run started and removes what it wrote. */
  async cleanUp(): Promise<void> {
    await this.processes.stop();
    this.cleanUpNow();
  }

  /** The same without waiting, for the exit of this process. */
  cleanUpNow(): void {
    this.processes.kill();
    if (this.ownsFolder) {
      // A process that was killed may write for another moment.
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    }
  }

  /** Keeps the log of the emulator, and returns where it is. Undefined if it has not been started. */
  keepEmulatorLog(): string | undefined {
    const log = path.join(this.folder, EMULATOR_LOG);
    if (this.isReleased) {
      return path.relative(ROOT, log);
    }
    if (!this.ownsFolder || !existsSync(log)) {
      return undefined;
    }
    const kept = path.join(DEMO_FOLDER, `emulator-${this.options.port}.log`);
    copyFileSync(log, kept);
    return path.relative(ROOT, kept);
  }

  /** Leaves everything running; returns the process groups that stay. */
  release(): number[] {
    this.ownsFolder = false;
    this.isReleased = true;
    return this.processes.release();
  }

  /** Also removes what an earlier run left in the folder: the port is free, so no run uses it. */
  private async startEmulator(): Promise<void> {
    const { processes, steps, options, folder } = this;
    await assertFree(options.port);
    this.ownsFolder = true;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const python = await findPython(processes, process.env);
    const packages = await steps.run('install the AWS emulator', () => installEmulator(processes, process.env, python, folder));
    await steps.run('start the emulator', async () => {
      await startEmulator(processes, python, packages, options.port);
      await createStandIn(this.clients, processes, python, folder);
    });
  }
}

/** Reads metrics from the first record to now, or to the last record where that is later. */
function metricsDuring(clients: Clients, records: readonly LogRecord[]): MetricReader {
  const last = records.at(-1)?.time ?? new Date();
  return new MetricReader(clients, records[0]?.time ?? last, new Date(Math.max(last.getTime(), Date.now())));
}
