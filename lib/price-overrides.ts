import { readFileSync } from 'node:fs';
import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { PriceDiscount } from './price-discount';
import { PriceOverride } from './price-override';
import { checkPriceOverrideLists, checkPriceOverrides, PriceOverrideLists } from './private/price-override-checks';
import { requireKnown } from './private/validation';

/**
 * Your own prices and discounts.
 */
export interface PriceOverridesOptions {
  /**
   * Prices that replace the published ones.
   *
   * @default - published prices apply
   */
  readonly overrides?: PriceOverride[];

  /**
   * Percentages off the published prices.
   *
   * @default - no discounts apply
   */
  readonly discounts?: PriceDiscount[];
}

/** Lambda allows 4 KB for all environment variables of a function together. */
const MAX_BYTES = 3000;

/**
 * Negotiated prices and discounts, where you pay something else than what AWS publishes.
 *
 * They are checked at synth by the pricing engine of the cost meter, against the price catalogue of this version.
 */
export class PriceOverrides {
  /**
   * A few prices of your own, given as props.
   *
   * @param options the prices and discounts
   */
  public static of(options: PriceOverridesOptions): PriceOverrides {
    const { overrides = [], discounts = [] } = options;
    overrides.forEach(({ regions }) => requireKnown('overrides.regions', regions));
    const lists = { overrides: overrides.map(asEntry), discounts: discounts.map(asEntry) };
    checkPriceOverrideLists(lists);
    const bytes = Buffer.byteLength(JSON.stringify(lists));
    if (bytes > MAX_BYTES) {
      throw new Error(
        `'overrides' and 'discounts' must not be longer than ${MAX_BYTES} bytes as JSON, got ${bytes}: use PriceOverrides.fromFile`,
      );
    }
    return new PriceOverrides(lists);
  }

  /**
   * Any number of prices of your own, in a JSON file as docs/prices.md describes it.
   *
   * @param path the path of the file
   */
  public static fromFile(path: string): PriceOverrides {
    requireKnown('path', path);
    try {
      checkPriceOverrides(readFileSync(path, 'utf8'));
    } catch (error) {
      throw new Error(`'path' must be a file with price overrides, got '${path}': ${(error as Error).message}`, { cause: error });
    }
    return new PriceOverrides(undefined, path);
  }

  private constructor(
    private readonly lists?: PriceOverrideLists,
    private readonly path?: string,
  ) {}

  /**
   * Gives the prices to the function that meters.
   *
   * @internal
   */
  public _readBy(scope: Construct, reader: lambda.Function): void {
    if (this.path === undefined) {
      reader.addEnvironment('PRICE_OVERRIDES', Stack.of(scope).toJsonString(this.lists));
      return;
    }
    const file = new Asset(scope, 'PriceOverrides', { path: this.path });
    file.grantRead(reader);
    reader.addEnvironment('PRICE_OVERRIDES_BUCKET', file.s3BucketName);
    reader.addEnvironment('PRICE_OVERRIDES_KEY', file.s3ObjectKey);
  }
}

/** An entry as files write it. The props have other names for its days, because `from` is a keyword in Python. */
function asEntry({ validFrom, validUntil, ...entry }: PriceOverride | PriceDiscount): object {
  return {
    ...entry,
    ...(validFrom !== undefined && { from: validFrom }),
    ...(validUntil !== undefined && { until: validUntil }),
  };
}
