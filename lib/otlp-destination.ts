import { Aws, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';
import { OtlpEndpointOptions } from './otlp-endpoint-options';
import { OtlpProtocol } from './otlp-protocol';
import { OtlpSignal } from './otlp-signal';
import { OtlpTemporality } from './otlp-temporality';
import { baseEndpoint } from './private/otlp-endpoint';
import { ALL_SIGNALS, baseOf, CLOUDWATCH_ACTIONS, CLOUDWATCH_HOSTS, jsonOf, OtlpRoute, requireName } from './private/otlp-route';
import { requireMember } from './private/validation';

/**
 * A backend that takes telemetry in the OpenTelemetry Protocol (OTLP).
 *
 * Headers hold credentials. They are the text of a secret in AWS Secrets Manager and never in a template or in plain text in an
 * environment; `headersText` says what that text must be. Values are percent-encoded, because SDKs decode them.
 */
export class OtlpDestination {
  /**
   * The OTLP endpoints of Amazon CloudWatch in the Region of the stack. Requests are signed by ADOT, with the role of the
   * application. Spans need Transaction Search.
   */
  public static cloudWatch(): OtlpDestination {
    return new OtlpDestination({ signals: ALL_SIGNALS, temporality: OtlpTemporality.DELTA });
  }

  /**
   * OpenObserve, in the cloud or of your own.
   *
   * @param organization the name of the organization
   * @param headersSecret the secret with the headers
   * @param baseUrl where OpenObserve is, for one of your own
   */
  public static openObserve(
    organization: string,
    headersSecret: secretsmanager.ISecret,
    baseUrl = 'https://api.openobserve.ai',
  ): OtlpDestination {
    requireName('organization', organization);
    return OtlpDestination.vendor(baseOf(baseUrl, `/api/${organization}`), {
      headersSecret,
      headersText: 'Authorization=Basic%20BASE64(EMAIL:PASSWORD),stream-name=default',
    });
  }

  /**
   * Grafana Cloud. It refuses metrics with delta temporality.
   *
   * @param zone the zone of the stack, for example `us-east-0`
   * @param headersSecret the secret with the headers
   */
  public static grafanaCloud(zone: string, headersSecret: secretsmanager.ISecret): OtlpDestination {
    requireName('zone', zone);
    return OtlpDestination.vendor(`https://otlp-gateway-prod-${zone}.grafana.net/otlp`, {
      headersSecret,
      headersText: 'Authorization=Basic%20BASE64(INSTANCE:TOKEN)',
    });
  }

  /**
   * Arize AX. It takes spans only, and needs the name of a project on each.
   *
   * @param project the name of the project
   * @param headersSecret the secret with the headers
   */
  public static arize(project: string, headersSecret: secretsmanager.ISecret): OtlpDestination {
    requireName('project', project);
    return OtlpDestination.vendor('https://otlp.arize.com', {
      headersSecret,
      headersText: 'space_id=SPACE,api_key=KEY',
      signals: [OtlpSignal.TRACES],
      resourceAttributes: { 'openinference.project.name': project },
    });
  }

  /**
   * Langfuse, in the cloud or of your own. It takes spans only, over HTTP.
   *
   * @param headersSecret the secret with the headers
   * @param baseUrl where Langfuse is: `https://us.cloud.langfuse.com` in the US, or one of your own
   */
  public static langfuse(headersSecret: secretsmanager.ISecret, baseUrl = 'https://cloud.langfuse.com'): OtlpDestination {
    return OtlpDestination.vendor(baseOf(baseUrl, '/api/public/otel'), {
      headersSecret,
      headersText: 'Authorization=Basic%20BASE64(PUBLIC_KEY:SECRET_KEY),x-langfuse-ingestion-version=4',
      signals: [OtlpSignal.TRACES],
    });
  }

  /**
   * Honeycomb. Metrics without a dataset in the headers go to `unknown_metrics`.
   *
   * @param headersSecret the secret with the headers
   * @param baseUrl `https://api.eu1.honeycomb.io` in the EU
   */
  public static honeycomb(headersSecret: secretsmanager.ISecret, baseUrl = 'https://api.honeycomb.io'): OtlpDestination {
    return OtlpDestination.vendor(baseOf(baseUrl), { headersSecret, headersText: 'x-honeycomb-team=KEY,x-honeycomb-dataset=DATASET' });
  }

  /**
   * Any other backend, or a collector.
   *
   * @param endpoint the base of all signals, without `/v1/traces`
   * @param options headers, protocol, temporality and signals
   */
  public static endpoint(endpoint: string, options: OtlpEndpointOptions = {}): OtlpDestination {
    const {
      headersSecret,
      protocol = OtlpProtocol.HTTP_PROTOBUF,
      temporality = OtlpTemporality.CUMULATIVE,
      signals = ALL_SIGNALS,
    } = options;
    signals.forEach((signal) => requireMember('signals', signal, OtlpSignal));
    requireMember('protocol', protocol, OtlpProtocol);
    requireMember('temporality', temporality, OtlpTemporality);
    if (signals.length === 0) {
      throw new Error("'signals' must name at least one signal, got none");
    }
    const base = baseEndpoint('endpoint', endpoint, { protocol, hasSecret: headersSecret !== undefined });
    const headersText = headersSecret && 'NAME=VALUE,NAME=VALUE';
    return new OtlpDestination({ base, signals, temporality, protocol, headersSecret, headersText });
  }

  private static vendor(base: string, route: Partial<OtlpRoute>): OtlpDestination {
    return new OtlpDestination({ base, signals: ALL_SIGNALS, temporality: OtlpTemporality.CUMULATIVE, ...route });
  }

  /**
   * What the destination takes.
   */
  public readonly signals: OtlpSignal[];

  /**
   * How sums are sent to it.
   */
  public readonly temporality: OtlpTemporality;

  /**
   * The secret with the headers. Undefined for destinations without headers.
   */
  public readonly headersSecret?: secretsmanager.ISecret;

  /**
   * What the text of the secret must be, with the words in capitals filled in. Undefined for destinations without headers.
   */
  public readonly headersText?: string;

  /**
   * What the text of the secret must be for `OtelGateway`, whose collector reads a JSON object and decodes nothing. Undefined for
   * destinations without headers.
   */
  public readonly headersJson?: string;

  private constructor(private readonly route: OtlpRoute) {
    this.signals = [...route.signals];
    this.temporality = route.temporality;
    this.headersSecret = route.headersSecret;
    this.headersText = route.headersText;
    this.headersJson = jsonOf(route.headersText);
  }

  /**
   * The address to which a signal is sent.
   *
   * @param scope a construct of the stack that sends
   * @param signal the signal
   */
  public endpointFor(scope: IConstruct, signal: OtlpSignal): string {
    requireMember('signal', signal, OtlpSignal);
    return this._endpoint(signal, `${Stack.of(scope).region}.${Aws.URL_SUFFIX}`);
  }

  /**
   * Allows to send where AWS asks for permissions.
   *
   * @param grantee who sends
   */
  public grantSend(grantee: iam.IGrantable): void {
    this._grantSend(grantee, ALL_SIGNALS);
  }

  /**
   * The same for some signals.
   *
   * @internal
   */
  public _grantSend(grantee: iam.IGrantable, signals: readonly OtlpSignal[]): void {
    if (this._isCloudWatch) {
      // None of these actions is limited to a resource but the one for logs, whose group the application names.
      iam.Grant.addToPrincipal({ grantee, actions: signals.flatMap((signal) => CLOUDWATCH_ACTIONS[signal]), resourceArns: ['*'] });
    }
  }

  /**
   * The variables of an SDK, without headers. Each signal has an endpoint of its own, which is used as it is: to the generic one
   * SDKs add the path, and the ADOT layer of Lambda does not read it for spans.
   *
   * @internal
   */
  public _environment(scope: IConstruct, signals: OtlpSignal[]): Record<string, string> {
    const sent = signals.filter((signal) => this.signals.includes(signal));
    return {
      OTEL_EXPORTER_OTLP_PROTOCOL: this._protocol,
      ...Object.fromEntries(sent.map((signal) => [`OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT`, this.endpointFor(scope, signal)])),
      ...Object.fromEntries(
        ALL_SIGNALS.map((signal) => [`OTEL_${signal.toUpperCase()}_EXPORTER`, sent.includes(signal) ? 'otlp' : 'none']),
      ),
      ...(sent.includes(OtlpSignal.METRICS) && { OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: this.temporality }),
    };
  }

  /**
   * Attributes of the resource that the destination needs.
   *
   * @internal
   */
  public get _resourceAttributes(): Record<string, string> {
    return this.route.resourceAttributes ?? {};
  }

  /**
   * The address to which a signal is sent, for those who write Region and domain of CloudWatch otherwise.
   *
   * @internal
   */
  public _endpoint(signal: OtlpSignal, cloudWatchDomain: string): string {
    const base = this.route.base ?? `https://${CLOUDWATCH_HOSTS[signal]}.${cloudWatchDomain}`;
    return this._protocol === OtlpProtocol.GRPC ? base : `${base}/v1/${signal}`;
  }

  /**
   * How telemetry is sent.
   *
   * @internal
   */
  public get _protocol(): OtlpProtocol {
    return this.route.protocol ?? OtlpProtocol.HTTP_PROTOBUF;
  }

  /**
   * Whether requests are signed instead of having headers.
   *
   * @internal
   */
  public get _isCloudWatch(): boolean {
    return this.route.base === undefined;
  }
}
