import { Readable } from 'node:stream';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { skipped, type Skipped, type Source } from './source';

/** Bedrock delivers many small objects: these are fetched while others are read. Larger ones are streamed. */
const SMALL = 1024 * 1024;
const AHEAD = 16;

/** The objects under an `s3://bucket/prefix`, read with the user's credentials. */
export async function* objectsIn(url: string, onSkipped: (name: string, why: Skipped) => void): AsyncGenerator<Source> {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(url) ?? [];
  if (!bucket) throw new Error('write s3://bucket or s3://bucket/prefix');

  // Endpoints of emulators have no host name for each bucket.
  const forcePathStyle = Boolean(process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL);
  const client = new S3Client({ followRegionRedirects: true, forcePathStyle });
  const ahead: Source[] = [];
  for await (const { Contents: objects = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
    for (const { Key: key = '', Size: size = 0 } of objects) {
      const name = `s3://${bucket}/${key}`;
      const why = skipped(key.slice(prefix.length));
      if (why) onSkipped(name, why);
      else if (size > 0) ahead.push(source(client, { name, bucket, key, small: size <= SMALL }));
      if (ahead.length > AHEAD) yield ahead.shift()!;
    }
  }
  yield* ahead;
}

interface S3Object {
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  readonly small: boolean;
}

function source(client: S3Client, { name, bucket, key, small }: S3Object): Source {
  const get = async () => (await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))).Body!;
  if (!small) return { name, open: async () => (await get()) as Readable };

  const bytes = get().then((body) => body.transformToByteArray());
  // Told by whoever opens it.
  bytes.catch(() => undefined);
  return { name, open: async () => Readable.from([Buffer.from(await bytes)], { objectMode: false }) };
}
