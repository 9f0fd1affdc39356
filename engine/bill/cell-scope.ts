import { KINDS } from '../pricing/kinds';
import type { BillLine } from './bill-line';
import type { CellKey } from './cells';
import type { OurLine } from './our-usage';

type Scope = Pick<CellKey, 'model' | 'kind' | 'routing' | 'tier' | 'isLong' | 'principal' | 'source'>;

const ANY_KIND = 'all kinds';

/** What is neither a token nor billed without a record: images, seconds and the like, whose usage types are not read. */
const UNITS = 'units';

/** Units that records describe, and that the bill has on lines of their own. */
const SOURCE_OF_UNIT: Readonly<Record<string, string>> = {
  'text unit': 'guardrail',
  'guarded image': 'guardrail',
  'search unit': 'rerank',
};

/** Sources whose lines name a model on both sides. */
const NAMES_MODEL: ReadonlySet<string> = new Set(['batch', 'mantle']);

const sourceOf = ({ source, kind }: OurLine): string | undefined => source ?? SOURCE_OF_UNIT[KINDS[kind] ?? ''];
const isUnit = ({ kind }: OurLine): boolean => Object.hasOwn(KINDS, kind) && KINDS[kind] !== 'token';

/** Puts lines of both sides into the same cell where bill and ledger have different words for the same thing. */
export class CellScopes {
  /** Models of which a record left the lifetime of cache writes open, where the bill never does. */
  private readonly openWrites = new Set<string>();
  private readonly ofUnits = new Set<string>();
  private readonly sources = new Set<string>();

  constructor(ours: readonly OurLine[]) {
    for (const line of ours) {
      const source = sourceOf(line);
      if (source !== undefined) this.sources.add(source);
      else if (isUnit(line)) this.ofUnits.add(line.model);
      if (line.kind === 'cacheWrite') this.openWrites.add(line.model);
    }
  }

  public ofOurs(line: OurLine): Scope {
    const source = sourceOf(line);
    if (source !== undefined) return this.scopeOfSource(source, line.model);
    const kind = isUnit(line) ? UNITS : this.mergedKind(line.kind, line.model);
    return { ...axesOf(line), model: line.model, kind, principal: line.principal };
  }

  public ofBill(line: BillLine): Scope & Pick<BillLine, 'isUnderstood'> {
    const { isUnderstood, source, principal, model = '(no model)' } = line;
    if (source !== undefined) return { isUnderstood, ...this.scopeOfSource(source, model, principal) };
    const isOfUnits = !isUnderstood && this.ofUnits.has(model);
    const kind = isOfUnits ? UNITS : this.mergedKind(line.kind ?? line.usageType ?? ANY_KIND, model);
    return { ...axesOf(line), isUnderstood: isUnderstood || isOfUnits, model, kind, principal };
  }

  /** Compared as one, because the ledger knows neither the caller nor, of most, the model. What only the bill has keeps both. */
  private scopeOfSource(source: string, model: string, principal?: string): Scope {
    const isOurs = this.sources.has(source);
    return {
      ...{ source, kind: source, routing: '', tier: '', isLong: false },
      model: isOurs && !NAMES_MODEL.has(source) ? `(${source})` : model,
      principal: isOurs ? undefined : principal,
    };
  }

  private mergedKind(kind: string, model: string): string {
    return kind.startsWith('cacheWrite') && this.openWrites.has(model) ? 'cacheWrite' : kind;
  }
}

const axesOf = ({ routing, tier, isLong }: Pick<CellKey, 'routing' | 'tier' | 'isLong'>) => ({ routing, tier, isLong });

/**
 * Text units of guardrails are in records, where these have the trace of the guardrail, and in the metrics of guardrails, which have
 * all of them. Where there are metrics, they count.
 */
export function countedOnce(ours: readonly OurLine[]): readonly OurLine[] {
  const hasMetrics = ours.some(({ source }) => source === 'guardrail');
  return hasMetrics ? ours.filter((line) => line.source !== undefined || sourceOf(line) !== 'guardrail') : ours;
}
