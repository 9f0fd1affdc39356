import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Catalogue } from '../../../engine/pricing/catalogue';
import { rowConflicts } from '../../../engine/pricing/row-conflicts';
import { problemsOf } from '../../../engine/pricing/catalogue-problems';
import { halfRowProblems } from '../../../scripts/price-coverage';

const text = readFileSync(join(__dirname, '../../../engine/pricing/catalogue.ndjson'), 'utf8');
const catalogue = Catalogue.builtIn();
const models = catalogue.lines<{ model: string; lifecycle: string }>('model');

/** The shipped catalogue with one line changed. */
const changed = (from: string, to: string): string => {
  expect(text).toContain(from);
  return text.replace(from, to);
};

test('the shipped catalogue has no problems: every row is well-formed, and no two set the price of the same calls', () => {
  expect(problemsOf(text)).toEqual([]);
});

test('every model has a price, or is listed as having none', () => {
  const without = models.filter(({ model }) => catalogue.rows(model).length === 0).map(({ model }) => model);

  expect(without).toEqual(['zai.glm-4.6']);
  expect(catalogue.lines('gap', 'zai.glm-4.6')).toHaveLength(1);
});

test('retired models keep their prices', () => {
  const retired = models.filter(({ lifecycle }) => lifecycle === 'retired');

  expect(retired.length).toBeGreaterThan(30);
  expect(retired.every(({ model }) => catalogue.rows(model).length > 0)).toBe(true);
});

test('a rate on which sources disagree says why it stands', () => {
  const disputed = models.flatMap(({ model }) => catalogue.raw(model)).filter((row) => row.disputed || row.others);

  expect(disputed.length).toBeGreaterThan(50);
  expect(disputed.filter((row) => row.why === undefined)).toEqual([]);
});

test('is plain ASCII, so that it can be read a byte a character', () => {
  expect(text).toMatch(/^[\x20-\x7e\n]*$/);
});

test('a price is one row: adding it answers a new question, for that model only', () => {
  const row =
    '{"price":"zai.glm-4.6","routing":"regional","tier":"standard","regions":["us-east-1"],"rates":{"input":"0.6","output":"2.2"},"sources":["awspage"],"grade":"C","asOf":"2026-11-21"}';
  const more = `${text}${row}\n`;

  expect(problemsOf(more)).toEqual([]);
  expect(Catalogue.fromText(more).rows('zai.glm-4.6')).toHaveLength(1);
  expect(Catalogue.fromText(more).rows('zai.glm-4.7')).toEqual(catalogue.rows('zai.glm-4.7'));
});

test('finds models, aliases and the nearest ids exactly', () => {
  expect(catalogue.model('anthropic.claude-opus-4-8')?.provider).toBe('Anthropic');
  expect(catalogue.model('anthropic.claude-opus-4')).toBeUndefined();
  expect(catalogue.model('anthropic.claude-opus-4-8","x":"')).toBeUndefined();
  expect(catalogue.aliasOf('openai.gpt-oss-120b')).toBe('openai.gpt-oss-120b-1:0');
  expect(catalogue.nearest('anthropic.claude-opus-4-9')).toContain('anthropic.claude-opus-4-8');
  expect(catalogue.version).toBe('2026-11-26');
  expect(Catalogue.fromText('{"model":"acme.model"}\n').version).toBe('unknown');
});

const SONNET = '{"price":"anthropic.claude-sonnet-4-6","routing":"regional","tier":"batch","regions":["us-east-1"]';

