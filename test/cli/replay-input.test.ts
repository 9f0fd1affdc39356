import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { APPLICATION_PROFILE_ARN, CALLER, embedding } from '../fixtures/invocation-records';
import { ENTRY, run, runInProcess } from './command-line';
import { call, COST, file, folder, lines, readLines, replay } from './replaying';

describe('sources', () => {
  const record = JSON.stringify(call(1));

  test('gzipped or not, the same bytes cost the same', async () => {
    expect((await replay([file(gzipSync(record))])).lines).toEqual((await replay([file(record)])).lines);
  });

  test('stdin', () => {
    const json = join(folder, 'stdin.ndjson');
    run(['replay', '-', '--json', json], { input: gzipSync(record) });
    expect(readLines(json)).toMatchObject([{ costUsd: COST }]);
  });

  test('two gzip members in one file', async () => {
    const members = Buffer.concat([gzipSync(lines(call(1))), gzipSync(lines(call(2)))]);
    expect((await replay([file(members)])).lines).toHaveLength(2);
  });

  test('a CloudWatch Logs export, whose times of receipt stand in for event times that are lost', async () => {
    const masked = JSON.stringify(call(2, { timestamp: '****' }));
    const text = `2026-11-20T10:00:00.123Z ${record}\n2026-11-20T10:00:01.456Z ${masked}\n`;
    const { lines: found } = await replay([file(gzipSync(text), 'export/task/stream/000000.gz')]);
    expect(found.map(({ timestamp, price }) => [timestamp, price?.flags])).toEqual([
      ['2026-11-20T10:15:42.000Z', []],
      ['2026-11-20T10:00:01.456Z', ['timeOfReceipt']],
    ]);
  });

  test('a folder as S3 delivers it, without bodies and permission checks', async () => {
    const hour = 'bucket/AWSLogs/111122223333/BedrockModelInvocationLogs/us-east-1/2026/11/20/10';
    file(gzipSync(lines(call(1))), `${hour}/20261120T100000000Z_0123.json.gz`);
    file(gzipSync(lines(call(2))), `${hour}/20261120T110000000Z_4567.json.gz`);
    file(gzipSync('{"messages":[]}'), `${hour}/data/1_input.json.gz`);
    file('Permissions are correctly set', 'bucket/AWSLogs/111122223333/amazon-bedrock-logs-permission-check');
    file('picture', `${hour}/picture.png`);
    const { lines: found, err, code } = await replay([join(folder, 'bucket')]);
    expect(found.map(({ status }) => status)).toEqual(['priced', 'priced']);
    expect(err).toMatch(/skipped bodies below data\/: 1, .*1_input/);
    expect(err).toMatch(/skipped permission checks: 1/);
    expect(err).toMatch(/skipped files that are no logs: 1, .*picture\.png/);
    expect(code).toBe(0);
  });

  test('a file that is named twice is read once', async () => {
    file(lines(call(1)), 'twice/1.json');
    const { lines: found } = await replay([join(folder, 'twice', '1.json'), join(folder, 'twice')]);
    expect(found).toHaveLength(1);
  });

  test('line ends of Windows, a byte order mark, empty lines and line separators within a text', async () => {
    const separators = JSON.stringify({ ...call(2), requestMetadata: { note: 'a\u2028b\u2029c\u0085d' } });
    const { lines: found, code } = await replay([file(`\uFEFF${record}\r\n\r\n\n${separators}`)]);
    expect(found.map(({ status }) => status)).toEqual(['priced', 'priced']);
    expect(code).toBe(0);
  });
});

