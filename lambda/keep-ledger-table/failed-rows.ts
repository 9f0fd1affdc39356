import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { FAILED_PREFIX } from '../../engine/ledger/table-ddl';
import { withDeadline } from '../shared/deadline';

const DEADLINE_MS = 20_000;

/** The alarm about rows that failed is on for minutes; as long as they wait, the log says so every day. */
export async function remindOfFailedRows(bucket: string): Promise<void> {
  const list = new ListObjectsV2Command({ Bucket: bucket, Prefix: FAILED_PREFIX });
  const s3 = new S3Client({});
  const { KeyCount = 0, IsTruncated } = await withDeadline('the bucket of the table', DEADLINE_MS, (abortSignal) =>
    s3.send(list, { abortSignal }),
  );
  if (KeyCount > 0) {
    const message = `${IsTruncated ? 'more than ' : ''}${KeyCount} objects below ${FAILED_PREFIX} hold rows that are not in the table`;
    console.warn(JSON.stringify({ level: 'WARN', message }));
  }
}
