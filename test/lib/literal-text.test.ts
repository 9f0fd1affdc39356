import { Fn, Stack } from 'aws-cdk-lib';
import { literalText } from '../../lib/private/literal-text';

const resolved = (text: string): unknown => new Stack().resolve(literalText(text)) as unknown;

test('references of the collector are literal for CloudFormation', () => {
  expect(resolved('region: ${env:AWS_REGION}, suffix: ${env:SUFFIX:-amazonaws.com}')).toEqual({
    'Fn::Sub': 'region: ${!env:AWS_REGION}, suffix: ${!env:SUFFIX:-amazonaws.com}',
  });
});

test('tokens beside them stay what they are, each once', () => {
  const [host, port] = [Fn.ref('Host'), Fn.getAtt('Balancer', 'Port').toString()];
  expect(resolved(`a ${host}:${port} \${env:HEADERS} ${host}`)).toEqual({
    'Fn::Sub': [
      'a ${Value0}:${Value1} ${!env:HEADERS} ${Value0}',
      { Value0: { Ref: 'Host' }, Value1: { 'Fn::GetAtt': ['Balancer', 'Port'] } },
    ],
  });
});
