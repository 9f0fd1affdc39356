import { pageOf } from '../../../cli/preview/page';
import { Markup, markup } from '../../../cli/preview/markup';
import { renderDashboard } from '../../../cli/preview/dashboard';
import { measure } from '../../../cli/preview/measurement';
import { converse } from '../../fixtures/invocation-records';
import { HOSTILE, unfitIn } from '../../hostile-text';

/** What would be a tag, an attribute or the end of a quote, if it were not escaped. */
const SENTINEL = `"'><script src=//x></script><img src=x onerror=y>&`;

test('escapes all texts, and keeps markup and numbers', () => {
  const inner = markup`<b>${'<'}</b>`;
  expect(String(markup`<a title="${SENTINEL}">${1}${undefined}${[inner, ['&']]}</a>`)).toBe(
    '<a title="&quot;&#39;&gt;&lt;script src=//x&gt;&lt;/script&gt;&lt;img src=x onerror=y&gt;&amp;">1<b>&lt;</b>&amp;</a>',
  );
  expect(String(new Markup('<i>'))).toBe('<i>');
});

/** A page with a text in every place of a record and a dashboard body that can hold one. */
async function pageWith(text: string): Promise<string> {
  const record = {
    ...converse,
    identity: { arn: `arn:aws:sts::111122223333:assumed-role/${text}` },
    requestMetadata: { team: text },
  };
  const measurement = await measure([{ time: Date.parse(String(converse.timestamp)), message: JSON.stringify(record) }], {
    METADATA_KEYS: 'team',
  });
  const series = [['AWS/Bedrock', 'Invocations', { stat: 'Sum', label: text, color: text }]];
  const all = { title: text, metrics: series, start: '-P7D' };
  const query = "SOURCE 'ledger' | filter ledger = 1 | stats count(*) as `" + text + '`, sum(costUsd) as usd by caller, metadata.team';
  const widgets = [
    { type: 'metric', properties: { ...all, annotations: { horizontal: [{ value: 5, label: text, color: text }] } } },
    { type: 'metric', properties: { ...all, legend: { position: text } } },
    ...['singleValue', 'bar', 'pie'].map((view) => ({ type: 'metric', properties: { ...all, view } })),
    { type: 'metric', properties: { ...all, metrics: [[text, text, text, text]] } },
    { type: 'metric', properties: { ...all, metrics: [[{ expression: text }]] } },
    ...['table', 'bar', 'pie'].map((view) => ({ type: 'log', properties: { title: text, query, view, start: '-P7D' } })),
    { type: 'log', properties: { query: `SOURCE '${text.replace("'", '')}' | fields a` } },
    { type: 'text', properties: { markdown: `# ${text}\n\n[a](javascript:alert(1)) ![b](https://example.com/b.png)\n\n${text}` } },
    { type: 'alarm', properties: { alarms: [text] } },
    { type: text, properties: {} },
  ].map((widget, index) => ({ ...widget, x: 0, y: 6 * index, width: 24, height: 6 }));
  const body = JSON.stringify({ widgets, variables: [{ type: 'property', id: text, property: text }] });

  const dashboard = renderDashboard({ name: text, body }, measurement);
  return pageOf([dashboard], text);
}

test('nothing of a dashboard body or a record becomes a tag or an attribute', async () => {
  const page = await pageWith(SENTINEL);

  expect(page.split('&lt;script').length).toBeGreaterThan(20);
  const tags = [...page.matchAll(/<(\w+)((?:[^<>"]|"[^"]*")*)>/g)];
  const names = new Set(tags.map(([, name]) => name));
  const attributes = new Set(tags.flatMap(([, , text]) => [...text!.replace(/"[^"]*"/g, '').matchAll(/[\w:-]+/g)].map(([name]) => name)));
  expect([...names].filter((name) => !ALLOWED_TAGS.includes(name!))).toEqual([]);
  expect([...attributes].filter((name) => !ALLOWED_ATTRIBUTES.includes(name))).toEqual([]);
  expect(page).not.toMatch(/href="(?!#d|https:)|url\((?!#)/);
});

test('a page and its charts have no character that turns a line around, or that XML has no place for', async () => {
  const page = await pageWith(HOSTILE);
  expect(page.split('\\u001b').length).toBeGreaterThan(20);
  expect(page.match(/<svg[^]*?<\/svg>/g)!.filter((svg) => svg.includes('\\ufffe')).length).toBeGreaterThan(0);
  expect(unfitIn(page)).toEqual([]);
});

test('a page needs nothing but itself', () => {
  const page = pageOf([], 'About');
  expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;"`);
  expect(page).not.toMatch(/https?:|<link|<script|@import|url\(/);
});

const HTML_TAGS =
  'html head meta title style body header section nav article div span p h1 h2 h3 a b i ul li details summary table thead tbody tr th td';
const SVG_TAGS = 'svg g path rect text defs clipPath tspan';
const ALLOWED_TAGS = `main input label small ${HTML_TAGS} ${SVG_TAGS}`.split(' ');
const HTML_ATTRIBUTES = 'lang charset name content http-equiv id class style title href open';
const SVG_ATTRIBUTES =
  'width height viewBox x y d fill stroke stroke-width stroke-linejoin stroke-dasharray stroke-linecap fill-opacity transform clip-path dominant-baseline text-anchor xml:space r rx ry';
const ALLOWED_ATTRIBUTES = `type name for checked id ${HTML_ATTRIBUTES} ${SVG_ATTRIBUTES}`.split(' ');
