import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';

const ASSETS = path.join(packageRoot(__dirname), 'assets');

/** The price catalogue that the cost meter is shipped with. */
export const BUILT_IN_CATALOGUE = path.join(ASSETS, 'meter-calls', 'catalogue.ndjson');

/**
 * The code of a handler, bundled from `lambda/<handler>` into `assets/`, and the runtime that it is bundled for.
 *
 * @param isInline whether the template holds the code, so that it needs no asset. It then uses the SDK that the runtime has
 */
export function handlerCode(handler: string, isInline = false) {
  return {
    code: isInline
      ? lambda.Code.fromInline(readFileSync(path.join(ASSETS, `${handler}-inline`, 'index.js'), 'utf8'))
      : lambda.Code.fromAsset(path.join(ASSETS, handler)),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
  } satisfies Partial<lambda.FunctionProps>;
}

/** The folder of package.json: the sources in `lib/` and the compiled files in `dist/lib/` differ in depth. */
export function packageRoot(folder: string): string {
  return existsSync(path.join(folder, 'package.json')) ? folder : packageRoot(path.dirname(folder));
}
