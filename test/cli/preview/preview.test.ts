import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preview } from '../../../cli/commands/preview.lazy';
import type { PreviewOptions } from '../../../cli/commands/preview';
import { App, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import {
  Audience,
  BedrockObservability,
  DashboardWidget,
  Ledger,
  MeterDimension,
  ObservabilityLevel,
  PriceOverrides,
  WidgetShape,
} from '../../../lib';
import { bareModelId } from '../../../engine/pricing/model-id';
import { Attributes, Metrics } from '../../../engine/telemetry/names';
import { converse, failed, numbered } from '../../fixtures/invocation-records';
import { addAudiences, templateWith } from './measured';

jest.mock('../../../cli/preview/pictures', () => ({
  picturesOf: () =>
    Promise.resolve([
      { index: 0, theme: 'light', png: Buffer.from('a') },
      { index: 1, theme: 'dark', png: Buffer.from('b') },
    ]),
}));

const MODEL = bareModelId(String(converse.modelId));
const search = new cloudwatch.MathExpression({
  expression: `SEARCH('{Own,"${Attributes.ROLE}"} MetricName="${Metrics.COST}"', 'Sum', 3600)`,
  usingMetrics: {},
  label: '',
});

let folder: string;
let options: PreviewOptions;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'preview-test-'));
  options = { out: join(folder, 'out'), format: 'html', seed: '1' };
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const records = () =>
  write('records.ndjson', [numbered(converse, 1), numbered(converse, 2), failed].map((record) => JSON.stringify(record)).join('\n'));

test('shows the records of the user, in one page that needs nothing else', async () => {
  const template = write('app.template.json', JSON.stringify(templateWith(addAudiences)));
  const { files, problems } = await preview({ ...options, template, records: [records()] });

  expect(problems).toEqual([]);
  expect(files).toEqual([join(options.out, 'index.html')]);
  const page = readFileSync(files[0]!, 'utf8');
  expect(page).toContain('the calls of your own records');
  expect(page).not.toMatch(/<script|<link|<img|src=|url\((?!#)/);
  expect(page).not.toContain('a secret question');
});

test('finds nothing wrong with a whole BedrockObservability and an example company', async () => {
  const template = write(
    'app.template.json',
    JSON.stringify(
      templateWith(
        (stack) =>
          void new BedrockObservability(stack, 'Observability', {
            level: ObservabilityLevel.COMPREHENSIVE,
            costMeter: { metricNamespace: 'Own' },
          }),
      ),
    ),
  );
  const { files, problems, notes } = await preview({ ...options, template });

  expect(problems).toEqual([]);
  expect(new Set(notes.map(({ text }) => text))).toEqual(
    new Set(['the expected range is learnt by CloudWatch and not drawn here', 'the state of alarms is known in CloudWatch only']),
  );
  const page = readFileSync(files[0]!, 'utf8');
  expect(page.match(/<section>/g)).toHaveLength(5);
  expect(page).toContain('Drawn from the dashboard bodies of the template, with the calls of an example company');
  // The month is there, so only what has no cause in the example is empty.
  expect(page.split('no data in this time').length - 1).toBeLessThan(4);
});

test('draws the app that is given: its keys, dimensions and prices, and every dashboard under its audience', async () => {
  const outdir = join(folder, 'cdk.out');
  const app = new App({ outdir });
  const overrides = write('prices.json', JSON.stringify({ overrides: [{ model: MODEL, rates: { input: '1000', output: '1000' } }] }));
  new BedrockObservability(new Stack(app, 'Obs'), 'Observability', {
    level: ObservabilityLevel.COMPREHENSIVE,
    costMeter: {
      metricNamespace: 'Own',
      ledger: Ledger.perCall({ requestMetadataKeys: ['cost center'] }),
      dimensions: [MeterDimension.ROLE],
      priceOverrides: PriceOverrides.fromFile(overrides),
    },
    dashboards: {
      widgets: [
        new DashboardWidget({
          id: 'CostOfRole',
          audiences: [Audience.FINOPS],
          question: 'what does a role cost',
          title: 'Cost by role',
          shape: WidgetShape.BARS,
          metrics: [search],
        }),
      ],
    },
  });
  app.synth();
  const record = { ...converse, requestMetadata: { 'cost center': 'zz-4711' } };
  const { problems, files } = await preview({ ...options, template: outdir, records: [write('r.ndjson', JSON.stringify(record))] });

  expect(problems).toEqual([]);
  const page = readFileSync(files[0]!, 'utf8');
  const tabs = [...page.matchAll(/<label for="t\d">([^<]+)</g)].map(([, title]) => title);
  expect(tabs).toEqual(['Executive', 'FinOps', 'DevOps', 'Developer', 'Security']);
  expect(page).toContain('zz-4711');
  // The search by a dimension of the app finds the role of the record, at the price of the app.
  const [, cost] = /Cost by role<\/h3>.*?<\/i>([\d.,]+)/s.exec(page)!;
  // 1,712 tokens at USD 1,000 a million; at the published prices it would be less than 0.10.
  expect(Number(cost)).toBeGreaterThan(1.7);
});

test('writes a picture of each dashboard under its name', async () => {
  const dashboard = (DashboardName: string) => ({ Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardName, DashboardBody: '{}' } });
  const template = write('t.json', JSON.stringify({ Resources: { A: dashboard('Exec'), B: dashboard('Dev Ops/1') } }));
  const { files } = await preview({ ...options, template, records: [records()], format: 'png' });

  expect(files).toEqual([join(options.out, 'Exec.light.png'), join(options.out, 'Dev_Ops_1.dark.png')]);
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(['a', 'b']);
});

test('fails on an app that fails', async () => {
  await expect(preview({ ...options, app: 'exit 7' })).rejects.toThrow("the app 'exit 7' failed, with its message above");
});

const NO_TEMPLATES: ReadonlyArray<readonly [content: string, why: string]> = [
  ['{', 'the JSON is damaged'],
  ['{"Resources":{"secret"', 'the JSON is damaged'],
  [' \n', 'it is empty'],
  ['<html></html>', 'it is HTML or XML'],
  ['\u001f\u0000', 'it is no text in UTF-8'],
];

test('fails on a template without dashboards, on one that is no JSON, and on an empty folder', async () => {
  const none = write('none.json', '{"Resources":{}}');
  await expect(preview({ ...options, template: none })).rejects.toThrow(`there is no dashboard in ${none}`);
  const yaml = write('yaml.json', 'AWSTemplateFormatVersion: 2010-09-09\nResources:\n  A: {}\n');
  await expect(preview({ ...options, template: yaml })).rejects.toThrow(`'${yaml}' is a template in YAML: preview reads JSON`);
  for (const [content, why] of NO_TEMPLATES) {
    const broken = write('broken.json', content);
    await expect(preview({ ...options, template: broken })).rejects.toThrow(`'${broken}' is no JSON template: ${why}`);
  }
  await expect(preview({ ...options, template: folder })).rejects.toThrow('which has no *.template.json');
});

test('fails on a seed that is no number, and on records without calls', async () => {
  const template = write('app.template.json', JSON.stringify(templateWith(addAudiences)));
  await expect(preview({ ...options, template, seed: 'x' })).rejects.toThrow(
    "'--seed' must be a whole number of up to nine digits, got 'x'",
  );
  const empty = write('empty.ndjson', '{}\n');
  await expect(preview({ ...options, template, records: [empty] })).rejects.toThrow(`there are no records of calls in ${empty}`);
});
