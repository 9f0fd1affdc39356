import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CatalogueIndex } from './catalogue-index';
import { modelTitles } from './model-title';
import { nearestIds } from './nearest-ids';
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

/**
 * The published prices: lines of JSON, each of which is one price, model, alias, source, Region set or remark.
 *
 * Only the lines of a model that is asked for are parsed: a batch calls few of the models. An index finds them, because the
 * number of unknown ids that records name has no bound, and a search through the text takes a millisecond.
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
  private lineIndex?: CatalogueIndex;
  private titles?: ReadonlyMap<string, string>;
  private readonly rowsByModel = new Map<string, readonly PriceRow[]>();
  private readonly regionSets = new Map<string, readonly string[] | undefined>();

  private constructor(text: string) {
    // The index looks for the line feed before a line, so the first line gets one too.
    this.text = `\n${text.replaceAll('\r\n', '\n')}`;
  }

  /** The day on which the catalogue was made. */
  public get version(): string {
    return this.lines<{ catalogue: string }>('catalogue')[0]?.catalogue ?? 'unknown';
  }

  public model(id: string): ModelInfo | undefined {
    return this.first<ModelInfo>('model', id);
  }

  /** The name of a model as people say it, in the ledger and wherever models are shown. Undefined for ids that are no model. */
  public title(id: string): string | undefined {
    this.titles ??= modelTitles(this.lines<ModelInfo>('model'));
    return this.titles.get(id);
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

  /** The ids most similar to an unknown one, the best first. */
  public nearest(id: string): string[] {
    return nearestIds(
      id,
      this.lines<ModelInfo>('model').map(({ model }) => model),
    );
  }

  /** The lines whose first field is `key`; only those with that value where one is given. */
  public lines<T>(key: string, value?: string): T[] {
    return this.index.lines(key, value).map((start) => this.parse<T>(start));
  }

  private first<T>(key: string, value: string): T | undefined {
    const [start] = this.index.lines(key, value);
    return start === undefined ? undefined : this.parse<T>(start);
  }

  /** Made at the first question, not when a handler loads. */
  private get index(): CatalogueIndex {
    this.lineIndex ??= new CatalogueIndex(this.text);
    return this.lineIndex;
  }

  private parse<T>(start: number): T {
    const end = this.text.indexOf('\n', start);
    return JSON.parse(this.text.slice(start, end < 0 ? undefined : end)) as T;
  }
}
