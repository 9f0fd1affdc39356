import { Attributes, OTHER } from '../telemetry/names';
import { applicationProfileOf } from '../records/application-profile';
import type { Call } from '../records/call';
import { roleOf } from '../records/role';
import type { Breakdown } from './breakdown-totals';
import { ValueTexts } from './dimension-value';
import { DimensionValues } from './dimension-values';
import type { DimensionSource, MeterConfig } from './meter-config';
import { requestModel } from './request-model';

/** The breakdown by model, which is always there, and those that the configuration asks for. */
export function breakdownsOf({ dimensions, dimensionCap }: MeterConfig): Breakdown[] {
  return [byModel(dimensionCap), ...dimensions.map((source) => bySource(source, dimensionCap))];
}

function byModel(cap: number): Breakdown {
  const models = new ValueTexts(requestModel);
  return {
    attribute: Attributes.REQUEST_MODEL,
    values: new DimensionValues(cap),
    rawValue: ({ call }) => call.modelId,
    // Totals are summed from this breakdown: a model whose name cannot be shown counts as `other`, never as nothing.
    shownValue: (raw) => models.of(raw) ?? OTHER,
  };
}

function bySource(source: DimensionSource, cap: number): Breakdown {
  const common = { values: new DimensionValues(cap), shownValue: textsOf() };
  if (source.kind === 'metadata') {
    const { key } = source;
    return { ...common, attribute: Attributes.REQUEST_METADATA_PREFIX + key, rawValue: ({ call }) => ownText(call.metadata, key) };
  }
  const { attribute, valueOf } = FACTS_OF_CALLS[source.kind];
  return { ...common, attribute, rawValue: ({ call }) => valueOf(call) };
}

function textsOf(): Breakdown['shownValue'] {
  const texts = new ValueTexts();
  return (raw) => texts.of(raw);
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

/** Request metadata comes from callers: names that every object inherits, such as `constructor`, are no members of it. */
const ownText = (metadata: Readonly<Record<string, unknown>> | undefined, key: string): unknown =>
  metadata !== undefined && Object.hasOwn(metadata, key) ? metadata[key] : undefined;
