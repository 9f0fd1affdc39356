import { GetObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { ATTEMPT } from './deadline';
import { usesEmulator } from './s3-emulator';

export interface ObjectVersion {
  readonly text: string;
  readonly etag?: string;
}

/** A catalogue has about 500 KB, and own prices have less. What is 40 times larger was not written by this library. */
const MAX_BYTES = 20_000_000;

interface GetObjectOptions {
  readonly knownEtag?: string;
  readonly abortSignal?: AbortSignal;
}

/** The text of an object, or undefined where it is still the version with a known etag. */
export async function getObject(bucket: string, key: string, options: GetObjectOptions = {}): Promise<ObjectVersion | undefined> {
  const { knownEtag, abortSignal } = options;
  // Exports of costs and outputs of batch jobs can be in a bucket of another Region, which answers with that.
  const client = new S3Client({ followRegionRedirects: true, forcePathStyle: usesEmulator(), requestHandler: ATTEMPT });
  try {
    const command = new GetObjectCommand({ Bucket: bucket, Key: key, IfNoneMatch: knownEtag });
    const { Body, ETag, ContentLength = 0 } = await client.send(command, { abortSignal });
    if (ContentLength > MAX_BYTES) {
      throw new Error(`the object has ${ContentLength} bytes, more than ${MAX_BYTES}`);
    }
    return { text: await Body!.transformToString(), etag: ETag };
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 304) {
      return undefined;
    }
    throw error;
  } finally {
    client.destroy();
  }
}
