// In which Regions the catalogue has all rates of a model, some of them or none: for docs/prices.md and for the gate against half rows.
import type { Catalogue, ModelInfo } from '../engine/pricing/catalogue';
import { UNLABELLED, type PriceRow } from '../engine/pricing/price-row';

/** Rates that no source has for some Regions, although it has them for others: a line of the catalogue. */
export interface HalfLine {
  readonly half: string;
  readonly routing: string;
  readonly context?: string;
  readonly regions: readonly string[];
  readonly kinds: readonly string[];
  readonly because: string;
}

/** The rates of a model for one routing, context and spec in one Region, at standard tier. */
export interface Cell {
  readonly model: string;
  readonly routing: string;
  readonly context?: string;
  readonly region: string;
  /** Kinds that have a rate in another Region and none in this one. */
  readonly missing: readonly string[];
}

/** The cells of all models that AWS calls active. Without a clock: of several periods the last one counts. */
export function cellsOf(catalogue: Catalogue): Cell[] {
  return catalogue
    .lines<ModelInfo>('model')
    .filter(({ lifecycle }) => lifecycle === 'active')
    .flatMap(({ model }) => {
      const rows = catalogue.rows(model).filter(({ tier, until }) => tier === 'standard' && until === Infinity);
      const groups = new Map<string, PriceRow[]>();
      for (const row of rows) {
        const key = JSON.stringify([row.routing, row.raw.context, row.raw.spec]);
        groups.set(key, [...(groups.get(key) ?? []), row]);
      }
      return [...groups.values()].flatMap((group) => cellsOfGroup(model, group));
    });
}

/** Every rate that a half row lacks without a `half` line that names it, and every `half` line of which nothing is lacking any more. */
export function halfRowProblems(catalogue: Catalogue): string[] {
  const lacking = new Set(cellsOf(catalogue).flatMap(({ missing, ...cell }) => missing.map((kind) => nameOf(cell, kind))));
  const listed = new Set(
    catalogue
      .lines<HalfLine>('half')
      .flatMap(({ half, routing, context, regions, kinds }) =>
        regions.flatMap((region) => kinds.map((kind) => nameOf({ model: half, routing, context, region }, kind))),
      ),
  );
  return [
    ...[...lacking]
      .filter((name) => !listed.has(name))
      .map((name) => `${name} has no rate, but other Regions have one: add it, or a "half" line`),
    ...[...listed].filter((name) => !lacking.has(name)).map((name) => `${name} is on a "half" line, but lacks nothing: remove it there`),
  ];
}

const nameOf = ({ model, routing, context, region }: Omit<Cell, 'missing'>, kind: string): string =>
  [model, routing, context, region, kind].filter(Boolean).join('/');

function cellsOfGroup(model: string, group: readonly PriceRow[]): Cell[] {
  const [{ routing, raw }] = group as [PriceRow];
  const kinds = kindsOf(group);
  const regions = [...new Set(group.flatMap((row) => row.regions))].filter((region) => region !== UNLABELLED).sort();
  return regions.map((region) => {
    const here = kindsOf(group.filter((row) => row.regions.includes(region)));
    return { model, routing, context: raw.context, region, missing: kinds.filter((kind) => !here.includes(kind)) };
  });
}

function kindsOf(rows: readonly PriceRow[]): string[] {
  return [...new Set(rows.flatMap(({ rates }) => Object.keys(rates)))].sort();
}
