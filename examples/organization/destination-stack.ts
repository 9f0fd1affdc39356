import { ArnFormat, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import { MetricsSink, RecordDestination } from 'cdk-bedrock-observability';
import type { Construct } from 'constructs';

export interface DestinationStackProps extends StackProps {
  readonly organizationId: string;
  /** The Region of the stream, and its name. */
  readonly home: string;
  readonly streamName: string;
}

/** What the central account has in each Region in which members call models: a way into the stream, and a sink for metrics. */
export class DestinationStack extends Stack {
  constructor(scope: Construct, id: string, { organizationId, home, streamName, ...props }: DestinationStackProps) {
    super(scope, id, props);

    const streamArn = this.formatArn({
      service: 'kinesis',
      region: home,
      resource: 'stream',
      resourceName: streamName,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    const stream = kinesis.Stream.fromStreamArn(this, 'Stream', streamArn);
    new RecordDestination(this, 'Destination', { stream, organizationId });
    const sink = new MetricsSink(this, 'Sink', { organizationId });
    new CfnOutput(this, 'SinkArn', { value: sink.sinkArn });
  }
}
