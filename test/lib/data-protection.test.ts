import { App, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { DataProtection, DataProtectionOptions } from '../../lib/data-protection';
import { InvocationLogging } from '../../lib/invocation-logging';

function policyOf(stack: Stack, options: DataProtectionOptions): Template {
  new logs.LogGroup(stack, 'Group', { dataProtectionPolicy: DataProtection.of(options).policy });
  return Template.fromStack(stack);
}

test.each([
  'EmailAddress',
  'IpAddress',
  'Name',
  'Address',
  'PhoneNumber-US',
  'ZipCode-US',
  'CreditCardSecurityCode',
  'CreditCardExpiration',
  'BankAccountNumber-US',
])('leaves callers and numbers readable: %s is not recommended', (name) => {
  expect(DataProtection.RECOMMENDED.identifiers.map((identifier) => identifier.name)).not.toContain(name);
});

test('the recommended policy is within the size that CloudWatch Logs takes', () => {
  const template = policyOf(new Stack(new App(), 'Test'), {});
  const [group] = Object.values(template.findResources('AWS::Logs::LogGroup'));
  expect(JSON.stringify(group!.Properties.DataProtectionPolicy).length).toBeLessThan(30_720);
});

test('masks managed and custom data in addition to what is recommended, and sends findings to the given destinations', () => {
  const stack = new Stack(new App(), 'Test');
  const template = policyOf(stack, {
    identifiers: [
      ...DataProtection.recommendedIdentifiers(),
      logs.DataIdentifier.VEHICLEIDENTIFICATIONNUMBER,
      new logs.CustomDataIdentifier('Employee', 'E-\\d{6}'),
    ],
    findingsLogGroup: logs.LogGroup.fromLogGroupName(stack, 'Findings', '/aws/vendedlogs/findings'),
    findingsBucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'findings'),
    findingsDeliveryStream: firehose.DeliveryStream.fromDeliveryStreamArn(
      stack,
      'Stream',
      'arn:aws:firehose:eu-central-1:111122223333:deliverystream/findings',
    ),
  });
  const destination = {
    CloudWatchLogs: { LogGroup: '/aws/vendedlogs/findings' },
    S3: { Bucket: 'findings' },
    Firehose: { DeliveryStream: 'findings' },
  };
  template.hasResourceProperties('AWS::Logs::LogGroup', {
    DataProtectionPolicy: {
      Configuration: { CustomDataIdentifier: [{ Name: 'Employee', Regex: 'E-\\d{6}' }] },
      Statement: [
        { DataIdentifier: Match.arrayWith(['Employee']), Operation: { Audit: { FindingsDestination: destination } } },
        { DataIdentifier: Match.arrayWith(['Employee']), Operation: { Deidentify: { MaskConfig: {} } } },
      ],
    },
  });
});

test.each([
  [false, { 'Fn::Sub': 'arn:${AWS::Partition}:dataprotection::aws:data-identifier/CreditCardNumber' }],
  [true, 'arn:aws:dataprotection::aws:data-identifier/CreditCardNumber'],
])('a log group of this library writes each identifier as one text, with partition literals %s', (enablePartitionLiterals, arn) => {
  const app = new App({ context: { '@aws-cdk/core:enablePartitionLiterals': enablePartitionLiterals } });
  const inRegion = new Stack(app, 'InRegion', { env: { region: 'eu-central-1', account: '111122223333' } });
  new InvocationLogging(inRegion, 'Logging');
  Template.fromStack(inRegion).hasResourceProperties('AWS::Logs::LogGroup', {
    DataProtectionPolicy: { Statement: Match.arrayWith([Match.objectLike({ DataIdentifier: Match.arrayWith([arn]) })]) },
  });
});

test('what is recommended cannot be changed from outside', () => {
  DataProtection.recommendedIdentifiers().pop();
  expect(DataProtection.recommendedIdentifiers()).toEqual(DataProtection.RECOMMENDED.identifiers);
});

test('takes tokens in custom identifiers', () => {
  DataProtection.of({ identifiers: [new logs.CustomDataIdentifier(Token.asString({ Ref: 'Name' }), Token.asString({ Ref: 'Regex' }))] });
});

test.each([
  [[], "'identifiers' must hold at least one identifier, got none: use DataProtection.NONE to mask nothing"],
  [
    [new logs.CustomDataIdentifier('my id', 'x')],
    "'identifiers' must have custom identifiers with names of 1 to 128 letters, digits, _ or -, got 'my id'",
  ],
  [
    [new logs.CustomDataIdentifier('Long', 'x'.repeat(201))],
    "'identifiers' must have custom identifiers with expressions of 1 to 200 characters, got 201 in 'Long'",
  ],
  [
    Array.from({ length: 11 }, (_, i) => new logs.CustomDataIdentifier(`C${i}`, 'x')),
    "'identifiers' must have at most 10 custom identifiers, got 11",
  ],
])('fails for identifiers that CloudWatch Logs refuses (%#)', (identifiers, message) => {
  expect(() => DataProtection.of({ identifiers })).toThrow(message);
});
