import * as path from 'node:path';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/**
 * The bundled code of a handler, built from `lambda/<handler>` and shipped in `assets/`.
 *
 * `lib/` and the compiled `dist/` are equally deep, so the path is the same in both.
 */
export function handlerCode(handler: string): lambda.Code {
  return lambda.Code.fromAsset(path.join(__dirname, '..', '..', 'assets', handler));
}
