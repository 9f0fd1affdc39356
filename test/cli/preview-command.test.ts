import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { preview } from '../../cli/commands/preview.lazy';
import { converse } from '../fixtures/invocation-records';
import { run, temporaryFolder } from './command-line';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(join(folder, 'records.ndjson'), JSON.stringify(converse));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Shows a template with one graph of one metric. */
function previewOf(metric: string[], ...more: string[]) {
  const properties = { title: 'Calls', region: 'us-east-1', metrics: [[...metric, { stat: 'Sum' }]] };
  const body = JSON.stringify({ widgets: [{ type: 'metric', x: 0, y: 0, width: 12, height: 6, properties }] });
  const dashboard = { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardName: 'Own', DashboardBody: body } };
  writeFileSync(join(folder, 'app.template.json'), JSON.stringify({ Resources: { Dashboard: dashboard } }));
  const args = ['preview', '--template', 'app.template.json', '--records', 'records.ndjson', ...more];
  return run(args, { cwd: folder, env: { PUPPETEER_EXECUTABLE_PATH: join(folder, 'no-browser') } });
}

test('shows a page from a template and the records of the user', () => {
  const { code, out, err } = previewOf(['AWS/Bedrock', 'Invocations']);
  expect([code, out, err]).toEqual([0, `${join('preview', 'index.html')}\n`, '']);
  expect(readFileSync(join(folder, 'preview', 'index.html'), 'utf8')).toContain('<h2>Own</h2>');
});

test('writes the page to stdout, and no pictures', () => {
  const { code, out, err } = previewOf(['AWS/Bedrock', 'Invocations'], '--out', '-');
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^<!doctype html>[^]*<h2>Own<\/h2>/i);
  const { err: message } = previewOf(['AWS/Bedrock', 'Invocations'], '--out', '-', '--format', 'png');
  expect(message).toContain("'--out -' writes one page: pictures need a folder");
});

test('names records that cannot be read, and shows the others', () => {
  writeFileSync(join(folder, 'half.ndjson'), '{"schemaType":"ModelInvocationLog",\n');
  const { code, out, err } = previewOf(['AWS/Bedrock', 'Invocations'], '--records', 'records.ndjson', 'half.ndjson', 'missing.ndjson');
  expect([code, out]).toEqual([3, `${join('preview', 'index.html')}\n`]);
  expect(err).toContain('half.ndjson:1: not JSON\n');
  expect(err).toContain('missing.ndjson: no such file\n');
});

test('says what pictures need where there is no browser', () => {
  const { code, err } = previewOf(['AWS/Bedrock', 'Invocations'], '--format', 'png');
  expect([code, err]).toEqual([1, expect.stringMatching(/^error: '--format png' needs puppeteer-core and Chrome or Chromium/)]);
});

test('shows the app of cdk.json', () => {
  const app = `node -e "require('fs').copyFileSync('app.json', process.env.CDK_OUTDIR + '/A.template.json')"`;
  previewOf(['AWS/Bedrock', 'Invocations']);
  writeFileSync(join(folder, 'app.json'), readFileSync(join(folder, 'app.template.json')));
  writeFileSync(join(folder, 'cdk.json'), JSON.stringify({ app }));
  const { code, err } = run(['preview', '--records', 'records.ndjson'], { cwd: folder, env: { PATH: process.env.PATH ?? '' } });
  expect([code, err]).toEqual([0, '']);
});

test('fails on a metric that does not exist, and shows the page all the same', () => {
  const { code, out, err } = previewOf(['AWS/Bedrock', 'Invocation']);
  expect([code, err]).toEqual([3, 'problem: Own, Calls: there is no metric AWS/Bedrock Invocation\n']);
  expect(out).toContain('index.html');
});

test.each<[string, string[], string]>([
  ['nothing to show', [], "error: nothing to show: give '--template FILE' or '--app COMMAND', or run in a folder with a cdk.json\n"],
  ['a template that does not exist', ['--template', 'nowhere.json'], "error: '--template' names 'nowhere.json', which does not exist\n"],
  [
    'a template that is none',
    ['--template', 'records.ndjson'],
    "error: 'records.ndjson' is no CloudFormation template: it has no Resources\n",
  ],
  [
    'a format that is none',
    ['--format', 'pdf'],
    "error: option '--format <format>' argument 'pdf' is invalid. Allowed choices are html, png.\n",
  ],
  [
    'an app and a template',
    ['--app', 'x', '--template', 'y'],
    "error: option '--app <command>' cannot be used with option '--template <file>'\n",
  ],
])('fails on %s', (_, args, message) => {
  const { code, err } = run(['preview', ...args], { cwd: folder });
  expect([code, err]).toEqual([1, message]);
});

test('says what it is doing: reading templates and records, metering, drawing', async () => {
  previewOf(['AWS/Bedrock', 'Invocations']);
  const done: string[] = [];
  const options = { template: join(folder, 'app.template.json'), records: [join(folder, 'records.ndjson')], out: join(folder, 'out') };
  await preview({ ...options, format: 'html', seed: '1' }, (text) => done.push(text.replace(folder, '')));
  expect(done).toEqual(['reading the templates', 'metering calls: 1 of 1', 'drawing dashboard 1 of 1: Own']);
});
