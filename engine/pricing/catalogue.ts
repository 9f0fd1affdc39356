import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRow, type PriceRow, type RawRow } from './price-row';

/** What the catalogue says about a model, its prices apart. */
export interface ModelInfo {
  readonly model: string;
  readonly name: string;
  readonly provider: string;
  readonly lifecycle: string;
  /** The day on which AWS retires, or retired, the model. */
  readonly eol?: string;
}

/** How many similar ids `nearest` names. */
const SUGGESTIONS = 3;

/**
 * The published prices: lines of JSON, each of which is one price, model, alias, source, Region set or remark.
 *
 * The text is searched, and only the lines of a model that is asked for are parsed: a batch calls few of the models.
 */
export class Catalogue {
  /** The catalogue of this package, read from its file once. The file is plain ASCII, so one byte is one character. */
  public static builtIn(): Catalogue {
    this.builtInCatalogue ??= new Catalogue(readFileSync(join(__dirname, 'catalogue.ndjson'), 'latin1'));
    return this.builtInCatalogue;
  }

  /** Another catalogue, for example a refreshed one. Check it with `problemsOf` first: nothing is checked here. */
  public static fromText(text: string): Catalogue {
    return new Catalogue(text);
  }

  private static builtInCatalogue?: Catalogue;

  private readonly text: string;
  private readonly rowsByModel = new Map<string, readonly PriceRow[]>();
  private readonly regionSets = new Map<string, readonly string[] | undefined>();

  private constructor(text: string) {
    // Lines are searched for with the line feed before them, so the first line gets one too.
    this.text = `\n${text.replaceAll('\r\n', '\n')}`;
  }

  /** The day on which the catalogue was made. */
  public get version(): string {
    return this.lines<{ catalogue: string }>('catalogue')[0]?.catalogue ?? 'unknown';
  }

  public model(id: string): ModelInfo | undefined {
    return this.first<ModelInfo>('model', id);
  }

  /** The model that an id is an alias of. Aliases are reviewed by hand. */
  public aliasOf(id: string): string | undefined {
    return this.first<{ of: string }>('alias', id)?.of;
  }

  /** Every price of a model, for all Regions, tiers and times. */
  public rows(model: string): readonly PriceRow[] {
    let rows = this.rowsByModel.get(model);
    if (!rows) {
      rows = this.raw(model).map((row) => readRow(row, (name) => this.regionSet(name)));
      if (rows.length > 0) this.rowsByModel.set(model, rows);
    }
    return rows;
  }

  /** As `rows`, before they are checked. */
  public raw(model: string): RawRow[] {
    return this.lines<RawRow>('price', model);
  }

  /** The Regions that a row names by the name of their set. */
  public regionSet(name: string): readonly string[] | undefined {
    if (!this.regionSets.has(name)) {
      this.regionSets.set(name, this.first<{ regions: string[] }>('regionSet', name)?.regions);
    }
    return this.regionSets.get(name);
  }

  /** The ids most similar to an unknown one, by the pairs of letters they share; the best first. */
  public nearest(id: string): string[] {
    const wanted = pairs(id);
    return this.lines<ModelInfo>('model')
      .map(({ model }) => ({ model, score: similarity(wanted, pairs(model)) }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score)
      .slice(0, SUGGESTIONS)
      .map(({ model }) => model);
  }

  /** The lines whose first field is `key`; only those with that value where one is given. */
  public lines<T>(key: string, value?: string): T[] {
    const start = value === undefined ? `\n{"${key}":` : `\n{"${key}":${JSON.stringify(value)},`;
    const found: T[] = [];
    for (let at = this.text.indexOf(start); at >= 0; at = this.text.indexOf(start, at + 1)) {
      found.push(this.parse<T>(at + 1));
    }
    return found;
  }

  private first<T>(key: string, value: string): T | undefined {
    const at = this.text.indexOf(`\n{"${key}":${JSON.stringify(value)},`);
    return at < 0 ? undefined : this.parse<T>(at + 1);
  }

  private parse<T>(at: number): T {
    const end = this.text.indexOf('\n', at);
    return JSON.parse(this.text.slice(at, end < 0 ? undefined : end)) as T;
  }
}

function pairs(text: string): Set<string> {
  const lower = text.toLowerCase();
  return new Set(Array.from({ length: Math.max(0, lower.length - 1) }, (_, at) => lower.slice(at, at + 2)));
}

/** The Sørensen–Dice coefficient: 1 for equal sets, 0 for sets that share nothing. */
function similarity(one: Set<string>, other: Set<string>): number {
  const shared = [...one].filter((pair) => other.has(pair)).length;
  return (2 * shared) / (one.size + other.size || 1);
}
