import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { rewriteAssembly, rewriteTemplate, type Template, typesOf } from '../../../demo/emulator/rewrite';

const TOKEN = 'arn:aws:lambda:us-east-1:000000000000:function:stand-in';

function template(): Template {
  return {
    Resources: {
      Single: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Invocations' } },
      Math: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [], Threshold: 5 } },
      Band: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ Expression: 'ANOMALY_DETECTION_BAND(m, 2)' }] } },
      Warm: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'runs', WarmUpConfiguration: {} } },
      Both: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule: { 'Fn::GetAtt': ['Math', 'Arn'] } } },
      Query: { Type: 'AWS::Logs::QueryDefinition', Properties: { QueryString: { 'Fn::Sub': '${Query.QueryDefinitionId}' } } },
      Logs: { Type: 'AWS::Logs::LogGroup', Properties: { DataProtectionPolicy: {} } },
      Plain: { Type: 'AWS::Logs::LogGroup' },
    },
  };
}

const UNKNOWN = new Set(['AWS::CloudWatch::CompositeAlarm', 'AWS::Logs::QueryDefinition']);

test('actions that the emulator allows on all resources or on none are allowed on all, and others stay as they are', () => {
  const statement = (Action: unknown) => ({ Effect: 'Allow', Action, Resource: 'arn:aws:ssm:us-east-1:1:parameter/x' });
  const Statement = [statement('ssm:GetParameter'), statement(['ssm:PutParameter', 'ssm:GetParametersByPath'])];
  const rewritten: Template = {
    Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement } }] } } },
  };
  const report = rewriteTemplate('Stack', rewritten, UNKNOWN, TOKEN);
  expect(Statement.map(({ Resource }) => Resource)).toEqual(['arn:aws:ssm:us-east-1:1:parameter/x', '*']);
  expect(report).toEqual([
    expect.objectContaining({ logicalId: 'Role', what: 'permissions for some actions are checked without their resources' }),
  ]);
});

test('unknown types and metric-math alarms become custom resources with the original inside', () => {
  const rewritten = template();
  rewriteTemplate('Stack', rewritten, UNKNOWN, TOKEN);
  const { Single, Math, Both, Query, Plain } = rewritten.Resources;

  expect(Math).toEqual({
    Type: 'Custom::NotInEmulator-CloudWatch-Alarm',
    Properties: {
      ServiceToken: TOKEN,
      ServiceTimeout: 60,
      OriginalType: 'AWS::CloudWatch::Alarm',
      Original: { Metrics: [], Threshold: 5 },
      Attributes: ['Arn'],
    },
  });
  expect(Both?.Type).toBe('Custom::NotInEmulator-CloudWatch-CompositeAlarm');
  expect(Query?.Properties).toMatchObject({ Attributes: ['QueryDefinitionId'] });
  expect([Single, Plain]).toEqual([template().Resources.Single, template().Resources.Plain]);
});

test('reports each thing that is not emulated, and why', () => {
  expect(rewriteTemplate('Stack', template(), UNKNOWN, TOKEN).map(({ logicalId, what }) => [logicalId, what])).toEqual([
    ['Math', 'metric math is evaluated by the demo instead'],
    ['Band', 'anomaly bands are not evaluated'],
    ['Warm', 'warm-up and wall clock are honoured by the demo instead'],
    ['Both', 'created through the API, its suppressor is honoured by the demo'],
    ['Query', 'accepted, not emulated'],
    ['Logs', 'masking of sensitive data is stored, not applied'],
  ]);
});

describe('an assembly', () => {
  let folder: string;
  const file = (name: string) => path.join(folder, name);
  const json = async (name: string) => JSON.parse(await readFile(file(name), 'utf8')) as unknown;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'demo-'));
    await mkdir(file('out'));
    const text = JSON.stringify(template());
    const hash = createHash('sha256').update(text).digest('hex');
    await writeFile(file('out/Stack.template.json'), text);
    await writeFile(
      file('out/Stack.assets.json'),
      JSON.stringify({ files: { [hash]: { destinations: { here: { objectKey: `${hash}.json`, assumeRoleArn: 'role' } } } } }),
    );
    await writeFile(
      file('out/manifest.json'),
      JSON.stringify({
        artifacts: {
          Stack: {
            type: 'aws:cloudformation:stack',
            properties: {
              templateFile: 'Stack.template.json',
              stackTemplateAssetObjectUrl: `s3://bucket/${hash}.json`,
              assumeRoleArn: 'role',
              cloudFormationExecutionRoleArn: 'role',
              lookupRole: { arn: 'role' },
            },
          },
          Tree: { type: 'cdk:tree' },
        },
      }),
    );
  });

  afterEach(() => rm(folder, { recursive: true }));

  test('lists the types that CloudFormation must know', async () => {
    expect(await typesOf(file('out'))).toEqual([
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::CompositeAlarm',
      'AWS::Logs::LogGroup',
      'AWS::Logs::QueryDefinition',
    ]);
  });

  test('is copied with new hashes and without deployment roles', async () => {
    await rewriteAssembly(file('out'), file('local'), UNKNOWN, TOKEN);
    const text = await readFile(file('local/Stack.template.json'), 'utf8');
    const hash = createHash('sha256').update(text).digest('hex');

    expect(JSON.parse(text)).toMatchObject({ Resources: { Math: { Type: 'Custom::NotInEmulator-CloudWatch-Alarm' } } });
    expect(await json('local/Stack.assets.json')).toEqual({ files: { [hash]: { destinations: { here: { objectKey: `${hash}.json` } } } } });
    expect(await json('local/manifest.json')).toMatchObject({
      artifacts: {
        Stack: { properties: { templateFile: 'Stack.template.json', stackTemplateAssetObjectUrl: `s3://bucket/${hash}.json` } },
      },
    });
    expect(JSON.stringify(await json('local/manifest.json'))).not.toContain('role');
    expect(await json('out/Stack.template.json')).toEqual(template());
  });
});
