import type { Manifest } from '../../engine/unrecorded/batch-job';
import { withDeadline } from '../shared/deadline';
import { getObject } from '../shared/get-object';
import type { BatchJobWithOutput } from './bedrock-inventory';

const DEADLINE_MS = 20_000;
const NAME = 'manifest.json.out';

/** The manifest of a job, in the folder of the job or, as some jobs were seen to have it, beside it. */
export async function readManifest({ jobArn, outputUri = '' }: BatchJobWithOutput): Promise<Manifest> {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(outputUri) ?? [];
  if (bucket === undefined) {
    return { unreadable: 'the job names no bucket' };
  }
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  const jobId = jobArn.slice(jobArn.lastIndexOf('/') + 1);
  let reason = '';
  for (const key of [`${folder}${jobId}/${NAME}`, `${folder}${NAME}`]) {
    try {
      const object = await withDeadline(`s3://${bucket}/${key}`, DEADLINE_MS, (abortSignal) => getObject(bucket, key, { abortSignal }));
      return { text: object!.text };
    } catch (error) {
      // The first answer is about the documented place.
      reason ||= error instanceof Error ? error.name : 'unknown error';
    }
  }
  return { unreadable: reason };
}
