import { type Environment, readList } from '../../environment';
import { type MeterConfig, readMeterConfig } from '../../metering/meter-config';
import { Attributes } from '../../telemetry/names';

/** The attributes of a span that can be dimensions, by the names that the environment has for them. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  agent: Attributes.AGENT,
  operation: Attributes.OPERATION,
  tool: Attributes.TOOL,
  model: Attributes.REQUEST_MODEL,
};

/** What the environment says about agents. */
export interface AgentConfig extends Pick<MeterConfig, 'namespace' | 'catalogue' | 'overrides' | 'dimensionCap' | 'lookUpMs'> {
  /** Attributes that may be dimensions. */
  readonly dimensions: readonly string[];
  /** Taken where a span does not name its Region. */
  readonly region: string;
}

export function readAgentConfig(env: Environment): AgentConfig {
  const { namespace, catalogue, overrides, dimensionCap, lookUpMs } = readMeterConfig({ ...env, DIMENSIONS: undefined });
  const dimensions = readList(env, 'DIMENSIONS').map(attributeOf);
  return { namespace, catalogue, overrides, dimensionCap, lookUpMs, dimensions, region: env.AWS_REGION || 'us-east-1' };
}

function attributeOf(name: string): string {
  const attribute = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined;
  if (attribute === undefined) {
    throw new Error(`'DIMENSIONS' must hold ${Object.keys(ATTRIBUTES).join(', ')}, got '${name}'`);
  }
  return attribute;
}