test.each([
  [
    'two rows for the same calls',
    `${SONNET},"rates":{"output":"8"},"sources":["lmux"],"grade":"C","asOf":"2026-10"}`,
    'set the price of the same calls',
  ],
  [
    'a negative rate',
    `${SONNET.replace('us-east-1', 'xx-1')},"rates":{"input":"-1"},"sources":["lmux"],"grade":"C","asOf":"2026-10"}`,
    "'-1' is not an amount",
  ],
  [
    'a kind nobody knows',
    `${SONNET.replace('us-east-1', 'xx-1')},"rates":{"inputs":"1"},"sources":["lmux"],"grade":"C","asOf":"2026-10"}`,
    "'rates.inputs' is not a kind",
  ],
  [
    'an unknown source',
    `${SONNET.replace('us-east-1', 'xx-1')},"rates":{"input":"1"},"sources":["rumour"],"grade":"C","asOf":"2026-10"}`,
    "'sources' must name",
  ],
  [
    'an unknown source beside a known one',
    `${SONNET.replace('us-east-1', 'xx-1')},"rates":{"input":"1"},"sources":["lmux","rumour"],"grade":"C","asOf":"2026-10"}`,
    "'sources' must name sources of the catalogue",
  ],
  [
    'a row without a source',
    `${SONNET.replace('us-east-1', 'xx-1')},"rates":{"input":"1"},"sources":[],"grade":"C","asOf":"2026-10"}`,
    "'sources' must name sources of the catalogue",
  ],
  [
    'a row of an unknown day',
    `${SONNET.replace('us-east-1', 'xx-1')},"rates":{"input":"1"},"sources":["lmux"],"grade":"C","asOf":"October"}`,
    "'asOf' must be a month or a day like '2026-11-21', got 'October'",
  ],
  [
    'an unknown reason',
    `${SONNET.replace('us-east-1', 'xx-1')},"rates":{"input":"1"},"why":"rumour","sources":["lmux"],"grade":"C","asOf":"2026-10"}`,
    "'why' must name a reason of the catalogue, got 'rumour'",
  ],
  [
    'a day that does not exist',
    `${SONNET.replace('us-east-1', 'xx-1')},"rates":{"input":"1"},"from":"2026-02-30","sources":["lmux"],"grade":"C","asOf":"2026-10"}`,
    "'from' must be a day",
  ],
  [
    'an empty period',
    `${SONNET.replace('us-east-1', 'xx-1')},"rates":{"input":"1"},"from":"2026-03-01","until":"2026-03-01","sources":["lmux"],"grade":"C","asOf":"2026-10"}`,
    "'until' must be after 'from'",
  ],
  [
    'an unknown Region set',
    `${SONNET.replace('["us-east-1"]', '"S999"')},"rates":{"input":"1"},"sources":["lmux"],"grade":"C","asOf":"2026-10"}`,
    "'regions' must name a Region set",
  ],
  [
    'an unknown model',
    `${SONNET.replace('sonnet-4-6', 'sonnet-9')},"rates":{"input":"1"},"sources":["lmux"],"grade":"C","asOf":"2026-10"}`,
    'no line of its own',
  ],
  [
    'a half row of an unknown model',
    '{"half":"anthropic.claude-sonnet-9","routing":"regional","regions":["us-east-1"],"kinds":["input"],"because":"no source"}',
    'it must name a model of the catalogue',
  ],
  [
    'a half row without a reason',
    '{"half":"anthropic.claude-sonnet-4-6","routing":"regional","regions":["us-east-1"],"kinds":["input"]}',
    "'because' must say why",
  ],
  [
    'a half row of a kind that does not exist',
    '{"half":"anthropic.claude-sonnet-4-6","routing":"regional","regions":["us-east-1"],"kinds":["constructor"],"because":"no source"}',
    "'kinds' must list kinds",
  ],
  [
    'an axis that does not exist',
    `${SONNET.replace('us-east-1', 'xx-1')},"spec":{"hue":"red"},"rates":{"input":"1"},"sources":["lmux"],"grade":"C","asOf":"2026-10"}`,
    "'spec.hue' is not a price axis",
  ],
  ['truncated text', SONNET, 'not JSON'],
  ['a line of another kind', '{"prices":"x"}', "'prices' is not known as the first field"],
])('fails on %s', (_, line, problem) => {
  expect(problemsOf(`${text}${line}\n`)).toEqual([expect.stringContaining(problem)]);
});

test('fails on a grade that does not exist', () => {
  expect(problemsOf(changed('"grade":"A"', '"grade":"E"'))).toEqual([
    expect.stringContaining("'grade' must be one of A, B, C, D, got 'E'"),
  ]);
});

describe('half rows', () => {
  const halfRows = (changedText: string) => halfRowProblems(Catalogue.fromText(changedText));

  test('an active model has every rate in each Region that it has in one, or the catalogue says why not', () => {
    expect(halfRowProblems(catalogue)).toEqual([]);
  });

  test('a rate that is missing in one Region is found', () => {
    const row = catalogue.raw('amazon.nova-2-lite-v1:0').find(({ tier, regions }) => tier === 'standard' && regions.length > 0)!;
    const { cacheRead, ...rates } = row.rates;
    expect(cacheRead).toBeDefined();

    const problems = halfRows(changed(JSON.stringify(row), JSON.stringify({ ...row, rates })));
    expect(problems).toContainEqual(expect.stringMatching(/^amazon.nova-2-lite-v1:0.*\/cacheRead has no rate, but other Regions have one/));
  });

  test('a line about a rate that is there is found', () => {
    const line = '{"half":"amazon.nova-2-lite-v1:0","routing":"regional","regions":["us-east-1"],"kinds":["input"],"because":"no source"}';
    expect(halfRows(`${text}${line}\n`)).toEqual([
      'amazon.nova-2-lite-v1:0/regional/us-east-1/input is on a "half" line, but lacks nothing: remove it there',
    ]);
  });
});

test.each([
  ['us.anthropic.claude-opus-4-5', 'anthropic.claude-opus-4-5-20251101-v1:0'],
  ['anthropic.claude-opus-4-8-v2', 'anthropic.claude-opus-4-8'],
  ['global.amazon.nova-2-lite', 'amazon.nova-2-lite-v1:0'],
  ['Anthropic.Claude-Sonnet-4-6', 'anthropic.claude-sonnet-4-6'],
])('the id nearest to %s is %s', (id, nearest) => {
  expect(catalogue.nearest(id)[0]).toBe(nearest);
});

test('that a model is unknown is found without a search through the text', () => {
  const searched = jest.spyOn(String.prototype, 'indexOf');
  for (let at = 0; at < 10_000; at += 1) catalogue.model(`nobody.knows-${at}`);
  expect(searched).not.toHaveBeenCalled();
  searched.mockRestore();
});

test('rows of one model with other ranges, dates or Regions do not conflict', () => {
  const sol = catalogue.rows('openai.gpt-5.6-sol');

  expect(rowConflicts(sol)).toEqual([]);
  expect(rowConflicts([...sol, sol[0]!])).toHaveLength(1);
});
