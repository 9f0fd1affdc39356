import { Failure } from '../failure';
import { type Resources, resolveText } from './template-tokens';

/** A dashboard as it is found in a template. */
export interface FoundDashboard {
  readonly name: string;
  readonly body: string;
}

export interface FoundTemplate {
  readonly dashboards: readonly FoundDashboard[];
  /** What the template says in plain text to the function of the cost meter; empty where it has none. */
  readonly meterEnvironment: Readonly<Record<string, string>>;
}

/** The dashboards of a template, with their tokens resolved. Throws with the place of a token that cannot be resolved. */
export function readTemplate(template: unknown, file: string): FoundTemplate {
  const resources = (template as { Resources?: Resources } | null)?.Resources;
  if (typeof resources !== 'object' || resources === null || Array.isArray(resources)) {
    throw new Failure(`'${file}' is no CloudFormation template: it has no Resources`);
  }
  for (const [id, resource] of Object.entries(resources as Record<string, unknown>)) {
    const { Type: type, Properties: properties = {} } = (resource ?? {}) as { Type?: unknown; Properties?: unknown };
    if (typeof type !== 'string' || typeof properties !== 'object' || properties === null) {
      throw new Failure(`'${file}' is no CloudFormation template: its resource '${id}' has no Type, or Properties that are no object`);
    }
  }
  return { dashboards: dashboardsIn(resources, file), meterEnvironment: meterEnvironmentIn(resources) };
}

function dashboardsIn(resources: Resources, file: string): FoundDashboard[] {
  return ofType(resources, 'AWS::CloudWatch::Dashboard').map(([id, { Properties = {} }]) => {
    const text = (property: string) => resolveText(Properties[property], resources, `${file}, resource ${id}, ${property}`);
    return { name: Properties.DashboardName === undefined ? id : text('DashboardName'), body: text('DashboardBody') };
  });
}

/** Several functions have the namespace of the metrics in their environment; only that of the meter also has `LEDGER`. */
function meterEnvironmentIn(resources: Resources): Record<string, string> {
  const environments = ofType(resources, 'AWS::Lambda::Function').map(
    ([, { Properties }]) => (Properties?.Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables ?? {},
  );
  const meter = environments.find((variables) => 'METRICS_NAMESPACE' in variables && 'LEDGER' in variables) ?? {};
  return Object.fromEntries(Object.entries(meter).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

const ofType = (resources: Resources, type: string) => Object.entries(resources).filter(([, resource]) => resource.Type === type);
