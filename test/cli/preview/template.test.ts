import { readTemplate } from '../../../cli/preview/template';

const dashboard = (DashboardBody: unknown, DashboardName?: unknown) => ({
  Type: 'AWS::CloudWatch::Dashboard',
  Properties: { DashboardBody, ...(DashboardName === undefined ? {} : { DashboardName }) },
});
const read = (Resources: object) => readTemplate({ Resources }, 't.json');
const bodyOf = (body: unknown, more: object = {}) => read({ D: dashboard(body), ...more }).dashboards[0]!.body;

test('a dashboard has the name of the template, or its logical id', () => {
  const { dashboards } = read({ A: dashboard('{}'), B: dashboard('{}', { 'Fn::Join': ['-', ['Own', { Ref: 'AWS::Region' }]] }) });
  expect(dashboards.map(({ name }) => name)).toEqual(['A', 'Own-us-east-1']);
});

test.each<[string, unknown, string]>([
  ['a text', '{}', '{}'],
  ['a pseudo parameter', { Ref: 'AWS::AccountId' }, '111122223333'],
  ['a resource with a name', { Ref: 'Group' }, 'ledger'],
  ['a resource without a name', { Ref: 'Function' }, 'Function'],
  ['a resource whose name is a token', { Ref: 'Named' }, 'of-ledger'],
  ['an attribute', { 'Fn::GetAtt': ['Group', 'Name'] }, 'ledger'],
  ['the ARN of an alarm', { 'Fn::GetAtt': ['Alarm', 'Arn'] }, 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:Alarm'],
  ['a join', { 'Fn::Join': ['', ['a', { Ref: 'Group' }, { 'Fn::Join': ['-', ['b', 'c']] }]] }, 'aledgerb-c'],
  ['a substitution', { 'Fn::Sub': '${AWS::Region}/${Group}/${!Literal}' }, 'us-east-1/ledger/${Literal}'],
  [
    'a substitution with variables',
    { 'Fn::Sub': ["${Value0}/${Group} ${!PROP('Period')}", { Value0: { 'Fn::GetAtt': ['Alarm', 'Arn'] } }] },
    "arn:aws:cloudwatch:us-east-1:111122223333:alarm:Alarm/ledger ${PROP('Period')}",
  ],
])('resolves %s', (_, body, expected) => {
  const resources = {
    Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'ledger' } },
    Function: { Type: 'AWS::Lambda::Function' },
    Named: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Sub': 'of-${Group}' } } },
    Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: {} },
  };
  expect(bodyOf(body, resources)).toBe(expected);
});

test.each<[unknown]>([
  [{ 'Fn::ImportValue': 'x' }],
  [{ Ref: 7 }],
  [{ 'Fn::GetAtt': 'A.Arn' }],
  [{ 'Fn::Join': 'x' }],
  [{ 'Fn::Sub': [7, {}] }],
  [{ 'Fn::Sub': ['${a}', 'x'] }],
  [{ 'Fn::Sub': ['${a}', null] }],
  [{ Ref: 'A', 'Fn::Sub': 'b' }],
  [{}],
  [null],
  [7],
  [{ toString: 'x' }],
])('fails on the token %j', (token) => {
  expect(() => bodyOf(token)).toThrow(`t.json, resource D, DashboardBody has a token that cannot be resolved: ${JSON.stringify(token)}`);
});

test.each([[null], ['text'], [{ Properties: {} }], [{ Type: 'AWS::SNS::Topic', Properties: null }], [7]])(
  'fails on the resource %j',
  (resource) => {
    expect(() => read({ Topic: resource })).toThrow(
      "'t.json' is no CloudFormation template: its resource 'Topic' has no Type, or Properties that are no object",
    );
  },
);

test.each([[{ hello: 1 }], [null], ['text'], [{ Resources: null }], [{ Resources: [] }]])(
  'fails on %j, which is no template',
  (template) => {
    expect(() => readTemplate(template, 't.json')).toThrow("'t.json' is no CloudFormation template: it has no Resources");
  },
);

describe('the environment of the meter', () => {
  const lambda = (Variables?: object) => ({ Type: 'AWS::Lambda::Function', Properties: Variables ? { Environment: { Variables } } : {} });
  const METER = { METRICS_NAMESPACE: 'Own', LEDGER: 'perCall', METADATA_KEYS: 'team', CATALOGUE_BUCKET: { Ref: 'Bucket' } };

  test('is that of the function that has a ledger, wherever it is among those with metrics', () => {
    const others = [
      ['Signals', lambda({ METRICS_NAMESPACE: 'Own', LEDGER_LOG_GROUP: 'g', TIME_ZONE: 'UTC' })],
      ['Prices', lambda({ METRICS_NAMESPACE: 'Own', CATALOGUE_KEY: 'k' })],
      ['Users', lambda({ LEDGER: 'mine' })],
      ['Bare', lambda()],
    ] as const;
    for (let place = 0; place <= others.length; place++) {
      const resources = Object.fromEntries([...others.slice(0, place), ['Meter', lambda(METER)], ...others.slice(place)]);
      expect(read(resources).meterEnvironment).toEqual({ METRICS_NAMESPACE: 'Own', LEDGER: 'perCall', METADATA_KEYS: 'team' });
    }
  });

  test('is empty where there is no meter', () => {
    expect(read({ Other: lambda({ METRICS_NAMESPACE: 'Own' }) }).meterEnvironment).toEqual({});
  });
});
