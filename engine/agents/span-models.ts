import { modelStem, withoutClient } from './model-names';

/** The ids of the catalogue that a model of a span can be. */
export interface ModelCandidates {
  /** At least one: the model as the span has it where nothing better is known. */
  readonly ids: readonly string[];
  /** Whether the span does not name the model as it was called: Region, vendor or version were cut off. */
  readonly relaxed: boolean;
}

/** Finds models of the catalogue by names that libraries have cut. */
export class SpanModels {
  private readonly known: ReadonlySet<string>;
  private readonly byStem = new Map<string, string[]>();

  /** @param ids of the models of the catalogue */
  constructor(ids: readonly string[]) {
    this.known = new Set(ids);
    for (const id of ids) {
      const stem = modelStem(id);
      if (stem === undefined) continue;
      this.byStem.set(stem, [...(this.byStem.get(stem) ?? []), id]);
    }
  }

  /** @param routingCut whether the library cuts the routing prefix off: the call can have been routed globally or not */
  public candidates(model: string, routingCut: boolean): ModelCandidates {
    const id = withoutClient(model);
    if (id.startsWith('arn:')) return { ids: [id], relaxed: false };
    if (this.known.has(id)) return routingCut ? { ids: bothRoutings(id), relaxed: true } : { ids: [id], relaxed: false };
    if (/^[a-z-]+\.[a-z0-9]+\./.test(id)) return { ids: [id], relaxed: false };
    const found = this.ofStem(modelStem(id));
    return found.length === 1 ? { ids: bothRoutings(found[0]!), relaxed: true } : { ids: [id], relaxed: false };
  }

  /** By all of the name, else by the name without a date that one of the two leaves out. */
  private ofStem(stem: string | undefined): readonly string[] {
    if (stem === undefined) return [];
    const exact = this.byStem.get(stem);
    if (exact) return exact;
    const dated = [...this.byStem.keys()].filter((each) => each.startsWith(`${stem}-`) && /^-20\d{6}$/.test(each.slice(stem.length)));
    return dated.flatMap((each) => this.byStem.get(each) ?? []);
  }
}

const bothRoutings = (id: string): string[] => [id, `global.${id}`];
