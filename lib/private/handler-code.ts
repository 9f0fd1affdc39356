import { existsSync } from 'node:fs';
import * as path from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';

const ASSETS = path.join(packageRoot(__dirname), 'assets');

/**
 * The bundled code of a handler, built from `lambda/<handler>` and shipped in `assets/`.
 */
export function handlerCode(handler: string): lambda.Code {
  return lambda.Code.fromAsset(path.join(ASSETS, handler));
}

/**
 * The price catalogue that the cost meter is shipped with.
 */
export const BUILT_IN_CATALOGUE = path.join(ASSETS, 'meter-calls', 'catalogue.ndjson');

/** The folder of package.json: the sources in `lib/` and the compiled files in `dist/lib/` are not equally deep. */
function packageRoot(folder: string): string {
  return existsSync(path.join(folder, 'package.json')) ? folder : packageRoot(path.dirname(folder));
}
