import * as s3 from 'aws-cdk-lib/aws-s3';

/**
 * Where an export of AWS Data Exports delivers.
 */
export interface DataExportOptions {
  /**
   * The bucket. It can be of another account, if its policy and key let the account of the stack read it.
   */
  readonly bucket: s3.IBucket;

  /**
   * The name of the export.
   */
  readonly exportName: string;

  /**
   * The prefix under which the export delivers.
   *
   * @default - the export delivers to the root of the bucket
   */
  readonly prefix?: string;
}
