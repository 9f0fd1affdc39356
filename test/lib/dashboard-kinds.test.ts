import { App, Stack } from 'aws-cdk-lib';
import { Audience, CostMetrics, Dashboards, DefaultAlarmRules, TieredAlarms } from '../../lib';
import { Catalogue, type ModelInfo } from '../../engine/pricing/catalogue';
import { searchTerms } from '../../local-cloudwatch/search-terms';
import { MODEL_COLORS, namedModels } from '../../lib/private/dashboards/named-models';
import { COLOR } from '../../lib/private/dashboards/token-style';
import { secondsOf } from '../../cli/preview/dashboard-body';
import { Board, boardOf, BoardWidget, drawnRows } from './board';

// What every widget of every dashboard must keep to: each test is about one kind of fault.

const audiences = Object.values(Audience);
const boards = new Map<Audience, Board>(audiences.map((audience) => [audience, boardOf(audience)]));
const all = [...boards].flatMap(([audience, { start, widgets }]) =>
  widgets.map((widget) => ({ audience, start: widget.properties.start ?? start, widget, title: widget.properties.title ?? widget.type })),
);
const metricWidgets = all.filter(({ widget }) => widget.type === 'metric');
const overTime = metricWidgets.filter(({ widget: { properties } }) => properties.view === undefined || properties.view === 'timeSeries');
const numbers = metricWidgets.filter(({ widget: { properties } }) => ['singleValue', 'gauge'].includes(properties.view ?? ''));
const named = ({ audience, title }: { audience: Audience; title: string }) => `${audience}: ${title}`;

/** Pixels of a row of the grid with its gap. */
const ROW = 50;
const SCREEN = 1080;
const heightOf = ({ widgets }: Board) => Math.max(...widgets.map(({ y, height }) => y + height)) * ROW;

describe('heights', () => {
  test('the Executive dashboard needs no scrolling beside the head of the console', () => {
    expect(heightOf(boards.get(Audience.EXECUTIVE)!)).toBeLessThanOrEqual(SCREEN - 180);
  });

  test.each([Audience.FINOPS, Audience.DEVOPS])('the %s dashboard has two screens at most', (audience) => {
    expect(heightOf(boards.get(audience)!)).toBeLessThanOrEqual(2 * SCREEN);
  });

  test('rows are filled to their ends', () => {
    for (const [audience, { widgets }] of boards) {
      const rows = new Map<number, number>();
      widgets.forEach(({ y, width }) => rows.set(y, (rows.get(y) ?? 0) + width));
      expect([audience, ...new Set(rows.values())]).toEqual([audience, 24]);
    }
  });
});

test('the Executive dashboard begins with one row that answers three questions', () => {
  const { widgets } = boards.get(Audience.EXECUTIVE)!;
  const firstRow = widgets.filter(({ y }) => y === widgets[1]!.y);
  expect(firstRow.map(({ properties }) => properties.title!.split('?')[0])).toEqual([
    'Within budget',
    'Does it work',
    'Is the number complete',
  ]);
  // Thresholds in colour: each answer has a good and a bad band.
  for (const { properties } of firstRow) {
    expect(properties.view).toBe('gauge');
    const colors = JSON.stringify(properties.annotations);
    expect([COLOR.GOOD, COLOR.WARN, COLOR.BAD].every((color) => colors.includes(color))).toBe(true);
  }
});

describe('models', () => {
  const catalogue = Catalogue.builtIn();
  const models = namedModels();
  const styleOf = new Map(models.map(({ name, color }) => [name, color]));

  test('have one name and one colour each, and no two the same', () => {
    expect(new Set(models.map(({ name }) => name)).size).toBe(models.length);
    expect(new Set(models.map(({ color }) => color.toLowerCase())).size).toBe(models.length);
    expect(Object.keys(MODEL_COLORS).filter((id) => catalogue.model(id)?.lifecycle === 'retired' || !catalogue.model(id))).toEqual([]);
    expect(models.filter(({ name }) => !/^[A-Z].* /.test(name))).toEqual([]);
    // Longer ones are cut off in the legend of a pie.
    expect(models.filter(({ name }) => name.length > 24)).toEqual([]);
  });

  test('are drawn with that name and that colour in every widget', () => {
    const rows = metricWidgets.flatMap(({ widget }) => drawnRows(widget)).filter(({ label }) => styleOf.has(label ?? ''));
    expect(rows.length).toBeGreaterThan(5 * models.length);
    expect(rows.filter(({ label, color }) => color !== styleOf.get(label!))).toEqual([]);
  });

  test('are found with all their profiles, and with no other model', () => {
    const ids = catalogue.lines<ModelInfo>('model').map(({ model }) => model);
    const forms = ids.flatMap((id) => ['', 'us.', 'global.', 'apac.'].map((prefix) => ({ id, text: `${prefix}${id}` })));
    for (const [id, { terms }] of Object.keys(MODEL_COLORS).map((each, index) => [each, models[index]!] as const)) {
      const matches = searchTerms(terms);
      expect([...new Set(forms.filter(({ text }) => matches([text])).map((form) => form.id))]).toEqual([id]);
      expect(matches([`eu.${id}`])).toBe(true);
    }
  });

  test('are named by the user first, and what has one name is one series', () => {
    const [first, second] = namedModels({ abc: 'Checkout', def: 'Checkout', 'anthropic.claude-sonnet-4-6': 'Sonnet' });
    expect(first).toMatchObject({ name: 'Checkout', terms: '(("abc") OR ("def"))' });
    expect(searchTerms(first!.terms)(['def'])).toBe(true);
    expect(second).toMatchObject({ name: 'Sonnet', color: MODEL_COLORS['anthropic.claude-sonnet-4-6'], terms: 'claude-sonnet-4-6' });
    expect(namedModels({ 'anthropic.claude-sonnet-4-6': 'Sonnet' }).map(({ name }) => name)).not.toContain('Claude Sonnet 4.6');
  });

  test('stay below the searches that a graph may have', () => {
    for (const count of [0, 1, 3, 10]) {
      expect(namedModels({}, count).length * Math.max(count, 1)).toBeLessThan(100);
    }
  });
});

