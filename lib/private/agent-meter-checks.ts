import { Token } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { DEFAULT_NAMESPACE, DIMENSION_CAP } from '../../engine/telemetry/names';
import { AgentDimension } from '../agent-dimension';
import type { AgentMeterProps } from '../agent-meter';
import { requireMetricNamespace } from './cost-meter-options';
import { isSameEnvironment } from './handed-in';

/** Throws for options that the meter or CloudWatch would not accept. */
export function checkAgentMeterOptions({ metricNamespace, dimensions, dimensionCap, spanLogGroups }: AgentMeterProps): void {
  requireMetricNamespace(metricNamespace);
  if (spanLogGroups?.length === 0) {
    throw new Error("'spanLogGroups' must hold the log groups with the spans of agents, got none: leave it out for aws/spans");
  }
  if (dimensionCap === undefined || Token.isUnresolved(dimensionCap)) {
    return;
  }
  if (!Number.isInteger(dimensionCap) || dimensionCap < 1 || dimensionCap > DIMENSION_CAP.MAX) {
    throw new Error(`'dimensionCap' must be a whole number from 1 to ${DIMENSION_CAP.MAX}, got ${dimensionCap}`);
  }
  if (dimensions?.length === 0) {
    throw new Error(`'dimensionCap' has nothing to cap, got ${dimensionCap}: leave it out, or give 'dimensions'`);
  }
}

const ALL_DIMENSIONS = [AgentDimension.AGENT, AgentDimension.OPERATION, AgentDimension.TOOL, AgentDimension.MODEL];

/** What both functions read from their environment. */
export function agentMeterEnvironment(props: AgentMeterProps): Record<string, string> {
  const { metricNamespace = DEFAULT_NAMESPACE, dimensions = ALL_DIMENSIONS, dimensionCap = DIMENSION_CAP.DEFAULT } = props;
  return {
    METRICS_NAMESPACE: metricNamespace,
    ...(dimensions.length > 0 && {
      DIMENSIONS: [...new Set(dimensions.map(({ _name }) => _name))].join(','),
      DIMENSION_CAP: `${dimensionCap}`,
    }),
  };
}

/** Marks an AgentMeter, also one of another copy of this library, with what it reads and where it publishes. */
const AGENT_METER: unique symbol = Symbol.for('cdk-bedrock-observability.AgentMeter');

interface Marked extends Construct {
  readonly [AGENT_METER]: { readonly names: readonly string[]; readonly metricNamespace: string };
}

type Given = Readonly<Record<'spanLogGroups' | 'usageLogGroups', readonly logs.ILogGroupRef[]>>;

/** Throws for a log group that is given twice, and for a second meter that adds up the same spans or usage in the same metrics. */
export function requireOnlyAgentMeter(scope: Construct, { spanLogGroups, usageLogGroups }: Given, metricNamespace: string): void {
  const [spanNames, usageNames] = [namesOf(spanLogGroups), namesOf(usageLogGroups)];
  requireOnce('spanLogGroups', spanNames, 'span');
  requireOnce('usageLogGroups', usageNames, 'event');
  const both = usageNames.find((name) => spanNames.includes(name));
  if (both !== undefined) {
    throw new Error(
      `'usageLogGroups' must hold no log group of 'spanLogGroups', got '${both}': leave it out, because its usage is read with its spans`,
    );
  }
  const names = [...spanNames, ...usageNames];
  const meters = scope.node.root.node.findAll().filter((each): each is Marked => AGENT_METER in each);
  for (const meter of meters) {
    const known = meter[AGENT_METER];
    const name = names.find((each) => known.names.includes(each) && (Token.isUnresolved(each) || isSameEnvironment(meter, scope)));
    if (name !== undefined && known.metricNamespace === metricNamespace) {
      throw new Error(
        `'${usageNames.includes(name) ? 'usageLogGroups' : 'spanLogGroups'}' has a log group that '${meter.node.path}' meters already, in the ` +
          `same namespace '${metricNamespace}', so that each span would count twice, got '${name}': use that meter, or set another 'metricNamespace'`,
      );
    }
  }
  Object.defineProperty(scope, AGENT_METER, { value: { names, metricNamespace } });
}

const namesOf = (logGroups: readonly logs.ILogGroupRef[]): string[] => logGroups.map(({ logGroupRef }) => logGroupRef.logGroupName);

function requireOnce(prop: string, names: readonly string[], counted: string): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new Error(`'${prop}' must hold each log group once, got '${twice}' twice, and each ${counted} would count twice`);
  }
}
