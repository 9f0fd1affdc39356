import { Attributes, OTHER } from '../telemetry/names';
import type { MeterConfig } from './meter-config';
import { DimensionValues } from './dimension-values';
import type { Breakdown } from './minute-totals';
import { requestModel } from './request-model';

/** Cost by model, always, and by what the configuration asks for. */
export function breakdownsOf({ dimensions, dimensionCap }: MeterConfig): Breakdown[] {
  const models = new DimensionValues(dimensionCap, requestModel);
  return [
    { attribute: Attributes.REQUEST_MODEL, rawValue: ({ call }) => call.modelId, shownValue: (raw, now) => models.of(raw, now) ?? OTHER },
    ...dimensions.map((source): Breakdown => {
      const values = new DimensionValues(dimensionCap);
      const shownValue = (raw: unknown, now: number) => values.of(raw, now);
      return source.kind === 'caller'
        ? { attribute: Attributes.CALLER, rawValue: ({ call }) => call.caller, shownValue }
        : { attribute: Attributes.REQUEST_METADATA_PREFIX + source.key, rawValue: ({ call }) => call.metadata?.[source.key], shownValue };
    }),
  ];
}
