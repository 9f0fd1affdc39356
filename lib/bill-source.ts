import { Token } from 'aws-cdk-lib';
import { DataExportOptions } from './data-export-options';

/**
 * Where the bill is read.
 */
export class BillSource {
  /**
   * AWS Cost Explorer: day and usage type, for USD 0.01 a page. It has neither callers nor single deliveries of a month.
   */
  public static costExplorer(): BillSource {
    return new BillSource();
  }

  /**
   * An export of AWS Data Exports, which Amazon Athena reads: CUR 2.0 in Parquet, by day or hour. With `INCLUDE_IAM_PRINCIPAL_DATA` the
   * figures of each caller are compared, too. Columns that the export does not have are taken for empty.
   *
   * Of a month that was delivered several times, as with `CREATE_NEW_REPORT`, the last delivery counts.
   *
   * @param options where it delivers
   */
  public static dataExport(options: DataExportOptions): BillSource {
    const { exportName, prefix = '' } = options;
    if (!Token.isUnresolved(exportName) && !/^[\w.-]+$/.test(exportName)) {
      throw new Error(`'exportName' must be the name of an export, got '${exportName}': its folder belongs to 'prefix'`);
    }
    if (!Token.isUnresolved(prefix) && /^\/|\/$|:/.test(prefix)) {
      throw new Error(`'prefix' must neither begin nor end with a slash, and be no URI, got '${prefix}'`);
    }
    return new BillSource(options);
  }

  private constructor(
    /** @internal */
    public readonly _dataExport?: DataExportOptions,
  ) {}
}
