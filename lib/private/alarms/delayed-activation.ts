import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { FunctionOptions } from '../../function-options';
import { newHandler } from '../new-handler';

interface DelayedActivationProps {
  readonly days: number;
  readonly alarms: readonly cloudwatch.AlarmBase[];
  readonly functions?: FunctionOptions;
}

/**
 * Turns the actions of alarms on once a number of days has passed since the first deployment.
 *
 * The first deployment is the last modification of a parameter that no later deployment changes. The function runs every hour
 * also after that, because each update of an alarm by CloudFormation turns its actions off again.
 */
export class DelayedActivation extends Construct {
  public readonly handler: lambda.Function;

  constructor(scope: Construct, id: string, { days, alarms, functions }: DelayedActivationProps) {
    super(scope, id);

    const start = new ssm.StringParameter(this, 'Start', {
      description:
        'Actions of alarms are turned on some days after the date of this parameter. Delete it to have them turned on within the hour.',
      stringValue: 'the date of this parameter counts, not its value',
    });
    const handler = (this.handler = newHandler(this, 'Function', {
      handler: 'activate-alarms',
      description: 'Turns on the actions of alarms some days after their first deployment',
      memorySize: 128,
      timeout: Duration.minutes(1),
      environment: { START_PARAMETER: start.parameterName, ACTIVATE_AFTER_DAYS: `${days}` },
      functions,
    }));
    handler.addToRolePolicy(new iam.PolicyStatement({ actions: ['ssm:GetParameter'], resources: [start.parameterArn] }));
    handler.addToRolePolicy(
      new iam.PolicyStatement({ actions: ['cloudwatch:EnableAlarmActions'], resources: alarms.map((alarm) => alarm.alarmArn) }),
    );

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
