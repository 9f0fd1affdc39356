import * as oam from 'aws-cdk-lib/aws-oam';
import { Construct } from 'constructs';
import { METRIC_RESOURCE_TYPE } from './private/shared-metrics';
import { requireUsable } from './private/usable';
import { requireAccountIds, requireOrganizationId } from './private/validation';

/**
 * Properties for defining a MetricsSink.
 */
export interface MetricsSinkProps {
  /**
   * The accounts that may share their metrics.
   *
   * @default - the accounts of the organization
   */
  readonly accounts?: string[];

  /**
   * The organization whose accounts may share their metrics, for example `o-a1b2c3d4e5`.
   *
   * @default - the named accounts only
   */
  readonly organizationId?: string;

  /**
   * The name of the sink.
   *
   * @default 'bedrock'
   */
  readonly sinkName?: string;
}

/**
 * The side of CloudWatch cross-account observability that looks: a sink for the metrics of other accounts, in the Region of the stack.
 *
 * An account has one sink in each Region. If there is one already, give its ARN to `MetricsLink`. Sinks and links are free.
 */
export class MetricsSink extends Construct {
  /**
   * The ARN of the sink, which links name.
   */
  public readonly sinkArn: string;

  constructor(scope: Construct, id: string, props: MetricsSinkProps) {
    super(scope, id);

    const { accounts, organizationId, sinkName = 'bedrock' } = props;
    if ((accounts === undefined) === (organizationId === undefined)) {
      throw new Error(
        `one of 'accounts' and 'organizationId' must say who may share metrics, got ${accounts ? 'both' : 'none'}: ` +
          "set 'organizationId' for all accounts of an organization, or 'accounts' for some",
      );
    }
    if (accounts) requireAccountIds('accounts', accounts);
    if (organizationId !== undefined) requireOrganizationId('organizationId', organizationId);
    requireUsable(props);
    const sink = new oam.CfnSink(this, 'Resource', {
      name: sinkName,
      policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: accounts ? { AWS: accounts } : '*',
            Action: ['oam:CreateLink', 'oam:UpdateLink'],
            Resource: '*',
            Condition: {
              'ForAllValues:StringEquals': { 'oam:ResourceTypes': [METRIC_RESOURCE_TYPE] },
              ...(organizationId && { StringEquals: { 'aws:PrincipalOrgID': organizationId } }),
            },
          },
        ],
      },
    });
    this.sinkArn = sink.attrArn;
  }
}
