import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { withDeadline } from '../shared/deadline';
import { getObject } from '../shared/get-object';
import { copySql, countSql } from './statements';

const DEADLINE_MS = 20_000;

/** Carries out a statement, and returns its rows. */
export type Run = (sql: string) => Promise<ReadonlyArray<Readonly<Record<string, string>>>>;

/**
 * Copies each of these days that has no manifest yet. The manifest is written last and names the files that belong to the day: what an
 * attempt that failed has left behind is locked, and in no manifest.
 */
export async function copyDays(run: Run, bucket: string, days: Iterable<string>, now: number): Promise<void> {
  const s3 = new S3Client({});
  for (const day of days) {
    const manifest = `ledger/day=${day}/manifest.json`;
    if (await exists(bucket, manifest)) continue;
    const files = `ledger/day=${day}/attempt=${now}/`;
    const [counted] = await run(countSql(day));
    await run(copySql(day, `s3://${bucket}/${files}`));
    const Body = `${JSON.stringify({ day, rows: Number(counted?.rows ?? 0), files, copiedAt: new Date(now).toISOString() })}\n`;
    // S3 refuses objects under a lock without a checksum, which the SDK adds. Source: Amazon S3 User Guide, "Object Lock considerations".
    const put = new PutObjectCommand({ Bucket: bucket, Key: manifest, Body, ContentType: 'application/json' });
    await withDeadline('the bucket of the copy', DEADLINE_MS, (abortSignal) => s3.send(put, { abortSignal }));
  }
}

async function exists(bucket: string, key: string): Promise<boolean> {
  try {
    await withDeadline('the bucket of the copy', DEADLINE_MS, (abortSignal) => getObject(bucket, key, { abortSignal }));
    return true;
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return false;
    throw error;
  }
}
