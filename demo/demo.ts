import { rmSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetModelInvocationLoggingConfigurationCommand } from '@aws-sdk/client-bedrock';
import { ValidateTemplateCommand } from '@aws-sdk/client-cloudformation';
import { DescribeSubscriptionFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { DEFAULT_NAMESPACE, Metrics } from '../engine/telemetry/names';
import { Alarms } from './report/alarms';
import { putBedrockMetrics } from './traffic/bedrock-metrics';
import { Cdk } from './emulator/cdk';
import { Clients } from './emulator/clients';
import { readDashboards } from './report/dashboards';
import { assertFree, startEmulator } from './emulator/emulator';
import { ROOT, runFolder } from './emulator/environment';
import { Failure } from './failure';
import type { Outcome } from './report/figures';
import { generate, type State, type Traffic } from './traffic/generator';
import { callerOf, groupBy, modelOf, readLedger } from './report/ledger';
import { MetricReader } from './report/metric-reader';
import { Pager } from './report/pager';
import { drawPreview } from './report/preview';
import type { Processes } from './emulator/processes';
import { findPython, installEmulator } from './emulator/python';
import { type LogRecord, readRecords, sendRecords } from './traffic/records';
import { type NotEmulated, rewriteAssembly, typesOf } from './emulator/rewrite';
import { type Moments, playScenes } from './traffic/scenes';
import { createStandIn, extractMetricsFrom, STAND_IN_ARN } from './emulator/stand-in';
import type { Steps } from './report/steps';

export interface DemoOptions {
  readonly port: number;
  /** Records of the user's own instead of generated ones. */
  readonly records?: string;
}

/** Seconds without progress after which metering is given up. */
const PATIENCE_SECONDS = 30;

const STATE_METRICS: Readonly<Record<State, string>> = {
  priced: Metrics.RECORDS_PRICED,
  unpriced: Metrics.RECORDS_UNPRICED,
  ignored: Metrics.RECORDS_IGNORED,
  malformed: Metrics.RECORDS_MALFORMED,
};

/** One run: set up the emulator, deploy the sample stack, send records, read back what came of them. */
export class Demo {
  private readonly clients: Clients;
  private readonly folder: string;
  private readonly cdk: Cdk;
  private note: (text: string) => void = () => {};
  private synthesized = '';
  /** What is deployed: the synthesized assembly, as far as the emulator knows it. */
  private assembly = '';
  /** Whether the folder is this run's, and not that of another one on the same port. */
  private ownsFolder = false;

  constructor(
    private readonly options: DemoOptions,
    private readonly processes: Processes,
    private readonly steps: Steps,
  ) {
    this.clients = new Clients(options.port);
    this.folder = runFolder(options.port);
    this.cdk = new Cdk(processes, process.env, this.folder, (line) => this.note(line));
  }

  async run(): Promise<Outcome> {
    const { steps, options } = this;
    const given = options.records === undefined ? undefined : await readRecords(options.records, new Date());
    await this.startEmulator();
    const notEmulated = await this.deploy();

    const { source, ledger, configuration } = await steps.run('connect what CloudWatch does by itself', async () => {
      const found = await this.findMeter();
      await extractMetricsFrom(this.clients, found.ledger);
      return found;
    });

    const traffic = given ? replayOf(given) : generate(new Date());
    const { records, moments, expected } = traffic;
    const last = records.at(-1)?.time ?? new Date();
    const metrics = new MetricReader(this.clients, records[0]?.time ?? last, new Date(Math.max(last.getTime(), Date.now())));
    const alarms = new Alarms(this.clients, metrics);
    const pager = new Pager(this.clients);
    await pager.subscribeTo(await alarms.prepare());
    const states = await steps.run(`meter ${records.length} invocation records`, () => this.meter(source, records, metrics));

    const scenes = await steps.run('let the alarms follow the records', async () => {
      await putBedrockMetrics(this.clients, records);
      return playScenes(this.clients, alarms, pager, moments);
    });
    const preview = await steps.run('draw the dashboards', async () =>
      // Nothing can be drawn of records without a single call.
      states.priced + states.unpriced > 0 ? drawPreview(this.processes, this.synthesized, records, this.folder) : undefined,
    );
    return steps.run('read metrics, ledger and dashboards', async () => {
      const lines = await readLedger(this.clients, ledger);
      return {
        preview,
        sent: records.length,
        states,
        expected,
        metricUsd: await metrics.total(DEFAULT_NAMESPACE, Metrics.COST),
        outsideMetrics: lines.filter(({ flags = [] }) => flags.includes('outsideMetricWindow')).length,
        byModel: groupBy(lines, modelOf),
        byCaller: groupBy(lines, callerOf),
        scenes,
        dashboards: await readDashboards(this.clients, metrics),
        loggingConfiguration: configuration,
        notEmulated,
      };
    });
  }

  /** Ends everything this run started and removes what it wrote. */
  async cleanUp(): Promise<void> {
    await this.processes.stop();
    this.cleanUpNow();
  }

  /** The same at once, for the last moment of this process. */
  cleanUpNow(): void {
    this.processes.kill();
    if (this.ownsFolder) {
      rmSync(this.folder, { recursive: true, force: true });
      this.ownsFolder = false;
    }
  }

  /** Leaves everything as it is; returns the process groups that stay. */
  release(): number[] {
    this.ownsFolder = false;
    return this.processes.release();
  }

  /** Also removes what an earlier run left behind; the port is free, so nothing uses it. */
  private async startEmulator(): Promise<void> {
    const { processes, steps, options, folder } = this;
    await assertFree(options.port);
    this.ownsFolder = true;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const python = await findPython(processes, process.env);
    const packages = await steps.run('install the AWS emulator', () => installEmulator(processes, process.env, python));
    await steps.run('start the emulator', async () => {
      await startEmulator(processes, python, packages, options.port);
      await createStandIn(this.clients, processes, python, folder);
    });
  }

  /** Deletes the stack, as a user would, and looks whether Bedrock's configuration went with it. */
  async destroy(): Promise<void> {
    await this.step('cdk destroy', () => this.cdk.destroy(this.assembly));
    const { loggingConfig } = await this.clients.bedrock.send(new GetModelInvocationLoggingConfigurationCommand({}));
    if (loggingConfig !== undefined) {
      throw new Failure("Bedrock's logging configuration is still there after cdk destroy");
    }
  }

  private async deploy(): Promise<NotEmulated[]> {
    await this.step('bundle the functions', () =>
      this.processes.run(process.execPath, ['scripts/bundle.mjs'], {
        cwd: ROOT,
        env: process.env,
        otherwise: "the functions could not be bundled: 'npm run bundle' shows it alone",
      }),
    );
    await this.step('cdk bootstrap', () => this.cdk.bootstrap());
    this.synthesized = await this.step('cdk synth', () => this.cdk.synth());
    this.assembly = `${this.synthesized}.local`;
    const unknownTypes = await this.unknownTypes(this.synthesized);
    const notEmulated = await rewriteAssembly(this.synthesized, this.assembly, unknownTypes, STAND_IN_ARN);
    await this.step('cdk deploy', () => this.cdk.deploy(this.assembly));
    return notEmulated;
  }

  /** A step of the CDK command line, whose latest line is shown while it runs. */
  private step<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.steps.run(name, (note) => {
      this.note = note;
      return work();
    });
  }

  /** The emulator tells which resource types it does not know. */
  private async unknownTypes(assembly: string): Promise<Set<string>> {
    const resources = (await typesOf(assembly)).map((Type, index) => [`Resource${index}`, { Type }]);
    try {
      await this.clients.cloudFormation.send(
        new ValidateTemplateCommand({ TemplateBody: JSON.stringify({ Resources: Object.fromEntries(resources) }) }),
      );
      return new Set();
    } catch (error) {
      const listed = /Unrecognized resource types: \[(.*)\]/.exec((error as Error).message)?.[1];
      if (listed === undefined) {
        throw error;
      }
      return new Set(listed.split(', '));
    }
  }

  /** Follows the deployed stack from Bedrock's logging configuration to the log group of the function that meters. */
  private async findMeter(): Promise<{ source: string; ledger: string; configuration: unknown }> {
    const { loggingConfig } = await this.clients.bedrock.send(new GetModelInvocationLoggingConfigurationCommand({}));
    const source = loggingConfig?.cloudWatchConfig?.logGroupName;
    if (source === undefined) {
      throw new Failure('the deployed stack has set no log group for model invocations');
    }
    const { subscriptionFilters = [] } = await this.clients.logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName: source }));
    const FunctionName = subscriptionFilters[0]?.destinationArn;
    if (FunctionName === undefined) {
      throw new Failure(`the deployed stack has no function that reads the log group '${source}'`);
    }
    const { LoggingConfig } = await this.clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    return { source, ledger: LoggingConfig?.LogGroup ?? `/aws/lambda/${FunctionName.split(':').at(-1)}`, configuration: loggingConfig };
  }

  /** Sends the records and waits until the metrics of the deployed function account for each of them. */
  private async meter(source: string, records: readonly LogRecord[], metrics: MetricReader): Promise<Record<State, number>> {
    const bar = this.steps.bar(records.length, 'records metered');
    try {
      await sendRecords(this.clients, source, records);
      let seen = 0;
      for (let patience = Date.now() + PATIENCE_SECONDS * 1000; Date.now() < patience; await sleep(200)) {
        const states = await statesIn(metrics);
        const ended = Object.values(states).reduce((sum, count) => sum + count, 0);
        bar.update(ended);
        if (ended >= records.length) {
          return states;
        }
        patience = ended > seen ? Date.now() + PATIENCE_SECONDS * 1000 : patience;
        seen = ended;
      }
      throw new Failure(`the deployed function has metered ${seen} of ${records.length} records and then none for ${PATIENCE_SECONDS} s`);
    } finally {
      bar.stop();
    }
  }
}

/** Records of the user's own: all are there at once, and what should come of them is not known. */
function replayOf(records: readonly LogRecord[]): { records: readonly LogRecord[]; moments: Moments; expected?: Traffic['expected'] } {
  const [first, last] = [records[0], records.at(-1)].map((record) => record?.time ?? new Date()) as [Date, Date];
  return { records, moments: { before: first, during: last } };
}

async function statesIn(metrics: MetricReader): Promise<Record<State, number>> {
  const counts = await Promise.all(
    Object.entries(STATE_METRICS).map(async ([state, name]) => [state, await metrics.total(DEFAULT_NAMESPACE, name)]),
  );
  return Object.fromEntries(counts) as Record<State, number>;
}
