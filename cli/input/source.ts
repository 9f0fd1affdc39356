import type { Part } from './parts';

/** A file, an object or stdin, as it is stored: packed, or an archive. */
export interface StoredFile {
  readonly name: string;
  open(): AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
}

/** Something to read records from. */
export interface Source {
  /** As the user knows it: a path, an S3 URL or stdin. */
  readonly name: string;
  /** What is in it, unpacked. To be read once. It throws where the source cannot be opened. */
  parts(): AsyncIterable<Part>;
}

/** A file in an archive. It is to be read before the next one is asked for. */
export interface Entry {
  readonly name: string;
  readonly stream: AsyncIterable<Uint8Array>;
}

/** Why an object in a folder is not read. */
export type SkipReason = 'body' | 'permissionCheck' | 'noLog';

const PERMISSION_CHECK = /permission-check|^aws-logs-write-test$/;
const LOG =
  /^[^.]+$|\.log[.-][\w.-]+$|\.(json|jsonl|ndjson|log|txt|md|ya?ml|xml|csv|tsv|b64|gz|gzip|tgz|zst|zlib|br|zip|bz2|tbz2?|xz|txz|lzma|lzo|lz4|z|h?snappy|sz|7z|rar|tar|xlsx|parquet|avro|orc)$/i;

/** Where Bedrock delivers large bodies, beside the records of the hour. Any other folder called data can hold records. */
const BODY = /(^|\/)AWSLogs\/\d{12}\/BedrockModelInvocationLogs\/[a-z0-9-]+\/\d{4}\/\d\d\/\d\d\/\d\d\/data\//;

/** The same in a copy of a part of the bucket, by the names that Bedrock gives to bodies: those of their requests. */
const COPIED_BODY = /(^|\/)data\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}_(input|output)(_media_\d+)?\.[\w.]+$/;

/**
 * Why an object in a folder holds no records, or undefined if it may hold some. Bedrock and CloudWatch Logs each leave one file
 * that only proves that they may write to the bucket.
 *
 * @param path the whole path, or the key in its bucket
 */
export function skipReason(path: string): SkipReason | undefined {
  const file = path.slice(path.lastIndexOf('/') + 1);
  if (BODY.test(path) || COPIED_BODY.test(path)) return 'body';
  if (PERMISSION_CHECK.test(file)) return 'permissionCheck';
  return LOG.test(file) ? undefined : 'noLog';
}
