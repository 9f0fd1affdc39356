import { NO_USAGE } from '../pricing/token-buckets';
import { isObject } from '../records/json';
import type { UnrecordedUsage } from './unrecorded-usage';

/** What Bedrock says of a batch inference job: "GetModelInvocationJob" in the Bedrock API reference. */
export interface BatchJob {
  readonly jobArn: string;
  readonly modelId: string;
  readonly status: string;
  readonly endTime?: number;
  readonly processedRecordCount?: number;
  readonly successRecordCount?: number;
  readonly errorRecordCount?: number;
}

/** The text of `manifest.json.out`, or why it cannot be read: the name of an error. */
export type Manifest = { readonly text: string } | { readonly unreadable: string };

/** The states in which a job has used what it will use. */
const ENDED: ReadonlySet<string> = new Set(['Completed', 'PartiallyCompleted', 'Failed', 'Stopped', 'Expired']);

export const hasEnded = ({ status }: BatchJob): boolean => ENDED.has(status);

const COUNTS = [
  'totalRecordCount',
  'processedRecordCount',
  'successRecordCount',
  'errorRecordCount',
  'inputTokenCount',
  'outputTokenCount',
] as const;
type Counts = Readonly<Record<(typeof COUNTS)[number], number>>;

/** One line of a job. Its tokens are those of the manifest, which counts them over all records; undefined where it used nothing. */
export function usageOfBatchJob(job: BatchJob, manifest: Manifest, now: number): UnrecordedUsage | undefined {
  const [, , , region = '', accountId] = job.jobArn.split(':');
  const of = {
    source: 'batch',
    id: job.jobArn,
    time: job.endTime ?? now,
    accountId,
    region,
    modelId: job.modelId,
    tier: 'batch',
    flags: [],
  } as const;
  if ('unreadable' in manifest) {
    // A job that failed before its first record wrote no manifest.
    const usedNothing = job.status === 'Failed' && !job.processedRecordCount;
    return usedNothing ? undefined : { ...of, reason: `the manifest cannot be read: ${manifest.unreadable}` };
  }
  const counts = readCounts(manifest.text);
  if (typeof counts === 'string') {
    return { ...of, reason: counts };
  }
  const lie = contradictionIn(counts, job);
  if (lie !== undefined) {
    return { ...of, reason: `the manifest contradicts ${lie}` };
  }
  return counts.successRecordCount === 0 && counts.inputTokenCount === 0 && counts.outputTokenCount === 0
    ? undefined
    : { ...of, usage: { ...NO_USAGE, input: counts.inputTokenCount, output: counts.outputTokenCount } };
}

/** The counts, or why they cannot be used. */
function readCounts(text: string): Counts | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'the manifest is not JSON';
  }
  if (!isObject(json)) {
    return 'the manifest is not an object';
  }
  const wrong = COUNTS.find((name) => !(Number.isSafeInteger(json[name]) && (json[name] as number) >= 0));
  return wrong === undefined ? (json as unknown as Counts) : `the manifest has no count in '${wrong}'`;
}

/** What the counts contradict: themselves, or what Bedrock says of the job. Tokens that are wrong are worse than none. */
function contradictionIn(counts: Counts, job: BatchJob): string | undefined {
  const { totalRecordCount, processedRecordCount, successRecordCount, errorRecordCount, inputTokenCount, outputTokenCount } = counts;
  if (successRecordCount + errorRecordCount !== processedRecordCount) return 'itself: successes and errors are not the processed records';
  if (processedRecordCount > totalRecordCount) return 'itself: more records are processed than there are';
  if (successRecordCount > 0 && inputTokenCount === 0) return 'itself: records succeeded without a token of input';
  if (successRecordCount === 0 && outputTokenCount > 0) return 'itself: no record succeeded, and there are tokens of output';
  const other = (['processedRecordCount', 'successRecordCount', 'errorRecordCount'] as const).find(
    (name) => job[name] !== undefined && job[name] !== counts[name],
  );
  return other && `the job in '${other}'`;
}
