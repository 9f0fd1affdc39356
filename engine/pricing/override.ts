import type { CallSet } from './call-set';
import type { Catalogue } from './catalogue';
import { readEntry, readFlag, readModel, readRegions, readText, readTexts } from './entry-fields';
import type { RateRule } from './rate-rule';
import { readContext, readPeriod, readRates, readRouting, readSpec, readTier } from './row-fields';

/** Rates of the user's own, and the calls for which they replace the published ones. */
export interface Override {
  readonly model: string;
  readonly isNew: boolean;
  readonly calls: CallSet;
  readonly rule: RateRule;
}

const FIELDS = ['name', 'model', 'newModel', 'routing', 'regions', 'tier', 'context', 'spec', 'rates', 'from', 'until'];

/** @throws with the field that is wrong */
export function readOverride(value: unknown, catalogue: Catalogue): Override {
  const entry = readEntry(value, FIELDS);
  const isNew = readFlag(entry, 'newModel');
  const model = readModel(entry, catalogue, isNew);
  if (model === undefined) throw new Error("'model' is missing: name the model whose price this is");

  const routing = readText(entry, 'routing');
  if (routing !== undefined && model.startsWith('arn:')) {
    throw new Error(`'routing' must be left out for an ARN, all of whose calls have one routing, got '${routing}'`);
  }
  const regions = readRegions(entry);
  const context = readText(entry, 'context');
  const tier = readTier(readText(entry, 'tier') ?? 'standard');
  const spec = readSpec(readTexts(entry, 'spec'));
  const from = readText(entry, 'from');
  const range = readContext(context);
  const period = readPeriod(from, readText(entry, 'until'));
  const parts = [model, routing, tier, context, Object.values(spec).join(','), regions?.join('+'), from && `from ${from}`];
  const name = readText(entry, 'name') ?? `override:${parts.filter(Boolean).join('/')}`;
  return {
    model,
    isNew,
    calls: {
      routings: routing === undefined ? ['regional', 'global'] : [readRouting(routing)],
      regions,
      tier,
      context: range,
      spec,
      ...period,
    },
    rule: {
      row: { id: name, source: 'override', grade: 'override', asOf: from ?? 'unknown', tier, ...(context !== undefined && { context }) },
      rates: readRates(readTexts(entry, 'rates')),
      context: range,
      ...(Object.keys(spec).length > 0 && { spec }),
      ...period,
      flags: [],
    },
  };
}
