import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Authorize } from './otlp-export';

/** The hash that the signer asks for, of Node. */
class Sha256 {
  private readonly hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Buffer);
  }

  public update(data: Uint8Array | string): void {
    this.hash.update(data);
  }

  public digest(): Promise<Uint8Array> {
    return Promise.resolve(this.hash.digest());
  }

  public reset(): void {
    throw new Error('the signer uses each hash once');
  }
}

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
