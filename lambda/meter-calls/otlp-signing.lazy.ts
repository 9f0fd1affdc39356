import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from './sha256';
import type { Authorize } from './otlp-export';

/** Signs requests to the OTLP endpoint of CloudWatch with the role of the function. */
export function signingFor(region: string, env: NodeJS.ProcessEnv): Authorize {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '', AWS_SESSION_TOKEN: sessionToken } = env;
  const signer = new SignatureV4({
    service: 'monitoring',
    region,
    sha256: Sha256,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
  });
  return async (endpoint, body) => {
    const { hostname, pathname: path, protocol, port } = new URL(endpoint);
    const headers = { host: port ? `${hostname}:${port}` : hostname, 'content-type': 'application/json' };
    const request = { method: 'POST', protocol, hostname, path, headers, body };
    const signed = await signer.sign(request);
    // The request sets it by itself.
    return Object.fromEntries(Object.entries(signed.headers).filter(([name]) => name !== 'host'));
  };
}
