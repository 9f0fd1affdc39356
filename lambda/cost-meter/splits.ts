import { Attributes, OTHER } from '../../lib/private/semantic-conventions';
import type { Config } from './config';
import { DimensionValues } from './dimension-values';
import type { Split } from './minute-totals';
import { requestModel } from './request-model';

/** Cost by model, always, and by what the configuration asks for. */
export function splitsOf({ dimensions, dimensionCap }: Config): Split[] {
  const models = new DimensionValues(dimensionCap, requestModel);
  return [
    { attribute: Attributes.REQUEST_MODEL, valueOf: ({ call }, now) => models.of(call.modelId, now) ?? OTHER },
    ...dimensions.map((source): Split => {
      const values = new DimensionValues(dimensionCap);
      return source.kind === 'caller'
        ? { attribute: Attributes.CALLER, valueOf: ({ call }, now) => values.of(call.caller, now) }
        : {
            attribute: Attributes.REQUEST_METADATA_PREFIX + source.key,
            valueOf: ({ call }, now) => values.of(call.metadata?.[source.key], now),
          };
    }),
  ];
}
