import { readFileSync } from 'node:fs';
import { Stack, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { requireKnown } from './private/validation';

/** Lambda allows 4 KB for all environment variables of a function together. */
const MAX_BYTES = 1500;

/**
 * The models behind ARNs that do not name them: application inference profiles of other accounts, which the meter cannot ask for, and
 * custom model deployments and prompts, for which there is no such question.
 *
 * Profiles of the account of the meter need no entry.
 */
export class ProfileMap {
  /**
   * A few ARNs, given as props.
   *
   * @param models the id of the model or system profile, by ARN
   */
  public static of(models: { [arn: string]: string }): ProfileMap {
    if (Object.keys(models).length === 0) {
      throw new Error("'models' must map at least one ARN, got none: leave the map out");
    }
    checkModels(models);
    const bytes = Buffer.byteLength(JSON.stringify(models));
    if (bytes > MAX_BYTES) {
      throw new Error(`'models' must not be longer than ${MAX_BYTES} bytes as JSON, got ${bytes}: use ProfileMap.fromFile`);
    }
    return new ProfileMap(models);
  }

  /**
   * Any number of ARNs, in a JSON file such as `{ "arn:…": "anthropic.claude-sonnet-4-6" }`: the same that `replay --profiles` takes.
   *
   * @param path the path of the file
   */
  public static fromFile(path: string): ProfileMap {
    requireKnown('path', path);
    try {
      checkModels(JSON.parse(readFileSync(path, 'utf8')));
    } catch (error) {
      throw new Error(`'path' must be a file with the models of ARNs, got '${path}': ${(error as Error).message}`, { cause: error });
    }
    return new ProfileMap(undefined, path);
  }

  private constructor(
    private readonly models?: { [arn: string]: string },
    private readonly path?: string,
  ) {}

  /**
   * Gives the models to the function that meters.
   *
   * @internal
   */
  public _readBy(scope: Construct, reader: lambda.Function): void {
    if (this.path === undefined) {
      reader.addEnvironment('PROFILE_MODELS', Stack.of(scope).toJsonString(this.models));
      return;
    }
    const file = new Asset(scope, 'ProfileMap', { path: this.path });
    file.grantRead(reader);
    reader.addEnvironment('PROFILE_MODELS_BUCKET', file.s3BucketName);
    reader.addEnvironment('PROFILE_MODELS_KEY', file.s3ObjectKey);
  }
}

function checkModels(models: unknown): void {
  if (typeof models !== 'object' || models === null || Array.isArray(models)) {
    throw new Error('the models must be an object of ids by ARN, for example { "arn:…": "anthropic.claude-sonnet-4-6" }');
  }
  for (const [arn, model] of Object.entries(models as Record<string, unknown>)) {
    if (!Token.isUnresolved(arn) && !/^arn:[a-z-]+:bedrock:/.test(arn)) {
      throw new Error(`each key of 'models' must be an ARN of Bedrock, got '${arn}'`);
    }
    if (typeof model !== 'string' || model === '') {
      throw new Error(`each value must be the id of a model or system profile, got ${JSON.stringify(model)} for '${arn}'`);
    }
  }
}