describe.each(overTime.map((each) => [named(each), each] as const))('%s', (_, { widget, start }) => {
  const rows = drawnRows(widget);
  const { annotations, stacked, liveData } = widget.properties;

  test('has a period that fits its range', () => {
    const periods = rows.map(({ period = 300 }) => secondsOf(start) / period);
    expect(periods.filter((count) => count < 24 || count > 300)).toEqual([]);
  });

  test('draws no period that is not over', () => {
    expect(liveData).toBe(false);
  });

  test('has lines only beside the one series that they judge, or budgets', () => {
    const labels = annotations?.horizontal?.map(({ label }) => label) ?? [];
    expect(labels.filter((label) => label !== 'Budget').length === 0 || rows.length === 1).toBe(true);
    // Longer texts would cover the graph.
    expect(labels.filter((label) => label.length > 18)).toEqual([]);
  });

  test('stacks what is rare below what is not', () => {
    const alarming = rows.map(({ color }) => color === COLOR.BAD);
    expect(!stacked || !alarming.includes(true) || alarming[0] || rows.at(-1)!.color === COLOR.BAD).toBe(true);
  });

  test('labels each of several series, without names of metrics', () => {
    const labels = rows.map(({ label = '', expression = '' }) => (expression.startsWith('SEARCH(') ? 'search' : label));
    expect(labels.filter((label) => label === '' || /[a-z]\.[a-z]|_/.test(label))).toEqual([]);
    expect(labels.filter((label) => label.length > 60)).toEqual([]);
  });
});

test.each(numbers.map((each) => [named(each), each.widget] as const))('%s has few digits', (_, widget: BoardWidget) => {
  const { view, singleValueFullPrecision } = widget.properties;
  expect(view === 'gauge' || singleValueFullPrecision).toBe(true);
  // A count has none by itself; everything else is rounded.
  const counts = drawnRows(widget).filter(({ expression = '' }) => !expression.startsWith('FLOOR('));
  const isCount = ({ expression, label = '' }: { expression?: string; label?: string }) =>
    expression === undefined || expression.startsWith('FILL(') || label.includes('days');
  expect(counts.filter((row) => !isCount(row))).toEqual([]);
});

test('percentiles are drawn with the judged one over the higher one', () => {
  for (const { widget } of overTime) {
    const labels = drawnRows(widget).map(({ label }) => label);
    if (labels.includes('p99')) {
      expect(labels.indexOf('p95')).toBeGreaterThan(labels.indexOf('p99'));
    }
  }
});

test('counts that are published only where there is something to count are 0 without it, and signals are not', () => {
  const widgets = boards.get(Audience.SECURITY)!.widgets;
  const expressionsOf = (title: string) =>
    drawnRows(widgets.find(({ properties }) => properties.title === title)!).map(({ expression }) => expression);
  for (const title of ['Unreadable records', 'Undelivered records', 'Calls without a record', 'Data-protection findings']) {
    expect(expressionsOf(title).every((expression) => expression?.startsWith('FILL('))).toBe(true);
  }
  expect(expressionsOf('Changes of the logging')).toEqual([undefined]);
});

test('findings of data protection are looked for under each set of dimensions, because CloudWatch Logs does not document which it uses', () => {
  const { widget } = all.find((each) => each.widget.properties.title === 'Data-protection findings')!;
  const [row] = drawnRows(widget);
  const sets = [...row!.expression!.matchAll(/\{AWS\/Logs,([^}]*)\}/g)].map(([, dimensions]) => dimensions);
  expect(sets).toEqual(['LogGroupName', 'LogGroupName,DataProtectionOperation', 'LogGroupName,DataProtectionOperation,PolicyName']);
});