describe('options', () => {
  test.each([
    ['model', 'anthropic.claude-haiku-4-5-20251001-v1:0'],
    ['caller', CALLER],
    ['role', 'arn:aws:sts::111122223333:assumed-role/Assistant'],
    ['profile', '(none)'],
    ['account', '111122223333'],
    ['region', 'us-east-1'],
    ['day', '2026-11-20'],
    ['operation', 'ConverseStream'],
    ['meta:team', 'search'],
    ['meta:absent', '(none)'],
    ['meta:constructor', '(none)'],
  ])('--by %s', async (by, name) => {
    const { out } = await replay([file(lines(call(1), call(2))), '--by', by, '--format', 'csv']);
    const [head, line] = out.split('\n');
    expect(head).toMatch(new RegExp(`^${by},calls,failed,`));
    expect(line).toBe(`${name === '(none)' ? '' : name},2,0,2,0,2,0,0,0,0.0000022,0.0000022`);
  });

  test('--from and --to take whole days, months and times', async () => {
    const times = ['2026-10-31T23:59:59Z', '2026-11-01T00:00:00Z', '2026-11-30T23:59:59Z', '2026-12-01T00:00:00Z'];
    const records = file(lines(...times.map((timestamp, n) => call(n, { timestamp }))));
    const within = async (...args: string[]) =>
      (await replay([records, ...args])).lines.map(({ timestamp }) => times.indexOf(`${timestamp?.slice(0, 19)}Z`));
    expect(await within('--from', '2026-11', '--to', '2026-11')).toEqual([1, 2]);
    expect(await within('--from', '2026-11-01', '--to', '2026-11-30')).toEqual([1, 2]);
    expect(await within('--to', '2026-11-30T23:59:59Z')).toEqual([0, 1]);
    expect(await within('--from', '2026-11-01T01:00:00+01:00')).toEqual([1, 2, 3]);
    expect((await replay([records, '--from', '2027-01-01'])).out).toContain('4 more are outside of --from and --to');
  });

  test('--profiles names the model behind an application inference profile', async () => {
    const records = file(lines(call(1, { modelId: APPLICATION_PROFILE_ARN })));
    const profiles = file(JSON.stringify({ [APPLICATION_PROFILE_ARN]: 'global.anthropic.claude-haiku-4-5-20251001-v1:0' }));
    expect((await replay([records, '--profiles', profiles])).lines).toMatchObject([{ status: 'priced', costUsd: '0.000001' }]);
    expect((await replay([records])).lines).toMatchObject([{ status: 'unpriced', reason: expect.stringContaining('not resolved') }]);
  });

  test('--by profile keeps application inference profiles of one model apart', async () => {
    const [one, other] = [APPLICATION_PROFILE_ARN, `${APPLICATION_PROFILE_ARN}0`];
    const records = file(lines(...[one, other, other].map((modelId, n) => call(n, { modelId })), call(3)));
    const profiles = file(
      JSON.stringify({ [one]: 'anthropic.claude-haiku-4-5-20251001-v1:0', [other]: 'anthropic.claude-haiku-4-5-20251001-v1:0' }),
    );
    const { out, lines: found } = await replay([records, '--by', 'profile', '--profiles', profiles, '--format', 'csv']);
    expect(out.split('\n').slice(1, 4)).toEqual([
      expect.stringMatching(new RegExp(`^${other},2,.*,0\\.0000022,0\\.0000022$`)),
      expect.stringMatching(/^,1,/),
      expect.stringMatching(new RegExp(`^${one},1,.*,0\\.0000011,0\\.0000011$`)),
    ]);
    expect(found.map(({ profile }) => profile)).toEqual([one, other, other, undefined]);
  });

  test.each([
    ['arn:aws:sts::111122223333:assumed-role/path-less/session/with/slashes', 'arn:aws:sts::111122223333:assumed-role/path-less'],
    ['arn:aws-cn:sts::111122223333:assumed-role/App/a@example.com', 'arn:aws-cn:sts::111122223333:assumed-role/App'],
    ['arn:aws:iam::111122223333:user/division/jane', 'arn:aws:iam::111122223333:user/division/jane'],
    ['arn:aws:sts::111122223333:federated-user/jane', 'arn:aws:sts::111122223333:federated-user/jane'],
    ['arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:root'],
    ['****', '****'],
  ])('the role of %s is %s', async (arn, role) => {
    expect((await replay([file(lines(call(1, { identity: { arn } })))])).lines).toMatchObject([{ caller: arn, role }]);
  });

  test('--csv has one row a record, and nothing in it is a formula', async () => {
    const csv = join(folder, 'out.csv');
    const caller = '=cmd("a,b")';
    const images = call(2, { modelId: 'amazon.nova-canvas-v1:0', output: { outputTokenCount: 0, outputImagesCount: 2 } });
    await runInProcess(['replay', file(lines(call(1, { identity: { arn: caller } }), embedding, images)), '--csv', csv]);
    const [head, first, second, third, ...rest] = readFileSync(csv, 'utf8').split('\n');
    expect(head).toBe(
      'requestId,timestamp,status,reason,modelId,model,caller,input,cacheRead,cacheWrite5m,cacheWrite1h,cacheWrite,output,units,costUsd,costLowUsd,costHighUsd,row,source,grade,asOf,flags,role,profile,account,region,metadata',
    );
    expect(first).toContain(`,"'=cmd(""a,b"")",1,0,0,0,,0,,${COST},${COST},${COST},`);
    expect(second).toContain('amazon.titan-embed-text-v2:0');
    expect(third).toContain(',image=2,');
    expect(rest).toEqual(['']);
  });
});

test('a reader that leaves early is no failure', () => {
  const command = `"${process.execPath}" "${ENTRY}" replay "${file(lines(call(1)))}" --by day | head -c 1`;
  expect(execFileSync('bash', ['-o', 'pipefail', '-c', command], { encoding: 'utf8' })).toHaveLength(1);
});
