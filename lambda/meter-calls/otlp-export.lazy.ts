import type { OtlpConfig } from '../../engine/metering/otlp-config';
import type { LookUps } from '../shared/look-ups';
import { type Authorize, OtlpExport } from './otlp-export';
import { parseHeaders } from './otlp-headers';

/** The export with what it asks AWS. */
export function newOtlpExport(config: OtlpConfig, scope: string, lookUps: LookUps): OtlpExport {
  return new OtlpExport({
    config,
    scope,
    loadAuthorize: (signal) => authorizeBy(config, signal),
    clock: Date.now,
    onFailed: () => lookUps.addFailed(1),
  });
}

async function authorizeBy({ signingRegion, headersSecretArn }: OtlpConfig, signal: AbortSignal): Promise<Authorize> {
  if (signingRegion !== undefined) {
    const { signingFor } = await import('./otlp-signing.lazy.js');
    return signingFor(signingRegion, process.env);
  }
  if (headersSecretArn === undefined) {
    return () => Promise.resolve({});
  }
  const { secretText } = await import('./get-secret.lazy.js');
  const headers = parseHeaders(await secretText(headersSecretArn, signal));
  return () => Promise.resolve(headers);
}
