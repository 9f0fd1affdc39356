import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AdotLayer } from '../../lib/adot-layer';
import { ADOT_JS_LAYERS } from '../../lib/private/adot-layers';

function attach(layer: AdotLayer, region?: string): Template {
  const stack = new Stack(new App(), 'Test', { env: region ? { region } : undefined });
  layer._attachTo(
    new lambda.Function(stack, 'Function', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
    }),
  );
  return Template.fromStack(stack);
}

test('takes the layer of a known Region from the table', () => {
  attach(AdotLayer.LATEST, 'eu-west-1').hasResourceProperties('AWS::Lambda::Function', {
    Layers: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':lambda:eu-west-1:615299751070:layer:AWSOpenTelemetryDistroJs:16']] }],
    Environment: { Variables: Match.objectLike({ AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-instrument', OTEL_METRICS_EXPORTER: 'none' }) },
  });
});

test('looks the layer up at deployment when the stack has no Region', () => {
  const template = attach(AdotLayer.LATEST);
  const [mapping] = Object.values(template.findMappings('*'));
  expect(mapping!['ca-west-1']).toEqual({ account: '595944127152', version: '9' });
  expect(mapping).toEqual(ADOT_JS_LAYERS);
});

test('leaves the function alone when there is no layer', () => {
  attach(AdotLayer.NONE, 'us-gov-west-1').hasResourceProperties('AWS::Lambda::Function', {
    Layers: Match.absent(),
    Environment: Match.absent(),
  });
});

test.each(['us-gov-west-1', 'me-south-1', 'eusc-de-east-1'])('fails in %s, naming the prop and the way out', (region) => {
  expect(() => attach(AdotLayer.LATEST, region)).toThrow(
    `'adotLayer' has no default in Region '${region}': set adotLayer to AdotLayer.fromArn(…) or to AdotLayer.NONE`,
  );
});

test('fails on an ARN without a version', () => {
  expect(() => AdotLayer.fromArn('arn:aws:lambda:eu-west-1:111122223333:layer:mine')).toThrow(
    "'layerVersionArn' must be the ARN of a Lambda layer version",
  );
});
