import { Attributes, OTHER } from '../telemetry/names';
import { applicationProfileOf } from '../records/application-profile';
import type { Call } from '../records/call';
import { roleOf } from '../records/role';
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
  if (source.kind === 'metadata') {
    const { key } = source;
    return { attribute: Attributes.REQUEST_METADATA_PREFIX + key, rawValue: ({ call }) => call.metadata?.[key], shownValue };
  }
  const { attribute, valueOf } = FACTS_OF_CALLS[source.kind];
  return { attribute, rawValue: ({ call }) => valueOf(call), shownValue };
}

/** The attribute of each fact of a call, and where its value comes from. The values are those of the ledger. */
const FACTS_OF_CALLS: Readonly<
  Record<Exclude<DimensionSource['kind'], 'metadata'>, { readonly attribute: string; readonly valueOf: (call: Call) => string | undefined }>
> = {
  caller: { attribute: Attributes.CALLER, valueOf: ({ caller }) => caller },
  role: { attribute: Attributes.ROLE, valueOf: ({ caller }) => caller && roleOf(caller) },
  profile: { attribute: Attributes.APPLICATION_PROFILE, valueOf: ({ modelId }) => applicationProfileOf(modelId) },
  account: { attribute: Attributes.ACCOUNT, valueOf: ({ accountId }) => accountId },
  region: { attribute: Attributes.REGION, valueOf: ({ region }) => region },
};
