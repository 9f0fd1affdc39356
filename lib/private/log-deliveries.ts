import { ArnFormat, CfnResource, Lazy, Names, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as xray from 'aws-cdk-lib/aws-xray';
import { Construct, IConstruct } from 'constructs';

/** The longest name of a source or destination: "PutDeliverySource" in the API reference of CloudWatch Logs. */
const MAX_NAME = 60;

/** Deliveries of the logs and spans of resources into one log group and to X-Ray, each with one policy. */
export class LogDeliveries {
  private readonly traced: string[] = [];
  private readonly destinations = new Map<'CWL' | 'XRAY', logs.CfnDeliveryDestination>();
  private last?: CfnResource;
  private count = 0;

  constructor(
    private readonly scope: Construct,
    private readonly logGroup: logs.LogGroup,
  ) {}

  /** Adds a delivery, unless the resource has one of that kind: a second would be refused when it is deployed. */
  public add(resource: IConstruct, resourceArn: string, logType: string): void {
    if (delivers(resource, logType)) return;
    const id = `${(this.count += 1)}${logType}`;
    const destination = this.destination(logType === 'TRACES' ? 'XRAY' : 'CWL');
    if (logType === 'TRACES') this.traced.push(resourceArn);
    const source: logs.CfnDeliverySource = new logs.CfnDeliverySource(this.scope, `Source${id}`, {
      name: nameOf(() => source),
      resourceArn,
      logType,
    });
    const delivery = new logs.CfnDelivery(this.scope, `Delivery${id}`, {
      deliverySourceName: source.ref,
      deliveryDestinationArn: destination.attrArn,
    });
    // Deliveries that are made at the same time are refused as conflicting.
    if (this.last) source.addDependency(this.last);
    this.last = delivery;
  }

  private destination(type: 'CWL' | 'XRAY'): logs.CfnDeliveryDestination {
    const known = this.destinations.get(type);
    if (known) return known;
    const destination: logs.CfnDeliveryDestination = new logs.CfnDeliveryDestination(this.scope, `Destination${type}`, {
      name: nameOf(() => destination),
      deliveryDestinationType: type,
      ...(type === 'CWL' && { destinationResourceArn: this.logGroup.logGroupArn }),
    });
    destination.addDependency(type === 'CWL' ? this.allowLogs() : this.allowSpans());
    this.destinations.set(type, destination);
    return destination;
  }

  private allowLogs(): CfnResource {
    const policy = new logs.ResourcePolicy(this.scope, 'LogPolicy', { policyStatements: [this.logStatement()] });
    return policy.node.defaultChild as CfnResource;
  }

  private logStatement(): iam.PolicyStatement {
    const stack = Stack.of(this.scope);
    return new iam.PolicyStatement({
      principals: [DELIVERY],
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [`${this.logGroup.logGroupArn}:log-stream:*`],
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'logs', resource: '*' }) },
      },
    });
  }

  /** One policy for all resources, whose ARNs are filled in when they are all known: an account has room for five to ten. */
  private allowSpans(): CfnResource {
    const stack = Stack.of(this.scope);
    const policyDocument = () => ({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'delivery.logs.amazonaws.com' },
          Action: 'xray:PutTraceSegments',
          Resource: '*',
          Condition: {
            'ForAllValues:ArnLike': { 'logs:LogGeneratingResourceArns': this.traced },
            StringEquals: { 'aws:SourceAccount': stack.account },
            ArnLike: {
              'aws:SourceArn': stack.formatArn({
                service: 'logs',
                resource: 'delivery-source',
                resourceName: '*',
                arnFormat: ArnFormat.COLON_RESOURCE_NAME,
              }),
            },
          },
        },
      ],
    });
    const policy: xray.CfnResourcePolicy = new xray.CfnResourcePolicy(this.scope, 'SpanPolicy', {
      policyName: nameOf(() => policy),
      policyDocument: Lazy.string({ produce: () => stack.toJsonString(policyDocument()) }),
    });
    return policy;
  }
}

/** "Enable logging from AWS services" in the CloudWatch Logs user guide. */
const DELIVERY = new iam.ServicePrincipal('delivery.logs.amazonaws.com');

/** Names are unique in an account and Region. */
const nameOf = (resource: () => Construct): string =>
  Lazy.string({ produce: () => Names.uniqueResourceName(resource(), { maxLength: MAX_NAME }) });

/** Whether the app delivers it already: in the construct of the resource or, for a resource of the lowest level, beside it. */
function delivers(resource: IConstruct, logType: string): boolean {
  const isSource = (each: IConstruct): each is logs.CfnDeliverySource => each instanceof logs.CfnDeliverySource && each.logType === logType;
  if (!CfnResource.isCfnResource(resource)) return resource.node.findAll().some(isSource);
  const { stack, logicalId } = resource;
  const name = JSON.stringify(stack.resolve(logicalId));
  return stack.node.findAll().some((each) => isSource(each) && JSON.stringify(stack.resolve(each.resourceArn)).includes(name));
}
