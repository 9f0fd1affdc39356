import { Token } from 'aws-cdk-lib';
import { OtlpProtocol } from '../otlp-protocol';

const EXAMPLE = "'https://api.example.com/otlp'";

/** A blank, a quote, or a placeholder that was not filled in. `URL` would encode some of them. */
const NEVER_IN_URLS = /[\s"<>\\^`{|}$]/;

/** Ports by which collectors tell the protocols apart: "OTLP/HTTP Default Port" and "OTLP/gRPC Default Port" of the OTLP specification. */
const PORTS: Readonly<Record<string, OtlpProtocol>> = { '4317': OtlpProtocol.GRPC, '4318': OtlpProtocol.HTTP_PROTOBUF };

/** What can be wrong with an endpoint, each with the way out. The first that applies is reported. */
const FAULTS: ReadonlyArray<(url: URL, endpoint: OtlpEndpoint) => string | undefined> = [
  ({ protocol }) => (/^https?:$/.test(protocol) ? undefined : `must begin with https:// or http://`),
  ({ hostname }) => (/^([\w.-]+|\[[\da-f:.]+\])$/i.test(hostname) ? undefined : 'must name one host'),
  ({ username, password }) => (username || password ? 'must not hold credentials: put them into the headers of the secret' : undefined),
  ({ search, hash }) => (search || hash ? 'must not have a query or a fragment' : undefined),
  ({ pathname }) =>
    /\/v1(\/(traces?|metrics?|logs?))?\/*$/i.test(pathname)
      ? 'must be the base of all signals: leave out /v1/traces and the like'
      : undefined,
  ({ pathname }, { protocol }) =>
    protocol === OtlpProtocol.GRPC && pathname !== '/' ? 'must have no path, because gRPC has none' : undefined,
  ({ port }, { protocol }) =>
    PORTS[port] !== undefined && PORTS[port] !== protocol
      ? `has the port of ${PORTS[port]}, and the protocol is ${protocol}: change one of them`
      : undefined,
  ({ protocol }, { hasSecret }) =>
    hasSecret && protocol === 'http:' ? 'must begin with https://, or the headers would be sent in plain text' : undefined,
];

interface OtlpEndpoint {
  readonly protocol: OtlpProtocol;
  readonly hasSecret: boolean;
}

/**
 * The endpoint without slashes at its end: most SDKs would ask for `//v1/traces`, which several destinations answer with 404.
 *
 * @throws if it is no base endpoint for the protocol
 */
export function baseEndpoint(prop: string, text: string, endpoint: OtlpEndpoint): string {
  if (Token.isUnresolved(text)) return text;
  let url: URL;
  try {
    if (NEVER_IN_URLS.test(text)) throw new Error('no URL');
    url = new URL(text);
  } catch {
    throw new Error(`'${prop}' must be a URL such as ${EXAMPLE}, got '${shown(text)}'`);
  }
  const fault = FAULTS.map((find) => find(url, endpoint)).find((found) => found !== undefined);
  if (fault !== undefined) {
    throw new Error(`'${prop}' ${fault}, got '${shown(text)}'`);
  }
  return text.replace(/\/+$/, '');
}

/** What is before an @ is a password, and what is in a query can be one. */
const shown = (text: string): string => text.replace(/\/\/.*@/s, '//***@').replace(/\?.*/s, '?***');
