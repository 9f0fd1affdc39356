import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { handlerProps } from '../handler-code';

interface DelayedActivationProps {
  readonly days: number;
  readonly alarms: readonly cloudwatch.AlarmBase[];
}

/**
 * Turns the actions of alarms on once a number of days has passed since the first deployment.
 *
 * The first deployment is the last modification of a parameter that no later deployment changes. The function runs every hour
 * also after that, because each update of an alarm by CloudFormation turns its actions off again.
 */
export class DelayedActivation extends Construct {
  constructor(scope: Construct, id: string, { days, alarms }: DelayedActivationProps) {
    super(scope, id);

    const start = new ssm.StringParameter(this, 'Start', {
      description:
        'Actions of alarms are turned on some days after the date of this parameter. Delete it to have them turned on within the hour.',
      stringValue: 'the date of this parameter counts, not its value',
    });
    const logGroup = new logs.LogGroup(this, 'Logs', { retention: logs.RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    role.addToPolicy(new iam.PolicyStatement({ actions: ['ssm:GetParameter'], resources: [start.parameterArn] }));
    role.addToPolicy(
      new iam.PolicyStatement({ actions: ['cloudwatch:EnableAlarmActions'], resources: alarms.map((alarm) => alarm.alarmArn) }),
    );

    const handler = new lambda.Function(this, 'Function', {
      ...handlerProps('activate-alarms'),
      description: 'Turns on the actions of alarms some days after their first deployment',
      timeout: Duration.minutes(1),
      role,
      logGroup,
      environment: { START_PARAMETER: start.parameterName, ACTIVATE_AFTER_DAYS: `${days}` },
    });
    new events.Rule(this, 'Hour', {
      schedule: events.Schedule.rate(Duration.hours(1)),
      targets: [
        new targets.LambdaFunction(handler, {
          event: events.RuleTargetInput.fromObject({ alarmNames: alarms.map((alarm) => alarm.alarmName) }),
        }),
      ],
    });
  }
}
