import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import {
  Audience,
  CostMeter,
  Dashboards,
  DefaultAlarmRules,
  MemberWatch,
  MeterDimension,
  PriceCatalogue,
  RecordSource,
  TieredAlarms,
} from 'cdk-bedrock-observability';
import type { Construct } from 'constructs';
import { PROFILE_ROLE } from './organization';

export interface CentralStackProps extends StackProps {
  readonly streamName: string;
  /** The accounts and Regions whose own metrics of Bedrock the boards show beside the cost. */
  readonly members: readonly { readonly account: string; readonly region: string }[];
}

/** Everything that there is once: the stream, the meter, its alarms and its boards. */
export class CentralStack extends Stack {
  constructor(scope: Construct, id: string, { streamName, members, ...props }: CentralStackProps) {
    super(scope, id, props);

    const stream = new kinesis.Stream(this, 'Records', {
      streamName,
      streamMode: kinesis.StreamMode.ON_DEMAND,
      encryption: kinesis.StreamEncryption.MANAGED,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const prices = new PriceCatalogue(this, 'Prices');
    const costMeter = new CostMeter(this, 'CostMeter', {
      source: RecordSource.stream(stream, { maxBatchingWindow: Duration.seconds(60) }),
      dimensions: [MeterDimension.ACCOUNT, MeterDimension.REGION],
      dimensionCap: 200,
      prices,
      profileRoleName: PROFILE_ROLE,
    });
    const tieredAlarms = new TieredAlarms(this, 'Alarms', {
      rules: DefaultAlarmRules.forMetrics(costMeter.metrics, { costMeter, prices }),
    });
    const watch = new MemberWatch(this, 'MemberWatch', { costMeter, regions: [...new Set(members.map(({ region }) => region))] });
    new Dashboards(this, 'Costs', {
      audiences: [Audience.EXECUTIVE, Audience.FINOPS],
      tieredAlarms: [tieredAlarms, watch.tieredAlarms],
      sources: { costMetrics: costMeter.metrics, ledgerLogGroup: costMeter.ledgerLogGroup, textLogged: false },
    });
    // The metrics of Bedrock itself stay where the calls are, and are shared by the links of the members.
    new Dashboards(this, 'Service', {
      audiences: [Audience.DEVOPS],
      sources: {
        costMetrics: costMeter.metrics,
        textLogged: false,
        rollUp: members.map(({ account, region }) => ({ accountId: account, region })),
      },
    });
  }
}
