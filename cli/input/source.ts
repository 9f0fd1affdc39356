import type { Readable } from 'node:stream';

/** Something to read records from. */
export interface Source {
  /** As the user knows it: a path, an S3 URL or stdin. */
  readonly name: string;
  open(): Readable | Promise<Readable>;
}

/** Why an object in a folder is not read. */
export type Skipped = 'body' | 'permissionCheck' | 'noLog';

const PERMISSION_CHECK = /permission-check|^aws-logs-write-test$/;
const LOG = /^[^.]+$|\.(json|jsonl|ndjson|log|txt|gz)$/i;

/**
 * Why an object in a folder holds no records, or undefined if it may.
 *
 * Bedrock delivers large bodies beside the records, under `data/`, and both it and CloudWatch Logs leave a file that only
 * proves that they may write.
 *
 * @param path below the folder that the user named
 */
export function skipped(path: string): Skipped | undefined {
  const segments = path.split('/');
  const file = segments.pop() ?? '';
  if (segments.includes('data')) return 'body';
  if (PERMISSION_CHECK.test(file)) return 'permissionCheck';
  return LOG.test(file) ? undefined : 'noLog';
}
