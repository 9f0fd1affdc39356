import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { OtelGatewayConfiguration } from './otel-gateway-configuration';
import { OtelGatewayOptions } from './otel-gateway-options';
import { OtlpDestination } from './otlp-destination';
import { OtlpSignal } from './otlp-signal';
import { OtlpTemporality } from './otlp-temporality';
import { subnetIdsOf } from './private/function-checks';
import { PORTS } from './private/gateway/collector-configuration';
import { headersVariable, namedDestinations } from './private/gateway/exporters';
import { checkTasks, requireTaskSize } from './private/gateway/gateway-checks';
import { requireSameEnvironment, requireSameRegion } from './private/handed-in';
import { literalText } from './private/literal-text';
import { allowLogGroups } from './private/log-group-key';
import { requireUsable } from './private/usable';

/**
 * Properties of OtelGateway.
 */
export interface OtelGatewayProps extends OtelGatewayOptions {
  /**
   * The VPC in which the gateway runs, and from which it is reached.
   */
  readonly vpc: ec2.IVpc;

  /**
   * The subnets of the tasks and of the load balancer. They need a way to the destinations and to the registry of the image.
   *
   * @default - private subnets with egress
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The cluster of the service.
   *
   * @default - a cluster of its own, with Container Insights
   */
  readonly cluster?: ecs.ICluster;

  /**
   * The image of the collector, for example a copy in a repository of your own. It must have the components of
   * `OtelGatewayConfiguration.IMAGE`.
   *
   * @default - the image of `OtelGatewayConfiguration.IMAGE`
   */
  readonly image?: ecs.ContainerImage;

  /**
   * The CPU units of a task. AWS Fargate takes certain combinations with the memory only.
   *
   * @default 512
   */
  readonly cpu?: number;

  /**
   * How many tasks run at least.
   *
   * @default 2, and 1 with sampling
   */
  readonly minTasks?: number;

  /**
   * How many tasks run at most, by their CPU.
   *
   * @default 4, and 1 with sampling
   */
  readonly maxTasks?: number;

  /**
   * How long the collector's own log is kept.
   *
   * @default logs.RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * A key for the collector's own log, which holds no telemetry.
   *
   * @default - encrypted by CloudWatch Logs
   */
  readonly encryptionKey?: kms.IKeyRef;
}

/** CPU in percent above which tasks are added. */
const BUSY_PERCENT = 60;

/**
 * The OpenTelemetry Collector on AWS Fargate, between applications and backends: it takes spans and metrics over OTLP, keeps
 * attributes of an allow-list only, and sends to as many destinations as are given. No text of prompts, answers, tools or
 * documents leaves it, whatever library wrote it.
 *
 * Log records are not taken: those of agents are prompts.
 */
export class OtelGateway extends Construct implements ec2.IConnectable {
  /**
   * Who may send: `gateway.connections.allowDefaultPortFrom(service)`.
   */
  public readonly connections: ec2.Connections;

  /**
   * The gateway as a destination of applications in the VPC.
   */
  public readonly destination: OtlpDestination;

  /**
   * The service that runs the collector.
   */
  public readonly service: ecs.FargateService;

