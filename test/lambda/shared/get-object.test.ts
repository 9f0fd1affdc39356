import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

test('is read where the bucket is, if that is another Region', async () => {
  const regions: string[] = [];
  const server = createServer(({ headers: { authorization = '' } }, response) => {
    const [, region = ''] = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(authorization)!;
    regions.push(region);
    if (region === 'us-east-1') return response.end('text');
    response.writeHead(301, { 'x-amz-bucket-region': 'us-east-1', 'content-type': 'application/xml' });
    return response.end('<Error><Code>PermanentRedirect</Code><Message>elsewhere</Message></Error>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const before = process.env;
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env = { ...before, AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
  try {
    expect(await getObject('bucket', 'key')).toMatchObject({ text: 'text' });
    expect(regions).toEqual(['eu-central-1', 'us-east-1']);
  } finally {
    process.env = before;
    server.close();
    server.closeAllConnections();
  }
});
