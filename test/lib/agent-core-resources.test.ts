import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

// The oldest aws-cdk-lib has no constructs for AgentCore but those of the lowest level.
import * as agentcore from 'aws-cdk-lib-newest/aws-bedrockagentcore';
import * as logs from 'aws-cdk-lib-newest/aws-logs';
import { AgentCoreTelemetry, type AgentCoreTelemetryProps } from '../../lib';

function templateOf(make: (stack: Stack) => AgentCoreTelemetryProps): Template {
  const stack = new Stack(new App(), 'Test', { env: { account: '111122223333', region: 'eu-central-1' } });
  new AgentCoreTelemetry(stack, 'Telemetry', make(stack));
  return Template.fromStack(stack);
}

const typesIn = (template: Template): string[] =>
  Object.values(template.findResources('AWS::Logs::DeliverySource'))
    .map(({ Properties }) => (Properties as { LogType: string }).LogType)
    .sort();

const memoryOf = (region: string) => (stack: Stack) =>
  agentcore.Memory.fromMemoryAttributes(stack, 'M', {
    memoryArn: `arn:aws:bedrock-agentcore:${region}:111122223333:memory/m`,
    roleArn: 'arn:aws:iam::111122223333:role/r',
  });

// Jest replaces the CDK by its newest version; see jest.config.js.
(process.env.CDK === 'newest' ? describe : describe.skip)("the CDK's constructs of AgentCore", () => {
  test('deliver what they can', () => {
    const template = templateOf((stack) => ({
      runtimes: [
        new agentcore.Runtime(stack, 'R', {
          runtimeName: 'r',
          agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromImageUri('111122223333.dkr.ecr.eu-central-1.amazonaws.com/agent:1'),
        }),
      ],
      gateways: [new agentcore.Gateway(stack, 'G', { gatewayName: 'g' })],
      memories: [new agentcore.Memory(stack, 'M', { memoryName: 'm' })],
      browsers: [new agentcore.BrowserCustom(stack, 'B', { browserCustomName: 'b' })],
      codeInterpreters: [new agentcore.CodeInterpreterCustom(stack, 'C', { codeInterpreterCustomName: 'c' })],
      workloadIdentities: [new agentcore.WorkloadIdentity(stack, 'W', { workloadIdentityName: 'www' })],
    }));
    expect(typesIn(template).filter((type) => type === 'APPLICATION_LOGS')).toHaveLength(5);
    expect(typesIn(template).filter((type) => type === 'USAGE_LOGS')).toHaveLength(3);
    expect(typesIn(template).filter((type) => type === 'TRACES')).toHaveLength(4);
  });

  test('what a runtime delivers by itself is left as it is', () => {
    const template = templateOf((stack) => ({
      runtimes: [
        new agentcore.Runtime(stack, 'R', {
          runtimeName: 'r',
          agentRuntimeArtifact: agentcore.AgentRuntimeArtifact.fromImageUri('111122223333.dkr.ecr.eu-central-1.amazonaws.com/agent:1'),
          loggingConfigs: [
            {
              logType: agentcore.LogType.APPLICATION_LOGS,
              destination: agentcore.LoggingDestination.cloudWatchLogs(new logs.LogGroup(stack, 'Own')),
            },
          ],
          tracingEnabled: true,
        }),
      ],
    }));
    expect(typesIn(template)).toEqual(['APPLICATION_LOGS', 'TRACES', 'USAGE_LOGS']);
  });

  test('imported ones of the Region, and no others', () => {
    expect(typesIn(templateOf((stack) => ({ memories: [memoryOf('eu-central-1')(stack)] })))).toEqual(['APPLICATION_LOGS', 'TRACES']);
    expect(() => templateOf((stack) => ({ memories: [memoryOf('us-east-1')(stack)] }))).toThrow(
      "'memories' must be in the region of the stack, which is eu-central-1, got us-east-1",
    );
  });
});
