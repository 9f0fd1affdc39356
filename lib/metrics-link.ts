import { Aws, CfnMapping, Stack, Token } from 'aws-cdk-lib';
import * as oam from 'aws-cdk-lib/aws-oam';
import { Construct } from 'constructs';
import { METRIC_RESOURCE_TYPE, SHARED_NAMESPACES } from './private/shared-metrics';
import { requireUsable } from './private/usable';
import { requireKnown, requireUnique } from './private/validation';

/**
 * Properties for defining a MetricsLink.
 */
export interface MetricsLinkProps {
  /**
   * The ARN of the sink in each Region, by Region: that of `MetricsSink`. One template then serves all Regions.
   */
  readonly sinkArns: { [region: string]: string };

  /**
   * The namespaces whose metrics are shared.
   *
   * @default - those of Bedrock, and `BedrockObservability`
   */
  readonly namespaces?: string[];
}

/**
 * The side of CloudWatch cross-account observability that is looked at: shares metrics of this account and Region with a sink, and
 * neither logs nor traces.
 */
export class MetricsLink extends Construct {
  constructor(scope: Construct, id: string, props: MetricsLinkProps) {
    super(scope, id);

    const { sinkArns, namespaces = SHARED_NAMESPACES } = props;
    requireSinks(sinkArns);
    requireKnown('namespaces', namespaces);
    if (namespaces.length === 0) {
      throw new Error("'namespaces' must name what is shared, got none: leave the link out to share nothing");
    }
    requireUnique('namespaces', namespaces);
    requireUsable(props);
    new oam.CfnLink(this, 'Resource', {
      sinkIdentifier: this.sinkHere(sinkArns),
      labelTemplate: '$AccountName',
      resourceTypes: [METRIC_RESOURCE_TYPE],
      linkConfiguration: {
        metricConfiguration: { filter: `Namespace IN (${namespaces.map((namespace) => `'${namespace}'`).join(', ')})` },
      },
    });
  }

  private sinkHere(sinkArns: { [region: string]: string }): string {
    const { region } = Stack.of(this);
    if (Token.isUnresolved(region)) {
      const mapping = Object.fromEntries(Object.entries(sinkArns).map(([name, arn]) => [name, { arn }]));
      return new CfnMapping(this, 'Sinks', { mapping }).findInMap(Aws.REGION, 'arn');
    }
    const arn = sinkArns[region];
    if (arn === undefined) {
      throw new Error(
        `'sinkArns' must have a sink in ${region}, where the stack is, got ${Object.keys(sinkArns).join(', ')}: ` +
          'make a MetricsSink there, because a link and its sink are in one Region',
      );
    }
    return arn;
  }
}

function requireSinks(sinkArns: { [region: string]: string }): void {
  const regions = Object.keys(sinkArns);
  if (regions.length === 0) {
    throw new Error("'sinkArns' must name a sink, got none: deploy a MetricsSink first, and write its ARN here");
  }
  for (const [region, arn] of Object.entries(sinkArns)) {
    if (!Token.isUnresolved(arn) && !new RegExp(`^arn:[a-z-]+:oam:${region}:\\d{12}:sink/.+$`).test(arn)) {
      throw new Error(`'sinkArns' must be ARNs of sinks by their Region, got '${arn}' for '${region}'`);
    }
  }
}
