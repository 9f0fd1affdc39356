import { Attributes, OTHER } from '../telemetry/names';
import type { Breakdown } from './breakdown-totals';
import { DimensionValues } from './dimension-values';
import type { DimensionSource, MeterConfig } from './meter-config';
import { requestModel } from './request-model';

/** The breakdown by model, which is always there, and those that the configuration asks for. */
export function breakdownsOf({ dimensions, dimensionCap }: MeterConfig): Breakdown[] {
  return [byModel(dimensionCap), ...dimensions.map((source) => bySource(source, dimensionCap))];
}

function byModel(cap: number): Breakdown {
  const models = new DimensionValues(cap, requestModel);
  return {
    attribute: Attributes.REQUEST_MODEL,
    rawValue: ({ call }) => call.modelId,
    // Totals are summed from this breakdown: a model whose name cannot be shown counts as `other`, never as nothing.
    shownValue: (raw, now) => models.of(raw, now) ?? OTHER,
  };
}

function bySource(source: DimensionSource, cap: number): Breakdown {
  const values = new DimensionValues(cap);
  const shownValue = (raw: unknown, now: number) => values.of(raw, now);
  return source.kind === 'caller'
    ? { attribute: Attributes.CALLER, rawValue: ({ call }) => call.caller, shownValue }
    : { attribute: Attributes.REQUEST_METADATA_PREFIX + source.key, rawValue: ({ call }) => call.metadata?.[source.key], shownValue };
}
