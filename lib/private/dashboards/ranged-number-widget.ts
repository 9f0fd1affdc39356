import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** A single value with a time range of its own, for which the CDK's widget has no property. */
export class RangedNumberWidget extends cloudwatch.SingleValueWidget {
  constructor(
    props: cloudwatch.SingleValueWidgetProps,
    private readonly start: string | undefined,
  ) {
    super(props);
  }

  public toJson(): unknown[] {
    const [widget] = super.toJson() as Array<{ properties: object }>;
    return [{ ...widget, properties: { ...widget!.properties, ...(this.start !== undefined && { start: this.start }) } }];
  }
}
