import type { Readable } from 'node:stream';

/** Something to read records from. */
export interface Source {
  /** As the user knows it: a path, an S3 URL or stdin. */
  readonly name: string;
  open(): Readable | Promise<Readable>;
}

/** Why an object in a folder is not read. */
export type SkipReason = 'body' | 'permissionCheck' | 'noLog';

const PERMISSION_CHECK = /permission-check|^aws-logs-write-test$/;
const LOG = /^[^.]+$|\.(json|jsonl|ndjson|log|txt|gz)$/i;

/**
 * Why an object in a folder holds no records, or undefined if it may hold some.
 *
 * Bedrock delivers large bodies to `data/` beside the records. Bedrock and CloudWatch Logs each leave one file that only
 * proves that they may write to the bucket.
 *
 * @param path relative to the folder that the user named
 */
export function skipReason(path: string): SkipReason | undefined {
  const segments = path.split('/');
  const file = segments.pop() ?? '';
  if (segments.includes('data')) return 'body';
  if (PERMISSION_CHECK.test(file)) return 'permissionCheck';
  return LOG.test(file) ? undefined : 'noLog';
}
