import { paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { withDeadline } from '../shared/deadline';
import { getObject } from '../shared/get-object';
import { parseJson } from '../shared/parse-json';
import type { DataExport } from './config';

const DEADLINE_MS = 30_000;
// The export can be in a bucket of another Region.
const client = new S3Client({ followRegionRedirects: true });

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/**
 * Throws while an export is delivered: a manifest then names files that are not there, and a sum over the others would be too low. A
 * month without a manifest in its place is read as it is: `CREATE_NEW_REPORT` has one for each delivery.
 *
 * @param days whose months are read
 */
export async function requireDelivered({ bucket, folder }: DataExport, days: readonly string[]): Promise<void> {
  for (const month of new Set(days.map((day) => day.slice(0, 7)))) {
    const named = await filesInManifest(bucket, `${folder}/metadata/BILLING_PERIOD=${month}/${nameOf(folder)}-Manifest.json`);
    if (named.length === 0) continue;
    const there = await filesIn(bucket, `${folder}/data/BILLING_PERIOD=${month}/`);
    const missing = named.filter((file) => !there.has(file));
    if (missing.length > 0) {
      throw new Error(`the export of ${month} lacks ${missing.length} of ${named.length} files that its manifest names: ${missing[0]}`);
    }
  }
}

async function filesInManifest(bucket: string, key: string): Promise<string[]> {
  try {
    const object = await withDeadline(`s3://${bucket}/${key}`, DEADLINE_MS, (abortSignal) => getObject(bucket, key, { abortSignal }));
    const { dataFiles = [] } = parseJson(object!.text, 'the manifest of the export') as { readonly dataFiles?: readonly string[] };
    return dataFiles.map(nameOf);
  } catch (error) {
    if ((error as Error).name === 'NoSuchKey') return [];
    throw error;
  }
}

function filesIn(Bucket: string, Prefix: string): Promise<ReadonlySet<string>> {
  return withDeadline(`the files of s3://${Bucket}/${Prefix}`, DEADLINE_MS, async (abortSignal) => {
    const names = new Set<string>();
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix }, { abortSignal })) {
      Contents.forEach(({ Key = '' }) => names.add(nameOf(Key)));
    }
    return names;
  });
}
