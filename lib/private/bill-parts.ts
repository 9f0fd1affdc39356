import { Construct } from 'constructs';
import type { BedrockObservabilityProps } from '../bedrock-observability-props';
import { BillReconciliation } from '../bill-reconciliation';
import { ICostMeter } from '../cost-meter-interface';
import { IPriceCatalogue } from '../price-catalogue-interface';
import { UnrecordedUsage } from '../unrecorded-usage';
import { billOptions, unrecordedOptions } from './shared-options';

/** What of BedrockObservability is about the bill, where it is asked for. */
export interface BillParts {
  readonly unrecordedUsage?: UnrecordedUsage;
  readonly billReconciliation?: BillReconciliation;
}

/** What the meter counts as well is priced like its calls, and both are compared. */
export function newBillParts(
  scope: Construct,
  props: BedrockObservabilityProps,
  costMeter: ICostMeter,
  prices?: IPriceCatalogue,
): BillParts {
  const { metricNamespace, priceOverrides, ledger } = props.costMeter ?? {};
  const ledgerTable = ledger?._options.table;
  const unrecordedUsage = props.unrecordedUsage
    ? new UnrecordedUsage(scope, 'UnrecordedUsage', { ledgerTable, ...unrecordedOptions(props), metricNamespace, priceOverrides, prices })
    : undefined;
  const { billReconciliation: asked } = props;
  const unrecordedLogGroup = asked?.unrecordedLogGroup ?? (ledgerTable ? undefined : unrecordedUsage?.logGroup);
  return {
    unrecordedUsage,
    billReconciliation: asked
      ? new BillReconciliation(scope, 'BillReconciliation', { ...billOptions(props), costMeter, unrecordedLogGroup })
      : undefined,
  };
}

/** What dashboards can show of them. */
export function billSources({ unrecordedUsage, billReconciliation }: BillParts, { billReconciliation: asked }: BedrockObservabilityProps) {
  return {
    billReconciled: billReconciliation !== undefined,
    accountsReconciled: (asked?.accounts?.length ?? 0) > 1,
    unrecordedCounted: unrecordedUsage !== undefined,
  };
}
