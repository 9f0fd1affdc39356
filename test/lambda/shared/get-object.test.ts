import { S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { getObject } from '../../../lambda/shared/get-object';
import { answering } from '../aws-clients';

const failing = (httpStatusCode: number) => () => {
  throw new S3ServiceException({ name: 'S3', $fault: 'client', $metadata: { httpStatusCode }, message: `status ${httpStatusCode}` });
};

afterEach(() => jest.restoreAllMocks());

test('is the text of an object and its version', async () => {
  const asked = answering(S3Client, { GetObjectCommand: () => ({ Body: { transformToString: () => 'text' }, ETag: '"2"' }) });
  expect(await getObject('bucket', 'key', { knownEtag: '"1"' })).toEqual({ text: 'text', etag: '"2"' });
  expect(asked).toEqual([['GetObjectCommand', { Bucket: 'bucket', Key: 'key', IfNoneMatch: '"1"' }]]);
});

test('is nothing where the version is the known one', async () => {
  answering(S3Client, { GetObjectCommand: failing(304) });
  expect(await getObject('bucket', 'key', { knownEtag: '"1"' })).toBeUndefined();
});

test('fails where the object cannot be read', async () => {
  answering(S3Client, { GetObjectCommand: failing(403) });
  await expect(getObject('bucket', 'key')).rejects.toThrow('status 403');
});
