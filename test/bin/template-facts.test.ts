import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SampleStack } from '../../bin/sample-stack';
import { type CloudFormationTemplate, templateFacts } from './template-facts';

type Path = readonly (string | number)[];

const template = Template.fromStack(new SampleStack(new App(), 'Sample')).toJSON() as CloudFormationTemplate;

/** What may change without a change of the facts. */
const NO_FACTS = [
  // The code has tests of its own.
  /Function|Handler.* Code /,
  // The version of the policy language, which the CDK writes.
  /Document Version$/,
  // Prose, beside its tier.
  /Alarms.* AlarmDescription$/,
];

function leaves(value: unknown, path: Path = []): Path[] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, Array.isArray(value) ? Number(key) : key]))
    : [path];
}

/** The same with one leaf changed. */
function changed(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) {
    return typeof value === 'string' ? value.replace(/.?$/, '~') : typeof value === 'number' ? value + 1 : !value;
  }
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === key ? changed(item, rest) : item));
  }
  return { ...(value as object), [key]: changed((value as Record<string, unknown>)[key], rest) };
}

const factsOf = (id: string, resource: unknown) =>
  [...templateFacts({ Resources: { [id]: resource } } as unknown as CloudFormationTemplate).values()].join('\n');

test('whatever changes in a resource, a fact changes', () => {
  const unseen = Object.entries(template.Resources)
    // A part of a dashboard is not a leaf of the template but of the text in it.
    .filter(([, { Type }]) => Type !== 'AWS::CloudWatch::Dashboard')
    .flatMap(([id, resource]) =>
      leaves(resource)
        .filter((path) => factsOf(id, changed(resource, path)) === factsOf(id, resource))
        .map((path) => `${id} ${path.slice(1).join(' ')}`),
    );
  expect(unseen.filter((path) => !NO_FACTS.some((pattern) => pattern.test(path)))).toEqual([]);
});

function factsWhere(type: string, change: (json: string) => string): string[] {
  const Resources = Object.fromEntries(
    Object.entries(template.Resources).map(([id, resource]) =>
      resource.Type === type ? [id, JSON.parse(change(JSON.stringify(resource))) as typeof resource] : [id, resource],
    ),
  );
  const lines = (facts: ReadonlyMap<string, string>) => [...facts.values()].join('\n').split('\n');
  const before = lines(templateFacts(template));
  return lines(templateFacts({ Resources })).filter((line) => !before.includes(line));
}

test.each([
  ['a member of the ledger in a saved query', 'AWS::Logs::QueryDefinition', '(priceRow)', '(priceSource)', /priceSource/],
  ['a member of the ledger in a widget', 'AWS::CloudWatch::Dashboard', 'temperature as', 'topP as', /fields .*topP/],
  ['a metric of a widget', 'AWS::CloudWatch::Dashboard', 'bedrock.truncated', 'bedrock.cut', /bedrock\.cut/],
  ['a threshold', 'AWS::CloudWatch::Alarm', '"Threshold":150', '"Threshold":151', /DailyCost.* GreaterThanThreshold 151/],
  ['a wider action', 'AWS::IAM::Role', '"s3:PutObject"', '"s3:*"', /Allow s3:GetObject, s3:\* on <PricesBucket\.Arn>/],
  ['a wider resource', 'AWS::IAM::Role', '/catalogue.ndjson', '/*', /Allow s3:GetObject on <PricesBucket\.Arn>\/\*/],
  ['a retention', 'AWS::Logs::LogGroup', '"RetentionInDays":90', '"RetentionInDays":91', /RetentionInDays 91/],
  ['a schedule', 'AWS::Events::Rule', 'rate(1 day)', 'rate(2 days)', /ScheduleExpression rate\(2 days\)/],
])('%s shows as a line that a reviewer reads', (_, type, from, to, expected) => {
  expect(factsWhere(type, (json) => json.replaceAll(from, to))).toContainEqual(expect.stringMatching(expected));
});
