import { readFileSync } from 'node:fs';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { checkPriceOverrides } from './private/price-override-checks';

/**
 * A price of your own.
 */
export interface PriceOverride {
  /**
   * The model, without a routing prefix, for example `anthropic.claude-sonnet-4-6`.
   */
  readonly model: string;

  /**
   * USD by kind, for example `{ input: '2.90', output: '14.50' }`: per million for tokens, per unit for all else. Kinds that are
   * not named keep their published rate.
   */
  readonly rates: { [kind: string]: string };

  /**
   * What the price is called where a cost is explained.
   *
   * @default - made of what it is for
   */
  readonly name?: string;

  /**
   * Whether the price is for `global.` profiles (`global`) or for all others (`regional`).
   *
   * @default - for both
   */
  readonly routing?: string;

  /**
   * The Regions, of those that are called, in which the price holds.
   *
   * @default - all Regions
   */
  readonly regions?: string[];

  /**
   * The service tier: `standard`, `batch`, `flex`, `priority`, `latency`, `custom` …
   *
   * @default 'standard'
   */
  readonly tier?: string;

  /**
   * The tokens of context for which the price holds, for example `0-200000` or `200001-`.
   *
   * @default - any context
   */
  readonly context?: string;

  /**
   * Further axes of the price, for example `{ quality: 'standard' }`.
   *
   * @default - none
   */
  readonly spec?: { [axis: string]: string };

  /**
   * The first day on which the price holds, like `2026-01-01`, in UTC.
   *
   * @default - since ever
   */
  readonly validFrom?: string;

  /**
   * The first day on which the price no longer holds, in UTC.
   *
   * @default - for ever
   */
  readonly validUntil?: string;

  /**
   * Whether the model may be one that the price catalogue does not have; an ARN, for example.
   *
   * @default false
   */
  readonly newModel?: boolean;
}

/**
 * A percentage off the published prices of a model or a provider.
 */
export interface PriceDiscount {
  /**
   * The percentage, for example 12.5.
   */
  readonly percent: number;

  /**
   * The model whose prices are lowered. A discount needs a model or a provider.
   *
   * @default - all models of the provider
   */
  readonly model?: string;

  /**
   * The provider whose prices are lowered, for example `Anthropic`.
   *
   * @default - only the model
   */
  readonly provider?: string;

  /**
   * What the discount is called where a cost is explained.
   *
   * @default - made of what it is for
   */
  readonly name?: string;

  /**
   * The first day on which the discount holds, in UTC.
   *
   * @default - since ever
   */
  readonly validFrom?: string;

  /**
   * The first day on which the discount no longer holds, in UTC.
   *
   * @default - for ever
   */
  readonly validUntil?: string;
}

/**
 * Your own prices and discounts.
 */
export interface PriceOverridesOptions {
  /**
   * Prices that beat the published ones.
   *
   * @default - none
   */
  readonly overrides?: PriceOverride[];

  /**
   * Percentages off the published prices.
   *
   * @default - none
   */
  readonly discounts?: PriceDiscount[];
}

/** Lambda allows 4 KB for all environment variables together. */
const MAX_BYTES = 3000;

/**
 * What you pay where it is not what AWS publishes: negotiated prices and discounts.
 */
export class PriceOverrides {
  /**
   * A few prices of your own.
   *
   * @param options the prices and discounts
   */
  public static of(options: PriceOverridesOptions): PriceOverrides {
    const dated = <T extends PriceOverride | PriceDiscount>({ validFrom, validUntil, ...entry }: T): object => ({
      ...entry,
      ...(validFrom !== undefined && { from: validFrom }),
      ...(validUntil !== undefined && { until: validUntil }),
    });
    const { overrides = [], discounts = [] } = options;
    const json = JSON.stringify({ overrides: overrides.map(dated), discounts: discounts.map(dated) });
    checkPriceOverrides(json, 'the price overrides');
    const bytes = Buffer.byteLength(json);
    if (bytes > MAX_BYTES) {
      throw new Error(
        `price overrides given as props must not be longer than ${MAX_BYTES} bytes as JSON, got ${bytes}: use PriceOverrides.fromFile`,
      );
    }
    return new PriceOverrides(json);
  }

  /**
   * Any number of prices of your own, in a JSON file of the form that docs/prices.md describes.
   *
   * @param path the file
   */
  public static fromFile(path: string): PriceOverrides {
    let json: string;
    try {
      json = readFileSync(path, 'utf8');
    } catch (error) {
      throw new Error(`'path' must be a readable file, got '${path}': ${(error as Error).message}`, { cause: error });
    }
    checkPriceOverrides(json, `'${path}'`);
    return new PriceOverrides(undefined, path);
  }

  private constructor(
    private readonly json?: string,
    private readonly path?: string,
  ) {}

  /**
   * Hands the prices to the meter.
   *
   * @internal
   */
  public _readBy(scope: Construct, reader: lambda.Function): void {
    if (this.path === undefined) {
      reader.addEnvironment('PRICE_OVERRIDES', this.json!);
      return;
    }
    const file = new Asset(scope, 'PriceOverrides', { path: this.path });
    file.grantRead(reader);
    reader.addEnvironment('PRICE_OVERRIDES_BUCKET', file.s3BucketName);
    reader.addEnvironment('PRICE_OVERRIDES_KEY', file.s3ObjectKey);
  }
}
