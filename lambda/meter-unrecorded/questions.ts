import { usageOfBatchJob, hasEnded } from '../../engine/unrecorded/batch-job';
import { usageOfCustomModels, usageOfProvisioned, usageOfReserved } from '../../engine/unrecorded/capacity';
import { usageOfGuardrails, usageOfMantle } from '../../engine/unrecorded/metered-units';
import type { UnrecordedUsage } from '../../engine/unrecorded/unrecorded-usage';
import { AwsSources } from '../shared/aws-sources';
import { sumOf } from '../shared/sources';
import { BedrockInventory } from './bedrock-inventory';
import type { UnrecordedConfig } from './config';
import { readManifest } from './read-manifest';
import { writtenJobs } from './written-jobs';

const HOUR = 3_600_000;
/** For so long an event of a job may have been lost until the sweep finds the job. */
const SWEPT = 6 * HOUR;
/** A job takes at most a week. Source: Amazon Bedrock User Guide, "Create a batch inference job": `timeoutDurationInHours`. */
const LONGEST_JOB = 8 * 24 * HOUR;

/** The hour that is counted, and where. */
export interface At {
  readonly hour: number;
  readonly accountId: string;
  readonly region: string;
}

const inventory = new BedrockInventory();
const metrics = new AwsSources();

/** One question each, so that one that fails costs no other. */
export const HOURLY: ReadonlyArray<readonly [name: string, ask: (at: At, config: UnrecordedConfig) => Promise<UnrecordedUsage[]>]> = [
  ['provisioned throughput', async (at) => usageOfProvisioned(await inventory.provisioned(), at)],
  ['custom models', async (at) => usageOfCustomModels(await inventory.customModels(), at)],
  ['reserved capacity', (at, { reserved }) => Promise.resolve(usageOfReserved(reserved, at, at.accountId))],
  ['guardrails', async (at) => usageOfGuardrails(await sums('AWS/Bedrock/Guardrails', 'TextUnitCount', 'GuardrailPolicyType', at), at)],
  [
    'bedrock-mantle',
    async (at) => {
      const [input, output] = await Promise.all(
        ['InputTokens', 'OutputTokens'].map((name) => sums('AWS/BedrockMantle', name, 'Model', at)),
      );
      return usageOfMantle({ input: input!, output: output! }, at);
    },
  ],
  ['batch jobs', async ({ hour }, config) => usageOfJobs(await sweptJobs(hour), config)],
];

/** The lines of jobs that have ended and have none yet. */
export async function usageOfJobs(jobArns: readonly string[], { logGroup }: UnrecordedConfig): Promise<UnrecordedUsage[]> {
  const now = Date.now();
  const jobs = await Promise.all([...new Set(jobArns)].map((arn) => inventory.job(arn)));
  const ended = jobs.filter(hasEnded);
  if (ended.length === 0) {
    return [];
  }
  const written = await writtenJobs(logGroup, Math.min(...ended.map(({ endTime = now - SWEPT }) => endTime)));
  const missing = ended.filter(({ jobArn }) => !written.has(jobArn));
  const usages = await Promise.all(missing.map(async (job) => usageOfBatchJob(job, await readManifest(job), now)));
  return usages.filter((usage) => usage !== undefined);
}

const sweptJobs = (hour: number): Promise<string[]> => inventory.endedJobs(hour - LONGEST_JOB, hour - SWEPT, hour + HOUR);

async function sums(namespace: string, metricName: string, dimension: string, { hour }: At): Promise<ReadonlyMap<string, number>> {
  const series = await metrics.seriesBy(dimension, { namespace, metricName, statistic: 'Sum', periodSeconds: 3600 }, hour, hour + HOUR);
  return new Map([...series].map(([value, points]) => [value, sumOf(points)]));
}
