import { GetObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';

export interface ObjectVersion {
  readonly text: string;
  readonly etag?: string;
}

/** The text of an object, or undefined if it is still the version that is known. */
export async function getObject(bucket: string, key: string, known?: string): Promise<ObjectVersion | undefined> {
  // Emulators serve buckets under paths.
  const forcePathStyle = Boolean(process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL);
  const client = new S3Client({ forcePathStyle, requestHandler: { requestTimeout: 5000, connectionTimeout: 1000 } });
  try {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, IfNoneMatch: known }));
    return { text: await Body!.transformToString(), etag: ETag };
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 304) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}