describe('tables', () => {
  const tables = all.filter(({ widget }) => widget.type === 'log' && widget.properties.view === 'table');

  test.each(tables.map((each) => [named(each), each.widget] as const))('%s has heads in words', (_, { properties }) => {
    const lines = properties.query!.split('\n| ').map((line) => line.trim());
    const last = lines.filter((line) => /^(display|fields) /.test(line)).at(-1)!;
    const heads = [
      ...last.replace(/"[^"]*"|\bcoalesce\([^()]*\)/g, '').matchAll(/(?:as |display |, )(?:`([^`]+)`|([A-Za-z]+)(?=,|$))/g),
    ].map(([, quoted, plain]) => quoted ?? plain!);
    expect(heads.length).toBeGreaterThan(2);
    expect(heads.filter((head) => !/^(p\d\d( |$)|[A-Z0-9])/.test(head) || /[a-z][A-Z]|\./.test(head.replace('AgentCore', '')))).toEqual([]);
  });

  test('show models by the name that graphs have', () => {
    const queries = tables.map(({ widget }) => widget.properties.query!);
    const ofModels = queries.filter((query) => / as Model\b/.test(query));
    expect(ofModels.length).toBeGreaterThan(6);
    expect(ofModels.filter((query) => !query.includes('modelName') || query.includes('Model id'))).toEqual([]);
  });

  test('are at most four on a dashboard, each a paid query', () => {
    for (const [audience, { widgets }] of boards) {
      expect([audience, widgets.filter(({ type }) => type === 'log').length <= 4]).toEqual([audience, true]);
    }
  });
});

describe('alarms', () => {
  const shown = new Map([...boards].map(([audience, { widgets }]) => [audience, widgets.filter(({ type }) => type === 'alarm')]));
  const alarmsOf = (audience: Audience) => shown.get(audience)!.flatMap(({ properties }) => properties.alarms ?? []);

  test('are by tier, each on one dashboard', () => {
    const everywhere = audiences.flatMap(alarmsOf);
    expect(new Set(everywhere).size).toBe(everywhere.length);
    expect(shown.get(Audience.DEVOPS)!.map(({ properties }) => properties.title)).toEqual(['Critical alarms', 'Warnings']);
    for (const audience of [Audience.EXECUTIVE, Audience.DEVELOPER]) {
      expect(alarmsOf(audience)).toEqual([]);
    }
  });

  test('are where they belong', () => {
    const text = (audience: Audience) => JSON.stringify(alarmsOf(audience));
    expect(text(Audience.FINOPS)).toContain('DailyCost');
    expect(text(Audience.FINOPS)).not.toContain('Latency');
    expect(text(Audience.DEVOPS)).toContain('ErrorRate');
    expect(text(Audience.SECURITY)).toContain('LogDeliveryFailing');
    expect(text(Audience.AGENTS)).toContain('AgentErrorRate');
  });

  test('of audiences without a dashboard are on that of operations, or on the first one', () => {
    const shownOn = (chosen: Audience[]) => {
      const stack = new Stack(new App(), 'Test');
      const costMetrics = CostMetrics.inNamespace();
      const tieredAlarms = [new TieredAlarms(stack, 'Alarms', { rules: DefaultAlarmRules.forMetrics(costMetrics) })];
      const { audienceDashboards } = new Dashboards(stack, 'Boards', { sources: { costMetrics }, tieredAlarms, audiences: chosen });
      return audienceDashboards.map(({ segment }) =>
        segment
          .alarmWidgets()
          .flatMap((each) => each.toJson() as unknown[])
          .map((each) => JSON.stringify(stack.resolve(each)))
          .join(),
      );
    };
    const [finOps, devOps] = shownOn([Audience.FINOPS, Audience.DEVOPS]);
    expect([finOps, devOps].map((text) => text!.includes('LogDeliveryFailing'))).toEqual([false, true]);
    const [alone] = shownOn([Audience.EXECUTIVE]);
    expect(alone).toContain('ErrorRate');
  });
});

test.each([Audience.EXECUTIVE, Audience.FINOPS, Audience.DEVOPS, Audience.SECURITY])(
  'the %s dashboard has nothing of what is switched off',
  (audience) => {
    const off = {
      ledgerLogGroup: undefined,
      invocationLogGroup: undefined,
      trailLogGroup: undefined,
      signalsPublished: false,
      tokenTypesPublished: false,
      textLogged: false,
      spanLogGroups: undefined,
    };
    const { widgets } = boardOf(audience, off, { monthlyBudgetUsd: undefined });
    const text = JSON.stringify(widgets);
    expect(widgets.filter(({ type }) => type === 'log')).toEqual([]);
    expect(text).not.toMatch(
      /bedrock\.signal|bedrock\.budget|bedrock\.completed|bedrock\.truncated|LogEventsWithFindings|[Bb]udget"|queryId|gen_ai\.token\.type/,
    );
    // The header is the only text: no widget says that it is empty.
    expect(widgets.filter(({ type }) => type === 'text')).toHaveLength(1);
  },
);

test('no header says that calls without a price cost nothing', () => {
  for (const { widgets } of boards.values()) {
    expect(widgets[0]!.properties.markdown).not.toMatch(/cost nothing/);
  }
});
