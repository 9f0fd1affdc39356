import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CentralStack } from '../../examples/organization/central-stack';
import { DestinationStack } from '../../examples/organization/destination-stack';
import { ManagementStack } from '../../examples/organization/management-stack';
import { MemberStack } from '../../examples/organization/member-stack';
import { Attributes } from '../../engine/telemetry/names';
import { ACCEPTED, nagFindings } from '../gate/nag';

const central = '999999999999';
const home = 'eu-central-1';
const regions = [home, 'us-east-1', 'ap-northeast-1'];
const sinkArns = Object.fromEntries(regions.map((region) => [region, `arn:aws:oam:${region}:${central}:sink/1`]));
const members = ['111111111111', '222222222222'].flatMap((account) => regions.map((region) => ({ account, region })));
const inHome = { account: central, region: home };

const newCentral = (app: App) => new CentralStack(app, 'Central', { env: inHome, streamName: 'records', members });
const newDestination = (app: App) =>
  new DestinationStack(app, 'Destination', {
    env: { ...inHome, region: 'us-east-1' },
    organizationId: 'o-a1b2c3d4e5',
    home,
    streamName: 'records',
  });
const newManagement = (app: App) =>
  new ManagementStack(app, 'Management', {
    env: { ...inHome, account: '000000000000' },
    organizationalUnits: ['ou-abcd-workloads'],
    regions,
    central,
    sinkArns,
  });

test('the central account meters one stream, by account and Region, and shows the metrics of all members', () => {
  const template = Template.fromStack(newCentral(new App()));
  template.resourceCountIs('AWS::Lambda::EventSourceMapping', 2);
  const text = JSON.stringify(template.toJSON());
  expect(text).toContain('"DIMENSIONS":"account,region"');
  members.forEach(({ account, region }) => expect(text).toContain(`\\"accountId\\":\\"${account}\\",\\"region\\":\\"${region}\\"`));
  expect(Attributes.ACCOUNT).toBe('cloud.account.id');
});

test('the destination of another Region leads into the stream of the home Region', () => {
  const [destination] = Object.values(Template.fromStack(newDestination(new App())).findResources('AWS::Logs::Destination'));
  expect(JSON.stringify(destination)).toContain(`:kinesis:${home}:${central}:stream/records`);
});

test('the management account deploys the template of the members, whole, to units and Regions', () => {
  const [stackSet] = Object.values(Template.fromStack(newManagement(new App())).findResources('AWS::CloudFormation::StackSet')) as [
    { Properties: { TemplateBody: string; StackInstancesGroup: { Regions: string[] }[] } },
  ];
  const member = Template.fromStack(new MemberStack(new App(), 'Member', { central, sinkArns }));
  expect(JSON.parse(stackSet.Properties.TemplateBody)).toEqual(member.toJSON());
  expect(stackSet.Properties.StackInstancesGroup[0]!.Regions).toEqual(regions);
});

/** The role that reads the profiles of a member, of which neither the account nor the ids are known. */
const OF_PROFILES = [
  'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iam::*:role/bedrock-profile-reader-*] CostMeter/Role/DefaultPolicy/Resource',
  'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:bedrock:<AWS::Region>:<AWS::AccountId>:application-inference-profile/*] ProfileRole/Resource',
];
const accepted = [...ACCEPTED.flatMap(([path, , ...rules]) => rules.map((rule) => `${rule} ${path}`)), ...OF_PROFILES];

// cdk-nag needs more than the oldest CDK.
const onNewest = process.env.CDK === 'newest' ? test : test.skip;

onNewest.each<[string, (app: App) => unknown]>([
  ['central', newCentral],
  ['destination', newDestination],
  ['management', newManagement],
  ['member', (app) => new MemberStack(app, 'Member', { central, sinkArns })],
])('the stack of the %s is clean under AwsSolutions and Serverless, but for what is accepted with a reason', (_, make) => {
  const app = new App();
  make(app);
  expect(nagFindings(app).filter((finding) => !accepted.includes(finding))).toEqual([]);
});
