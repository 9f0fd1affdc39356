import { App, CfnParameter, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AccountDataProtection } from '../../lib/account-data-protection';
import { DataProtection } from '../../lib/data-protection';
import { substitutedText } from '../dashboard-body';

const HERE = { account: '111122223333', region: 'eu-central-1' };
let app: App;
let stack: Stack;
beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Test', { env: HERE });
});

interface Policy {
  readonly Version: string;
  readonly Configuration?: object;
  readonly Statement: { readonly DataIdentifier: string[]; readonly Operation: object }[];
}

/** The document as CloudFormation joins it, in the partition aws. */
function policyOf(of = stack): Policy {
  const [resource] = Object.values(Template.fromStack(of).findResources('AWS::Logs::AccountPolicy'));
  const document = substitutedText(resource!.Properties.PolicyDocument);
  return JSON.parse(document.replaceAll('${AWS::Partition}', 'aws')) as Policy;
}

test('masks what is recommended in all log groups', () => {
  const protection = new AccountDataProtection(stack, 'Masks');
  Template.fromStack(stack).hasResourceProperties('AWS::Logs::AccountPolicy', {
    PolicyName: 'bedrock-observability',
    PolicyType: 'DATA_PROTECTION_POLICY',
    Scope: 'ALL',
  });
  const { Version, Configuration, Statement } = policyOf();
  expect(Version).toBe('2021-06-01');
  expect(Configuration).toBeUndefined();
  expect(Statement.map(({ Operation }) => Operation)).toEqual([{ Audit: { FindingsDestination: {} } }, { Deidentify: { MaskConfig: {} } }]);
  expect(Statement[0]!.DataIdentifier).toEqual(Statement[1]!.DataIdentifier);
  expect(Statement[0]!.DataIdentifier).toContain('arn:aws:dataprotection::aws:data-identifier/CreditCardNumber');
  expect(Statement[0]!.DataIdentifier).toHaveLength(protection.identifiers.length);
  expect(protection.identifiers).toEqual(DataProtection.RECOMMENDED.identifiers);
});

test('all managed identifiers and ten custom ones are within the size that CloudWatch Logs takes', () => {
  const all = Object.values(logs.DataIdentifier).filter((value): value is logs.DataIdentifier => value instanceof logs.DataIdentifier);
  const custom = Array.from({ length: 10 }, (_, i) => new logs.CustomDataIdentifier(`${i}`.padEnd(128, 'x'), 'x'.repeat(200)));
  new AccountDataProtection(stack, 'Masks', { dataProtection: DataProtection.of({ identifiers: [...all, ...custom] }) });
  expect(all.length).toBeGreaterThan(90);
  expect(JSON.stringify(policyOf()).length).toBeLessThan(30_720);
});

test('masks custom data, and sends findings to the given destinations', () => {
  new AccountDataProtection(stack, 'Masks', {
    policyName: 'ours',
    dataProtection: DataProtection.of({
      identifiers: [new logs.CustomDataIdentifier('Employee', 'E-\\d{6}')],
      findingsLogGroup: logs.LogGroup.fromLogGroupName(stack, 'Findings', '/aws/vendedlogs/findings'),
      findingsBucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'findings'),
      findingsDeliveryStream: firehose.DeliveryStream.fromDeliveryStreamArn(
        stack,
        'Stream',
        'arn:aws:firehose:eu-central-1:111122223333:deliverystream/findings',
      ),
    }),
  });
  expect(policyOf()).toMatchObject({
    Configuration: { CustomDataIdentifier: [{ Name: 'Employee', Regex: 'E-\\d{6}' }] },
    Statement: [
      {
        DataIdentifier: ['Employee'],
        Operation: {
          Audit: {
            FindingsDestination: {
              CloudWatchLogs: { LogGroup: '/aws/vendedlogs/findings' },
              S3: { Bucket: 'findings' },
              Firehose: { DeliveryStream: 'findings' },
            },
          },
        },
      },
      { DataIdentifier: ['Employee'] },
    ],
  });
});

test('to CloudFormation it is the same policy when it is renamed or moved within the stack', () => {
  new AccountDataProtection(stack, 'Masks');
  const other = new Stack(new App(), 'Test', { env: HERE });
  new AccountDataProtection(new Stack(other, 'Inner'), 'Renamed');
  const idsOf = (of: Stack) => Object.keys(Template.fromStack(of).findResources('AWS::Logs::AccountPolicy'));
  expect(idsOf(stack)).toEqual(idsOf(other.node.findChild('Inner') as Stack));
});

test('says that it masks all log groups; that is a note', () => {
  new AccountDataProtection(stack, 'Masks');
  Annotations.fromStack(stack).hasInfo('/Test/Masks', Match.stringLikeRegexp('masks 32 kinds of data in all log groups of the account'));
  Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
});

test('warns of identifiers that mask callers', () => {
  const identifiers = [logs.DataIdentifier.NAME, logs.DataIdentifier.EMAILADDRESS, logs.DataIdentifier.SSN_US];
  new AccountDataProtection(stack, 'Masks', { dataProtection: DataProtection.of({ identifiers }) });
  Annotations.fromStack(stack).hasWarning('/Test/Masks', Match.stringLikeRegexp('^Name, EmailAddress can mask callers too'));
});

test('a second one in the account and Region is refused, also in another stack; one in another Region is not', () => {
  new AccountDataProtection(stack, 'Masks');
  const message = "an account has one data protection policy in each Region, and 'Test/Masks' makes it already";
  expect(() => new AccountDataProtection(new NestedStack(stack, 'Nested'), 'More')).toThrow(message);
  expect(() => new AccountDataProtection(new Stack(app, 'Other', { env: HERE }), 'More')).toThrow(message);
  new AccountDataProtection(new Stack(app, 'There', { env: { ...HERE, region: 'us-east-1' } }), 'Masks');
});

test('takes a token as its name', () => {
  new AccountDataProtection(stack, 'Masks', { policyName: new CfnParameter(stack, 'Name').valueAsString });
  Template.fromStack(stack).hasResourceProperties('AWS::Logs::AccountPolicy', { PolicyName: { Ref: 'Name' } });
});

test('a policy that masks nothing, names that CloudFormation refuses and findings elsewhere are refused', () => {
  expect(() => new AccountDataProtection(stack, 'None', { dataProtection: DataProtection.NONE })).toThrow(
    "'dataProtection' must mask something, got DataProtection.NONE: leave this construct out to mask nothing",
  );
  const there = new Stack(app, 'There', { env: { ...HERE, region: 'us-east-1' } });
  expect(() => new AccountDataProtection(there, 'Name', { policyName: 'a:b' })).toThrow(
    "'policyName' must have 1 to 256 characters and neither : nor *, got 'a:b'",
  );
  const findingsLogGroup = logs.LogGroup.fromLogGroupArn(stack, 'Far', 'arn:aws:logs:us-east-1:111122223333:log-group:far');
  const far = new Stack(app, 'Far', { env: { ...HERE, region: 'eu-west-1' } });
  expect(() => new AccountDataProtection(far, 'It', { dataProtection: DataProtection.of({ findingsLogGroup }) })).toThrow(
    "'findingsLogGroup' must be in the region of the stack, which is eu-west-1, got us-east-1",
  );
});
