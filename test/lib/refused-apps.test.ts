import * as cdk from 'aws-cdk-lib';
import { App, Stack, Stage } from 'aws-cdk-lib';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as library from '../../lib';

const ENV = { account: '111122223333', region: 'eu-central-1' };

const records = (stack: Stack) => logs.LogGroup.fromLogGroupName(stack, 'RecordsOfOthers', '/records');
const functionIn = (stack: Stack) =>
  new lambda.Function(stack, 'Fn', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'i.h', code: lambda.Code.fromInline('x') });
const publicVpc = (stack: Stack) =>
  new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC }] });

/** What cannot be deployed, with the prop, the value and the way out that the message must have. */
const REFUSED: Record<string, [(stack: Stack) => unknown, RegExp]> = {
  'a synthesizer that takes no assets': [
    (stack) =>
      new library.CostMeter(new Stack(stack, 'Inner', { synthesizer: new cdk.BootstraplessSynthesizer() }), 'It', {
        logGroup: records(stack),
      }),
    /'synthesizer' of the stack 'Test\/Inner' must take assets.* got a BootstraplessSynthesizer: leave it out, or use MemberLogging/,
  ],
  'a VPC with public subnets only': [
    (stack) => new library.BedrockObservability(stack, 'It', { functions: { vpc: publicVpc(stack) } }),
    /'functions\.vpc' must have private subnets for functions, got public ones of 'Test\/Vpc': choose .* 'functions\.vpcSubnets'/,
  ],
  'a VPC without the subnets that are asked for': [
    (stack) =>
      new library.PriceCatalogue(stack, 'It', {
        functions: { vpc: publicVpc(stack), vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } },
      }),
    /'functions\.vpc' has none of the subnets that are asked for, got 'There are no 'Private' subnet groups.*: choose/,
  ],
  'security groups without a VPC': [
    (stack) =>
      new library.AgentMeter(stack, 'It', {
        functions: { securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')] },
      }),
    /'functions\.securityGroups' needs 'functions\.vpc', got none: set it/,
  ],
  'a concurrency of zero': [
    (stack) => new library.BedrockObservability(stack, 'It', { functions: { reservedConcurrentExecutions: 0 } }),
    /'functions\.reservedConcurrentExecutions' must be a whole number of at least 1, got 0/,
  ],
  'a function for all alarms, whose permissions have one name': [
    (stack) => {
      const critical = [new actions.LambdaAction(functionIn(stack))];
      return new library.BedrockObservability(stack, 'It', { alarmRouting: { critical } });
    },
    /an action of 'routing' cannot be used for the alarm 'Test\/It\/Alarms\/.*', got 'There is already.*: subscribe the function to an AlarmTopic/,
  ],
  'a delivery role that Bedrock cannot assume': [
    (stack) => {
      const deliveryRole = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
      return new library.InvocationLogging(stack, 'It', { deliveryRole });
    },
    /'deliveryRole' must let bedrock\.amazonaws\.com assume it, got 'Test\/Role', whose trust policy does not: add new iam\.ServicePrincipal/,
  ],
  'a log group that hands events on': [
    (stack) => {
      const logGroup = new logs.LogGroup(stack, 'Records');
      (logGroup.node.defaultChild as logs.CfnLogGroup).logGroupClass = 'DELIVERY';
      return new library.InvocationLogging(stack, 'It', { logGroup });
    },
    /'logGroup' must be of a class that keeps its events, got 'Test\/Records' of the class DELIVERY: use a log group of the class STANDARD/,
  ],
  'a FIFO topic for people': [
    (stack) => {
      const costMeter = new library.CostMeter(stack, 'Meter', { logGroup: records(stack) });
      return new library.UsageDigest(stack, 'It', { costMeter, topics: [new sns.Topic(stack, 'Topic', { fifo: true })] });
    },
    /'topics' must be a standard topic.* got the FIFO topic 'Test\/Topic': use a standard one/,
  ],
  'two stages of one account and Region': [
    (stack) =>
      ['Dev', 'Prod'].forEach(
        (id) => new library.BedrockObservability(new Stack(new Stage(stack.node.root as App, id, { env: ENV }), 'S'), 'It'),
      ),
    /'Dev\/S\/It\/InvocationLogging' makes it already: use its 'logGroup', or set 'onExisting' of this one to ExistingConfiguration\.ADOPT/,
  ],
  'a topic of another Region as an action': [
    (stack) => {
      const far = new Stack(stack.node.root as App, 'Far', { env: { ...ENV, region: 'us-east-1' } });
      return new library.BedrockObservability(stack, 'It', { alarmRouting: { critical: [new library.AlarmTopic(far, 'Topic')] } });
    },
    /an action of 'routing\.critical' acts in us-east-1.*: use a topic in eu-central-1/,
  ],
};

test.each(Object.entries(REFUSED))('is refused: %s', (_, [make, message]) => {
  const app = new App();
  const stack = new Stack(app, 'Test', { env: ENV });
  expect(() => {
    make(stack);
    app.synth();
  }).toThrow(message);
});

test('a trust policy that grows after the construct is made counts', () => {
  const app = new App();
  const stack = new Stack(app, 'Test', { env: ENV });
  const deliveryRole = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  new library.InvocationLogging(stack, 'It', { deliveryRole });
  deliveryRole.assumeRolePolicy!.addStatements(
    new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new iam.ServicePrincipal('bedrock.amazonaws.com')] }),
  );
  expect(() => app.synth()).not.toThrow();
});
