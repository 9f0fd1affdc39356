/** A dashboard as it is found in a template. */
export interface FoundDashboard {
  readonly name: string;
  readonly body: string;
}

export interface FoundTemplate {
  readonly dashboards: readonly FoundDashboard[];
  /** The environment of the cost meter, if the template has one: its namespace and what its ledger keeps. */
  readonly meterEnvironment: Readonly<Record<string, string>>;
}

interface Resource {
  readonly Type?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** What the template is taken to be deployed to. */
const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Region': 'us-east-1',
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'preview',
  'AWS::NoValue': '',
};

/** The property by which a resource is named, where the template names it. */
const NAMES = ['DashboardName', 'LogGroupName', 'FunctionName', 'AlarmName', 'TopicName', 'QueueName', 'BucketName'];

/** The dashboards of a template, their tokens resolved. Throws with the place of a token that cannot be. */
export function readTemplate(template: unknown, file: string): FoundTemplate {
  const resources = (template as { Resources?: Record<string, Resource> } | null)?.Resources;
  if (typeof resources !== 'object') {
    throw new Error(`'${file}' is no CloudFormation template: it has no Resources`);
  }
  const of = (type: string) => Object.entries(resources).filter(([, resource]) => resource.Type === type);
  const meter = of('AWS::Lambda::Function')
    .map(([, { Properties }]) => (Properties?.Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables ?? {})
    .find((variables) => 'METRICS_NAMESPACE' in variables);
  return {
    dashboards: of('AWS::CloudWatch::Dashboard').map(([id, { Properties = {} }]) => {
      const at = (property: string) => `${file}, resource ${id}, ${property}`;
      const text = (property: string) => resolve(Properties[property], resources, at(property));
      return { name: Properties.DashboardName === undefined ? id : text('DashboardName'), body: text('DashboardBody') };
    }),
    meterEnvironment: Object.fromEntries(
      Object.entries(meter ?? {}).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    ),
  };
}

function resolve(value: unknown, resources: Record<string, Resource>, place: string): string {
  if (typeof value === 'string') {
    return value;
  }
  const [[name, argument] = ['', undefined], more] = Object.entries(typeof value === 'object' && value !== null ? value : {}) as Array<
    [string, unknown]
  >;
  const child = (part: unknown) => resolve(part, resources, place);
  const named = (id: string) => nameOf(id, resources, child);
  if (more === undefined && name === 'Ref' && typeof argument === 'string') {
    return PSEUDO[argument] ?? named(argument);
  }
  if (more === undefined && name === 'Fn::GetAtt' && Array.isArray(argument)) {
    const [id, attribute] = argument as [string, string];
    return attribute === 'Arn' ? `arn:aws:cloudwatch:${PSEUDO['AWS::Region']}:${PSEUDO['AWS::AccountId']}:alarm:${named(id)}` : named(id);
  }
  if (more === undefined && name === 'Fn::Join' && Array.isArray(argument)) {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(child).join(separator);
  }
  if (more === undefined && name === 'Fn::Sub' && typeof argument === 'string') {
    return argument.replace(/\$\{([^!}]+)\}/g, (_, id: string) => PSEUDO[id] ?? named(id));
  }
  throw new Error(`${place} has a token that cannot be resolved: ${JSON.stringify(value)}`);
}

function nameOf(id: string, resources: Record<string, Resource>, child: (part: unknown) => string): string {
  const properties = resources[id]?.Properties ?? {};
  const name = NAMES.map((property) => properties[property]).find((each) => each !== undefined);
  return name === undefined ? id : child(name);
}
