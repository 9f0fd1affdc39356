import { Readable } from 'node:stream';
import { GetObjectCommand, paginateListObjectsV2, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type SkipReason, skipReason, type StoredFile } from './source';

/** Objects up to this many bytes are fetched while earlier ones are read: Bedrock delivers many small ones. Larger ones are streamed. */
const MAX_PREFETCHED_SIZE = 1024 * 1024;
const PREFETCHED = 16;

/** The objects under an `s3://bucket/prefix`, read with the user's credentials. */
export async function* objectsIn(url: string, onSkipped: (name: string, reason: SkipReason) => void): AsyncGenerator<StoredFile> {
  const { bucket, key: prefix } = locationOf(url);
  if (!bucket) throw new Error('write s3://bucket or s3://bucket/prefix');

  const client = createClient();
  const prefetched: StoredFile[] = [];
  for await (const { Contents: objects = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
    for (const { Key: key = '', Size: size = 0 } of objects) {
      const name = `s3://${bucket}/${key}`;
      const reason = skipReason(key);
      if (reason) onSkipped(name, reason);
      else if (size > 0) prefetched.push(objectSource(client, { name, bucket, key, small: size <= MAX_PREFETCHED_SIZE }));
      if (prefetched.length > PREFETCHED) yield prefetched.shift()!;
    }
  }
  yield* prefetched;
}

/** The text of one object. */
export async function textOfObject(url: string): Promise<string> {
  const { bucket, key } = locationOf(url);
  if (!bucket || !key) throw new Error('write s3://bucket/key');
  const { Body: body } = await createClient().send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return body!.transformToString();
}

/** How often a change is tried again because another one was written meanwhile. */
const MAX_CONFLICTS = 5;
const NOT_FOUND = ['NoSuchKey', 'NotFound'];
const CONFLICTS = ['PreconditionFailed', 'ConditionalRequestConflict'];

/** Changes the text of one object, which is undefined where there is none, without losing what others write meanwhile. */
export async function changeObject(url: string, change: (text: string | undefined) => string): Promise<void> {
  const { bucket, key } = locationOf(url);
  if (!bucket || !key) throw new Error('write s3://bucket/key');
  const client = createClient();
  const object = { Bucket: bucket, Key: key };
  for (let conflicts = 0; ; conflicts += 1) {
    const before = await client.send(new GetObjectCommand(object)).catch((error: Error) => {
      if (NOT_FOUND.includes(error.name)) return undefined;
      throw error;
    });
    const body = change(await before?.Body!.transformToString());
    const condition = before ? { IfMatch: before.ETag } : { IfNoneMatch: '*' };
    try {
      await client.send(new PutObjectCommand({ ...object, ...condition, Body: body, ContentType: 'application/json' }));
      return;
    } catch (error) {
      if (conflicts >= MAX_CONFLICTS || !CONFLICTS.includes((error as Error).name)) throw error;
    }
  }
}

function locationOf(url: string): { readonly bucket: string; readonly key: string } {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(url) ?? [];
  return { bucket, key };
}

function createClient(): S3Client {
  // An emulator behind AWS_ENDPOINT_URL has no host name for each bucket.
  const forcePathStyle = Boolean(process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL);
  return new S3Client({ followRegionRedirects: true, forcePathStyle });
}

interface S3Object {
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  readonly small: boolean;
}

function objectSource(client: S3Client, { name, bucket, key, small }: S3Object): StoredFile {
  const get = async () => (await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))).Body!;
  if (!small) return { name, open: async () => (await get()) as Readable };

  const bytes = get().then((body) => body.transformToByteArray());
  // A failure is reported when the source is opened: until then it must not count as an unhandled rejection.
  bytes.catch(() => undefined);
  return { name, open: async () => Readable.from([Buffer.from(await bytes)], { objectMode: false }) };
}
