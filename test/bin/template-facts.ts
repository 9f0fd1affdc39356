import { properties, shortName, text } from './template-text';

/** What a reviewer wants to see of a template when it changes: one line a fact. Asset hashes are no facts. */

type Properties = Readonly<Record<string, unknown>>;

interface Resource {
  readonly Type: string;
  readonly Properties?: Properties;
}

export interface CloudFormationTemplate {
  readonly Resources: Readonly<Record<string, Resource>>;
}

/** The lines of one resource; the first names it. */
type Renderer = (name: string, properties: Properties, type: string) => readonly string[];

const without = (all: Properties, ...keys: readonly string[]): Properties =>
  Object.fromEntries(Object.entries(all).filter(([key]) => !keys.includes(key)));

const list = (value: unknown) => (Array.isArray(value) ? value.map(text) : [text(value)]).join(', ');

function statements(document: unknown): string[] {
  return (document as { Statement: readonly Properties[] }).Statement.map(({ Effect, Action, Resource, Principal, Condition, ...rest }) =>
    [
      `  ${text(Effect)} ${list(Action)}`,
      ...(Resource === undefined ? [] : [`on ${list(Resource)}`]),
      ...(Principal === undefined ? [] : [`by ${text(Principal)}`]),
      ...(Condition === undefined ? [] : [`if ${text(Condition)}`]),
      properties(rest),
    ]
      .join(' ')
      .trimEnd(),
  );
}

interface InlinePolicy {
  readonly PolicyName: unknown;
  readonly PolicyDocument: unknown;
}

const role: Renderer = (name, { AssumeRolePolicyDocument, Policies = [], ...rest }) => [
  `${name} ${properties(rest)}`.trim(),
  ...statements(AssumeRolePolicyDocument),
  ...(Policies as readonly InlinePolicy[]).flatMap(({ PolicyName, PolicyDocument }) => [
    `  ${text(PolicyName)}:`,
    ...statements(PolicyDocument).map((line) => `  ${line}`),
  ]),
];

const policy: Renderer = (name, { PolicyDocument, ...rest }) => [`${name} ${properties(rest)}`, ...statements(PolicyDocument)];

const permission: Renderer = (name, { Action, FunctionName, Principal, ...rest }) => [
  name,
  `  Allow ${list(Action)} on ${text(FunctionName)} by ${text(Principal)} if ${properties(rest)}`,
];

const lambdaFunction: Renderer = (name, { Environment, ...rest }) => {
  const variables = (Environment as { Variables?: Properties } | undefined)?.Variables ?? {};
  return [name, `  ${properties(without(rest, 'Code'))}`, ...Object.keys(variables).map((key) => `  ${key}=${text(variables[key])}`)];
};

interface MetricPart {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: Properties; readonly Period: number; readonly Stat: string };
  readonly ReturnData?: boolean;
}

function metricPart({ Id, Expression, MetricStat, ReturnData, ...rest }: MetricPart): string {
  const { Period, Stat, Metric } = MetricStat ?? {};
  const what = Expression ?? `${Stat} of ${properties(Metric!)} in ${Period} s`;
  return `  ${Id}${ReturnData === false ? '' : ' (alarms)'} = ${what} ${properties(rest)}`.trimEnd();
}

const alarm: Renderer = (name, all) => {
  const { AlarmDescription, ComparisonOperator, Threshold, EvaluationPeriods, DatapointsToAlarm, Metrics, AlarmRule, ...rest } = all;
  const tier = /^\[\w+\]/.exec(text(AlarmDescription))?.[0] ?? '[no tier]';
  if (AlarmRule !== undefined) {
    return [`${name} ${tier}`, `  ${text(AlarmRule)}`, `  ${properties(rest)}`];
  }
  const breach = `${text(ComparisonOperator)} ${text(Threshold ?? 'the band')}`;
  const periods = `${text(DatapointsToAlarm ?? EvaluationPeriods)} of ${text(EvaluationPeriods)} periods`;
  return [
    `${name} ${tier} ${breach}, ${periods}`,
    `  ${properties(rest)}`,
    ...((Metrics as MetricPart[] | undefined) ?? []).map(metricPart),
  ];
};

