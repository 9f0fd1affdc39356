/** The resources of a template by logical id. */
export type Resources = Readonly<Record<string, { readonly Type?: string; readonly Properties?: Readonly<Record<string, unknown>> }>>;

/** Where the template is taken to be deployed. */
const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::Region': 'us-east-1',
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'preview',
  'AWS::NoValue': '',
};

/** The properties by which a template names its resources. */
const NAMES = ['DashboardName', 'LogGroupName', 'FunctionName', 'AlarmName', 'TopicName', 'QueueName', 'BucketName'];

type Resolve = (value: unknown) => string;

/** The intrinsic functions that are resolved. Each returns undefined for an argument of another form. */
const FUNCTIONS: Readonly<Record<string, (argument: unknown, resources: Resources, resolve: Resolve) => string | undefined>> = {
  Ref: (id, resources, resolve) => (typeof id === 'string' ? referenceTo(id, resources, resolve) : undefined),
  'Fn::GetAtt': (argument, resources, resolve) => {
    if (!Array.isArray(argument)) {
      return undefined;
    }
    const [id, attribute] = argument as [string, string];
    const name = nameOf(id, resources, resolve);
    // The only ARNs in a dashboard body are those of alarms.
    const { 'AWS::Region': region, 'AWS::AccountId': account } = PSEUDO_PARAMETERS;
    return attribute === 'Arn' ? `arn:${PSEUDO_PARAMETERS['AWS::Partition']}:cloudwatch:${region}:${account}:alarm:${name}` : name;
  },
  'Fn::Join': (argument, _, resolve) => {
    if (!Array.isArray(argument)) {
      return undefined;
    }
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(resolve).join(separator);
  },
  'Fn::Sub': (argument, resources, resolve) => {
    const [text, variables = {}] = (Array.isArray(argument) ? argument : [argument]) as [unknown, Record<string, unknown>?];
    if (typeof text !== 'string' || typeof variables !== 'object' || variables === null) {
      return undefined;
    }
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal !== '') {
        return `\${${name}}`;
      }
      return Object.hasOwn(variables, name) ? resolve(variables[name]) : referenceTo(name, resources, resolve);
    });
  },
};

/** A property as text. Throws with its place where it has a token that cannot be resolved. */
export function resolveText(value: unknown, resources: Resources, place: string): string {
  if (typeof value === 'string') {
    return value;
  }
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const [name = '', argument] = entries.length === 1 ? entries[0]! : [];
  const resolve = (part: unknown) => resolveText(part, resources, place);
  const text = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name]!(argument, resources, resolve) : undefined;
  if (text === undefined) {
    throw new Error(`${place} has a token that cannot be resolved: ${JSON.stringify(value)}`);
  }
  return text;
}

function referenceTo(id: string, resources: Resources, resolve: Resolve): string {
  return PSEUDO_PARAMETERS[id] ?? nameOf(id, resources, resolve);
}

/** The name that the template gives to a resource, or else its logical id. */
function nameOf(id: string, resources: Resources, resolve: Resolve): string {
  const properties = resources[id]?.Properties ?? {};
  const property = NAMES.find((name) => properties[name] !== undefined);
  return property === undefined ? id : resolve(properties[property]);
}
