import { Attributes, OTHER } from '../telemetry/names';
import type { Config } from './meter-config';
import { DimensionValues } from './dimension-values';
import type { Split } from './minute-totals';
import { requestModel } from './request-model';

/** Cost by model, always, and by what the configuration asks for. */
export function splitsOf({ dimensions, dimensionCap }: Config): Split[] {
  const models = new DimensionValues(dimensionCap, requestModel);
  return [
    { attribute: Attributes.REQUEST_MODEL, rawOf: ({ call }) => call.modelId, valueOf: (raw, now) => models.of(raw, now) ?? OTHER },
    ...dimensions.map((source): Split => {
      const values = new DimensionValues(dimensionCap);
      const valueOf = (raw: unknown, now: number) => values.of(raw, now);
      return source.kind === 'caller'
        ? { attribute: Attributes.CALLER, rawOf: ({ call }) => call.caller, valueOf }
        : { attribute: Attributes.REQUEST_METADATA_PREFIX + source.key, rawOf: ({ call }) => call.metadata?.[source.key], valueOf };
    }),
  ];
}
