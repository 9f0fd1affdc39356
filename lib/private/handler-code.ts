import * as path from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';

const ASSETS = path.join(__dirname, '..', '..', 'assets');

/**
 * The bundled code of a handler, built from `lambda/<handler>` and shipped in `assets/`.
 *
 * `lib/` and the compiled `dist/` are equally deep, so the path is the same in both.
 */
export function handlerCode(handler: string): lambda.Code {
  return lambda.Code.fromAsset(path.join(ASSETS, handler));
}

/**
 * The price catalogue that the cost meter is shipped with.
 */
export const BUILT_IN_CATALOGUE = path.join(ASSETS, 'cost-meter', 'catalogue.ndjson');
