import { Duration, Lazy, RemovalPolicy, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { CostMetrics } from './cost-metrics';
import { handlerCode } from './private/handler-code';
import { allowQueries } from './private/query-grant';
import { requireTimeZone } from './private/time-zone';

/**
 * Properties for defining AlarmSignals.
 */
export interface AlarmSignalsProps {
  /**
   * The metrics of the cost meter. The signals are published in the same namespace.
   */
  readonly costMetrics: CostMetrics;

  /**
   * The log group of the cost meter, if it keeps a ledger.
   *
   * @default - signals that need single calls are not published
   */
  readonly ledgerLogGroup?: logs.ILogGroup;

  /**
   * The log group with the spans of applications and agents, for example `aws/spans`.
   *
   * @default - signals about components are not published
   */
  readonly spansLogGroup?: logs.ILogGroup;

  /**
   * The time zone whose days and hours are compared, for example `Europe/Berlin`.
   *
   * @default 'UTC'
   */
  readonly timeZone?: string;

  /**
   * The calls that must be there for a ratio or a percentile to count.
   *
   * @default 20
   */
  readonly minimumCalls?: number;

  /**
   * The dollars that a day must cost for its comparison to count; for an hour or a caller it is a tenth of them.
   *
   * @default 10
   */
  readonly minimumDailyCostUsd?: number;

  /**
   * The tokens that an hour must have used for its comparison to count.
   *
   * @default 100000
   */
  readonly minimumHourlyTokens?: number;

  /**
   * Roles whose changes to the account's invocation logging are expected, such as the one that deploys it.
   *
   * @default - every change is announced
   */
  readonly loggingConfigurationRoles?: iam.IRole[];
}

/**
 * Answers that no alarm can compute by itself, published as metrics that an alarm can watch.
 *
 * A CloudWatch alarm cannot look back a week, search over models or read single calls. A function does, on a schedule: every
 * five minutes what pages somebody, every hour the rest, every six hours what reads a week of the ledger.
 */
export class AlarmSignals extends Construct {
  /**
   * Whether signals from the ledger are published.
   */
  public readonly publishesLedgerSignals: boolean;

  /**
   * Whether signals from spans are published.
   */
  public readonly publishesSpanSignals: boolean;

  /**
   * The time zone whose days and hours are compared.
   */
  public readonly timeZone: string;

  /**
   * The function that publishes the signals. Its log names the model, caller or component behind each of them.
   */
  public readonly signalFunction: lambda.Function;

  private readonly namespace: string;

  private readonly budgets: Array<Record<string, string>> = [];

  constructor(scope: Construct, id: string, props: AlarmSignalsProps) {
    super(scope, id);

    const { costMetrics, ledgerLogGroup, spansLogGroup, timeZone = 'UTC' } = props;
    const floors = {
      MINIMUM_CALLS: props.minimumCalls ?? 20,
      MINIMUM_DAILY_COST_USD: props.minimumDailyCostUsd ?? 10,
      MINIMUM_HOURLY_TOKENS: props.minimumHourlyTokens ?? 100_000,
    };
    requireTimeZone(timeZone);
    requireAboveZero('minimumCalls', floors.MINIMUM_CALLS);
    requireAboveZero('minimumDailyCostUsd', floors.MINIMUM_DAILY_COST_USD);
    requireAboveZero('minimumHourlyTokens', floors.MINIMUM_HOURLY_TOKENS);

    this.namespace = costMetrics.metricNamespace;
    this.timeZone = timeZone;
    this.publishesLedgerSignals = ledgerLogGroup !== undefined;
    this.publishesSpanSignals = spansLogGroup !== undefined;
    this.signalFunction = this.handler('Function', 'publish-signals', 'Publishes what Amazon Bedrock alarms cannot compute themselves', {
      TIME_ZONE: timeZone,
      ...Object.fromEntries(Object.entries(floors).map(([name, value]) => [name, `${value}`])),
      ...(ledgerLogGroup && { LEDGER_LOG_GROUP: ledgerLogGroup.logGroupName }),
      ...(spansLogGroup && { SPANS_LOG_GROUP: spansLogGroup.logGroupName }),
      ...(props.loggingConfigurationRoles?.length && {
        LOGGING_ROLES: props.loggingConfigurationRoles.map((role) => role.roleArn).join(','),
      }),
      BUDGETS: Lazy.string({ produce: () => JSON.stringify(this.budgets) }),
    });
    allowQueries(this.signalFunction, [ledgerLogGroup, spansLogGroup]);

    const run = (name: string, minutes: number) =>
      new events.Rule(this, name, {
        schedule: events.Schedule.rate(Duration.minutes(minutes)),
        targets: [
          new targets.LambdaFunction(this.signalFunction, {
            event: events.RuleTargetInput.fromObject({ schedule: name }),
            // A late answer is a wrong one: the next run is near.
            retryAttempts: 0,
          }),
        ],
      });
    run('FiveMinutes', 5);
    run('Hour', 60);
    run('SixHours', 360);
    new events.Rule(this, 'LoggingChange', {
      description: "Changes of the account's Amazon Bedrock invocation logging, as CloudTrail records them",
      eventPattern: {
        source: ['aws.bedrock'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: { eventName: ['PutModelInvocationLoggingConfiguration', 'DeleteModelInvocationLoggingConfiguration'] },
      },
      targets: [new targets.LambdaFunction(this.signalFunction)],
    });

    const quota = this.handler('QuotaFunction', 'measure-quota', 'Compares Amazon Bedrock token use with the quotas of this account');
    quota.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['servicequotas:ListServiceQuotas', 'bedrock:ListFoundationModels'],
        // Neither action knows a resource.
        resources: ['*'],
      }),
    );
    new events.Rule(this, 'Quarter', {
      schedule: events.Schedule.rate(Duration.minutes(15)),
      targets: [new targets.LambdaFunction(quota, { retryAttempts: 0 })],
    });
  }

  /**
   * A signal as a metric.
   *
   * @param metricName the name of the signal, as docs/alarms.md lists it
   */
  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return new cloudwatch.Metric({ namespace: this.namespace, metricName, statistic: cloudwatch.Stats.MAXIMUM, ...options });
  }

  /**
   * Has a running total published for a budget.
   *
   * @internal
   */
  public _addBudget(budget: Record<string, string>): void {
    this.budgets.push(budget);
  }

  private handler(id: string, asset: string, description: string, environment: Record<string, string> = {}): lambda.Function {
    const logGroup = new logs.LogGroup(this, `${id}Logs`, {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new iam.Role(this, `${id}Role`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    // Reading metrics knows no resource.
    role.addToPolicy(new iam.PolicyStatement({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] }));
    return new lambda.Function(this, id, {
      description,
      code: handlerCode(asset),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: 256,
      timeout: Duration.minutes(4),
      role,
      logGroup,
      environment: { METRICS_NAMESPACE: this.namespace, ...environment },
    });
  }
}

function requireAboveZero(prop: string, value: number): void {
  if (!Token.isUnresolved(value) && !(value > 0)) {
    throw new Error(`'${prop}' must be above 0, got ${value}`);
  }
}
