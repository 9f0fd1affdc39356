import { App, Aws, CfnParameter, Fn, IResolvable, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import fc from 'fast-check';
import { compactJson } from '../../lib/private/json-text';
import { cases } from '../cases';
import { substitutedText } from '../dashboard-body';

let stack: Stack;
let queue: sqs.Queue;

beforeEach(() => {
  stack = new Stack();
  queue = new sqs.Queue(stack, 'Queue');
});

const compact = (value: unknown): unknown => stack.resolve(compactJson(stack.toJsonString(value)));
const ofCdk = (value: unknown): unknown => stack.resolve(stack.toJsonString(value));

test('each reference is there once, and what is literal stays literal', () => {
  const value = { region: Aws.REGION, arn: `${queue.queueArn}/x`, again: [queue.queueArn, Aws.REGION], label: "${PROP('Period')}" };
  expect(compact(value)).toEqual({
    'Fn::Sub': [
      '{"region":"${AWS::Region}","arn":"${Value0}/x","again":["${Value0}","${AWS::Region}"],"label":"${!PROP(\'Period\')}"}',
      { Value0: { 'Fn::GetAtt': ['Queue4A7E3555', 'Arn'] } },
    ],
  });
});

test('a text without references is a text', () => {
  expect(compact({ title: '${LABEL}', none: undefined, list: [1, undefined, null] })).toBe('{"title":"${LABEL}","list":[1,null]}');
});

test('a token can change what it was resolved to, as that for the metrics of widgets does', () => {
  const token: IResolvable = {
    creationStack: [],
    resolve: (context) => {
      context.registerPostProcessor({ postProcess: (resolved: string[]) => resolved.slice(0, -1) });
      return context.resolve([`in ${Aws.REGION}`, { only: undefined }]) as unknown;
    },
    toString: () => 'token',
  };
  expect(substitutedText(compact({ token }))).toBe('{"token":["in ${AWS::Region}"]}');
  expect(substitutedText(ofCdk({ token }))).toBe('{"token":["in ${AWS::Region}"]}');
});

test('a reference to another stack is exported and imported', () => {
  const app = new App();
  const [producer, consumer] = [new Stack(app, 'Producer'), new Stack(app, 'Consumer')];
  const { queueName } = new sqs.Queue(producer, 'Queue');
  const dashboard = new cloudwatch.CfnDashboard(consumer, 'Dashboard', { dashboardBody: '{}' });
  dashboard.dashboardBody = compactJson(consumer.toJsonString({ first: queueName, second: queueName }));
  const { Resources } = Template.fromStack(consumer).toJSON() as { Resources: { Dashboard: { Properties: unknown } } };
  expect(Resources.Dashboard.Properties).toEqual({
    DashboardBody: {
      'Fn::Sub': [
        '{"first":"${Value0}","second":"${Value0}"}',
        { Value0: { 'Fn::ImportValue': 'Producer:ExportsOutputFnGetAttQueue4A7E3555QueueName07D5D357' } },
      ],
    },
  });
});

const texts = () =>
  fc.oneof(
    fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '$', '{', '}', '!', '${', '—', '\u2028') }),
    fc.constantFrom<() => string>(
      () => Aws.REGION,
      () => queue.queueArn,
      () => stack.account,
      () => Lazy.string({ produce: () => `"quoted" ${Aws.REGION} \${Literal} ${queue.queueName}\n` }),
      () => Token.asString(Lazy.any({ produce: () => Lazy.string({ produce: () => queue.queueUrl }) })),
    ),
  );

const { value: values } = fc.letrec<{ value: unknown; text: unknown }>((tie) => ({
  text: fc.array(texts(), { maxLength: 3 }).map((parts) => ({ parts })),
  value: fc.oneof(
    { maxDepth: 4 },
    tie('text'),
    fc.constantFrom(undefined, null, true, 0, -0, 1.5, 1e300),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(tie('value'), { maxLength: 2 }).map((members) => ({ lazyList: members })),
    fc.dictionary(fc.constantFrom('a', 'b', '"', '${c}'), tie('value'), { maxKeys: 4 }),
  ),
}));

/** Tokens belong to a stack: they are made where one is there. */
function made(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(made);
  if ('parts' in value)
    return (value.parts as (string | (() => string))[]).map((part) => (typeof part === 'string' ? part : part())).join('');
  if ('lazyList' in value) return Lazy.any({ produce: () => made(value.lazyList) });
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, made(member)]));
}

test('CloudFormation makes the same text of it as of what the CDK makes', () => {
  fc.assert(
    fc.property(fc.array(values, { maxLength: 4 }), (given) => {
      const value = { given: made(given) };
      expect(substitutedText(compact(value))).toBe(substitutedText(ofCdk(value)));
    }),
    { numRuns: cases(300, 10_000) },
  );
});

describe('what has no place in a text is left to the CDK:', () => {
  test.each<[string, () => unknown]>([
    ['a number', () => new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber],
    ['a list', () => Fn.split(',', Aws.REGION)],
    ['a function of CloudFormation in a text', () => `a ${Fn.select(0, ['"', Aws.REGION])}`],
    ['a function of CloudFormation', () => Fn.getAtt('Queue', 'Arn')],
    ['another function of CloudFormation', () => Token.asAny({ 'Fn::Join': ['"', ['a', 'b']] })],
    ['a literal that does not end', () => 'a ${'],
    ['a number in a text', () => `${Token.asString(Lazy.number({ produce: () => 7 }))} days`],
  ])('%s', (_, make) => {
    const value = { member: make(), region: Aws.REGION };
    expect(compact(value)).toEqual(ofCdk(value));
  });

  const circular: { self?: unknown } = {};
  circular.self = circular;
  test.each<[string, () => unknown, string]>([
    ['a construct', () => queue, 'Unable to resolve object tree with circular reference'],
    ['a function', () => () => 'text', 'Trying to resolve a non-data object'],
    ['what holds itself', () => circular, 'Unable to resolve object tree with circular reference'],
    ['a list within a text', () => Fn.split(',', Aws.REGION)[0], 'Found an encoded list token string in a scalar string context'],
  ])('the error for %s', (_, make, message) => {
    expect(() => compact({ member: make() })).toThrow(message);
  });
});
