import { GetObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { usesEmulator } from '../shared/s3-emulator';

export interface ObjectVersion {
  readonly text: string;
  readonly etag?: string;
}

/** The text of an object, or undefined where it is still the version with a known etag. */
export async function getObject(bucket: string, key: string, knownEtag?: string): Promise<ObjectVersion | undefined> {
  const client = new S3Client({ forcePathStyle: usesEmulator(), requestHandler: { requestTimeout: 5000, connectionTimeout: 1000 } });
  try {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, IfNoneMatch: knownEtag }));
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