  constructor(scope: Construct, id: string, props: OtelGatewayProps) {
    super(scope, id);
    const { vpc, vpcSubnets, sampling, cluster, minTasks = sampling ? 1 : 2, maxTasks = sampling ? 1 : Math.max(4, minTasks) } = props;
    const configuration = new OtelGatewayConfiguration(props);
    checkTasks(minTasks, maxTasks, sampling);
    requireSameEnvironment(this, 'vpc', vpc);
    requireSameEnvironment(this, 'cluster', cluster);
    requireUsable(props);
    requireTaskSize(props.cpu);
    subnetIdsOf('vpc', vpc, vpcSubnets, "choose others with 'vpcSubnets', or use a VPC that has some");

    const task = this.taskOf(props, configuration);
    this.service = new ecs.FargateService(this, 'Service', {
      cluster: cluster ?? new ecs.Cluster(this, 'Cluster', { vpc, containerInsightsV2: ecs.ContainerInsights.ENABLED }),
      taskDefinition: task,
      vpcSubnets,
      desiredCount: minTasks,
      // A new task runs before an old one ends, so that applications can always send.
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { rollback: true },
      healthCheckGracePeriod: Duration.minutes(1),
    });
    const balancer = this.balancerOf(props);
    this.connections = new ec2.Connections({
      securityGroups: balancer.connections.securityGroups,
      defaultPort: ec2.Port.tcpRange(PORTS.grpc, PORTS.http),
    });
    if (maxTasks > minTasks) {
      const scaling = this.service.autoScaleTaskCount({ minCapacity: minTasks, maxCapacity: maxTasks });
      scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: BUSY_PERCENT });
    }
    this.destination = OtlpDestination.endpoint(`http://${balancer.loadBalancerDnsName}:${PORTS.http}`, {
      signals: [OtlpSignal.TRACES, OtlpSignal.METRICS],
      temporality: OtlpTemporality.DELTA,
    });
  }

  private taskOf(props: OtelGatewayProps, configuration: OtelGatewayConfiguration): ecs.FargateTaskDefinition {
    const { destinations, image, cpu = 512, memoryLimitMiB = 1024 } = props;
    const task = new ecs.FargateTaskDefinition(this, 'Task', { cpu, memoryLimitMiB });
    const secrets = namedDestinations(destinations).flatMap(({ name, destination: { headersSecret } }) =>
      headersSecret ? [[headersVariable(name), ecs.Secret.fromSecretsManager(headersSecret)] as const] : [],
    );
    task.addContainer('Collector', {
      image: image ?? ecs.ContainerImage.fromRegistry(OtelGatewayConfiguration.IMAGE),
      command: ['--config=env:GATEWAY_CONFIGURATION'],
      environment: {
        AWS_REGION: Stack.of(this).region,
        AWS_URL_SUFFIX: Aws.URL_SUFFIX,
        GATEWAY_CONFIGURATION: literalText(configuration.toText()),
      },
      secrets: Object.fromEntries(secrets),
      portMappings: Object.values(PORTS).map((containerPort) => ({ containerPort })),
      readonlyRootFilesystem: true,
      // It sends what it holds before it ends.
      stopTimeout: Duration.minutes(2),
      logging: ecs.LogDrivers.awsLogs({ logGroup: this.logGroupOf(props), streamPrefix: 'collector' }),
    });
    destinations.forEach((destination) => destination._grantSend(task.taskRole, [OtlpSignal.TRACES, OtlpSignal.METRICS]));
    return task;
  }

  private logGroupOf({ logRetention = logs.RetentionDays.ONE_MONTH, encryptionKey }: OtelGatewayProps): logs.LogGroup {
    requireSameRegion(this, 'encryptionKey', encryptionKey);
    if (encryptionKey) {
      allowLogGroups(this, encryptionKey, 'the log of the collector');
    }
    return new logs.LogGroup(this, 'Logs', { retention: logRetention, encryptionKey, removalPolicy: RemovalPolicy.DESTROY });
  }

  /** The image has no shell, so that ECS cannot ask a container for its health: the load balancer does. */
  private balancerOf({ vpc, vpcSubnets }: OtelGatewayProps): elb.NetworkLoadBalancer {
    const securityGroup = new ec2.SecurityGroup(this, 'Senders', {
      vpc,
      description: 'Who may send to the gateway',
      allowAllOutbound: false,
    });
    const balancer = new elb.NetworkLoadBalancer(this, 'Balancer', {
      vpc,
      vpcSubnets: vpcSubnets ?? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      internetFacing: false,
      crossZoneEnabled: true,
      securityGroups: [securityGroup],
    });
    [PORTS.http, PORTS.grpc].forEach((port) => {
      balancer.addListener(`Otlp${port}`, { port }).addTargets('Collector', {
        port,
        targets: [this.service.loadBalancerTarget({ containerName: 'Collector', containerPort: port })],
        deregistrationDelay: Duration.seconds(30),
        healthCheck: { protocol: elb.Protocol.HTTP, path: '/', port: String(PORTS.health) },
      });
    });
    Object.values(PORTS).forEach((port) => this.service.connections.allowFrom(securityGroup, ec2.Port.tcp(port)));
    return balancer;
  }
}