interface Widget {
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly properties: Properties;
}

/** `[namespace, name, dimension, value, …, { options }]`, or an expression among the options. */
function widgetMetric(metric: readonly unknown[]): string {
  return [...metric.slice(0, -1).map(text), properties(without(metric.at(-1) as Properties, 'color'))].join(' ');
}

const dashboard: Renderer = (name, { DashboardBody, ...rest }) => {
  const { widgets, ...more } = JSON.parse(text(DashboardBody)) as { widgets: readonly Widget[] };
  return [
    `${name} ${properties({ ...rest, ...more })}`,
    ...widgets.flatMap(({ type, width, height, properties: shown }) => [
      `  ${text(shown.view ?? type)} ${width}x${height} ${text(shown.title ?? shown.markdown).split('\n')[0]}`,
      ...(shown.query === undefined ? [] : [`    ${oneLine(text(shown.query))}`]),
      ...((shown.metrics as readonly (readonly unknown[])[] | undefined) ?? []).map((metric) => `    ${widgetMetric(metric)}`),
      ...(shown.annotations === undefined ? [] : [`    annotations ${text(shown.annotations)}`]),
      ...(shown.alarms === undefined ? [] : [`    ${list(shown.alarms)}`]),
    ]),
  ];
};

const oneLine = (query: string) => query.replace(/\s*\n\s*/g, ' ');

const query: Renderer = (_name, { Name, QueryString, LogGroupNames }) => [
  `${text(Name)} (${list(LogGroupNames)})`,
  ...text(QueryString)
    .split('\n')
    .map((line) => `  ${line}`),
];

const whole: Renderer = (name, all, type) => [
  `${type} ${name}`,
  ...Object.keys(all)
    .sort()
    .map((key) => `  ${key} ${text(all[key])}`),
];

/** What CloudFormation does with a resource, beside its properties. */
function existence(id: string, resource: Resource): string {
  return `${resource.Type} ${id} ${properties(without({ ...resource }, 'Type', 'Properties'))}`.trimEnd();
}

const SECTIONS: readonly (readonly [section: string, renderer: Renderer, ...types: string[]])[] = [
  ['functions', lambdaFunction, 'AWS::Lambda::Function'],
  ['alarms', alarm, 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'],
  ['dashboards', dashboard, 'AWS::CloudWatch::Dashboard'],
  ['queries', query, 'AWS::Logs::QueryDefinition'],
  ['permissions', role, 'AWS::IAM::Role'],
  ['permissions', policy, 'AWS::IAM::Policy', 'AWS::SNS::TopicPolicy', 'AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy'],
  ['permissions', permission, 'AWS::Lambda::Permission'],
];

/** The facts of a template, by section; what has no section of its own is in `others` with all its properties. */
export function templateFacts({ Resources }: CloudFormationTemplate): ReadonlyMap<string, string> {
  const sections = new Map<string, string[]>();
  const add = (section: string, lines: readonly string[]) => sections.set(section, [...(sections.get(section) ?? []), ...lines]);
  const ids = Object.keys(Resources).sort((a, b) => (Resources[a]!.Type + a < Resources[b]!.Type + b ? -1 : 1));

  add(
    'resources',
    ids.map((id) => existence(id, Resources[id]!)),
  );
  for (const id of ids) {
    const resource = Resources[id]!;
    const [section, renderer] = SECTIONS.find(([, , ...types]) => types.includes(resource.Type)) ?? ['others', whole];
    add(section, renderer(shortName(id), resource.Properties ?? {}, resource.Type));
  }
  return new Map([...sections].map(([section, lines]) => [section, lines.join('\n')]));
}
