import { existsSync } from 'node:fs';
import * as path from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';

const ASSETS = path.join(packageRoot(__dirname), 'assets');

/** The price catalogue that the cost meter is shipped with. */
export const BUILT_IN_CATALOGUE = path.join(ASSETS, 'meter-calls', 'catalogue.ndjson');

/**
 * The code of a handler, bundled from `lambda/<handler>` into `assets/`, and the runtime that it is bundled for.
 */
export function handlerCode(handler: string) {
  return {
    code: lambda.Code.fromAsset(path.join(ASSETS, handler)),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
  } satisfies Partial<lambda.FunctionProps>;
}

/** The folder of package.json: the sources in `lib/` and the compiled files in `dist/lib/` differ in depth. */
export function packageRoot(folder: string): string {
  return existsSync(path.join(folder, 'package.json')) ? folder : packageRoot(path.dirname(folder));
}
