import { Token } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { OtlpProtocol } from '../otlp-protocol';
import { OtlpSignal } from '../otlp-signal';
import { OtlpTemporality } from '../otlp-temporality';
import { baseEndpoint } from './otlp-endpoint';

/** How a destination is asked. */
export interface OtlpRoute {
  /** The same for all signals. Undefined for CloudWatch, which has a host for each. */
  readonly base?: string;
  readonly signals: OtlpSignal[];
  readonly temporality: OtlpTemporality;
  readonly protocol?: OtlpProtocol;
  readonly headersSecret?: secretsmanager.ISecret;
  readonly headersText?: string;
  readonly resourceAttributes?: Record<string, string>;
}

/** The first parts of the hosts of CloudWatch. */
export const CLOUDWATCH_HOSTS: Readonly<Record<OtlpSignal, string>> = { traces: 'xray', metrics: 'monitoring', logs: 'logs' };

/** What those may do who send there. */
export const CLOUDWATCH_ACTIONS: Readonly<Record<OtlpSignal, readonly string[]>> = {
  traces: ['xray:PutTraceSegments'],
  metrics: ['cloudwatch:PutMetricData'],
  logs: ['logs:PutLogEvents', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'],
};

export const ALL_SIGNALS = [OtlpSignal.TRACES, OtlpSignal.METRICS, OtlpSignal.LOGS];

/** `name=value,name=value` with percent-encoded values as an object. */
export function jsonOf(headersText: string | undefined): string | undefined {
  const pairs = headersText?.split(',').map((pair) => pair.split('=') as [string, string]);
  return pairs && JSON.stringify(Object.fromEntries(pairs.map(([name, value]) => [name, decodeURIComponent(value)])));
}

/**
 * The address of a vendor with its path.
 *
 * @throws if the address has that path already
 */
export function baseOf(baseUrl: string, path = ''): string {
  const base = baseEndpoint('baseUrl', baseUrl, { protocol: OtlpProtocol.HTTP_PROTOBUF, hasSecret: true });
  if (path !== '' && /\/api(\/|$)/.test(base)) {
    throw new Error(`'baseUrl' must be without a path such as ${path}, which is added, got '${baseUrl}'`);
  }
  return `${base}${path}`;
}

export function requireName(prop: string, value: string): void {
  if (!Token.isUnresolved(value) && !/^[\w.-]+$/.test(value)) {
    throw new Error(`'${prop}' must be a name of letters, digits, '.', '_' and '-', got '${value}'`);
  }
}
