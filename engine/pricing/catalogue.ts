import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRow, type PriceRow, type RawRow } from './price-row';

/** What the catalogue knows of a model beside its prices. */
export interface ModelInfo {
  readonly model: string;
  readonly name: string;
  readonly provider: string;
  readonly lifecycle: string;
  readonly eol?: string;
}

const SUGGESTIONS = 3;

/**
 * The published prices: lines of JSON, each of which is one price, model, alias, source, Region set or remark.
 *
 * Nothing is parsed before it is asked for, and then only the lines of the model in question.
 */
export class Catalogue {
  /** The catalogue that was shipped. */
  public static builtIn(): Catalogue {
    this.shipped ??= new Catalogue(readFileSync(join(__dirname, 'catalogue.ndjson'), 'latin1'));
    return this.shipped;
  }

  /** A catalogue from elsewhere, for example a refreshed one. Check it with `problemsOf` before it prices anything. */
  public static fromText(text: string): Catalogue {
    return new Catalogue(text);
  }

  private static shipped?: Catalogue;

  private readonly text: string;
  private readonly rowsByModel = new Map<string, readonly PriceRow[]>();
  private readonly regionSets = new Map<string, readonly string[] | undefined>();

  private constructor(text: string) {
    // Every line begins after a line feed, so that a search for the beginning of a line finds the first one too.
    this.text = `\n${text.replaceAll('\r\n', '\n')}`;
  }

  /** Which catalogue this is: the day on which it was made. */
  public get version(): string {
    return this.lines<{ catalogue: string }>('catalogue')[0]?.catalogue ?? 'unknown';
  }

  public model(id: string): ModelInfo | undefined {
    return this.first<ModelInfo>('model', id);
  }

  /** The id of the model that another id is a reviewed alias of. */
  public aliasOf(id: string): string | undefined {
    return this.first<{ of: string }>('alias', id)?.of;
  }

  /** Every price of a model, whatever the Region, tier or time. */
  public rows(model: string): readonly PriceRow[] {
    let rows = this.rowsByModel.get(model);
    if (!rows) {
      rows = this.raw(model).map((row) => readRow(row, (name) => this.regionSet(name)));
      if (rows.length > 0) this.rowsByModel.set(model, rows);
    }
    return rows;
  }

  public raw(model: string): RawRow[] {
    return this.lines<RawRow>('price', model);
  }

  public regionSet(name: string): readonly string[] | undefined {
    if (!this.regionSets.has(name)) {
      this.regionSets.set(name, this.first<{ regions: string[] }>('regionSet', name)?.regions);
    }
    return this.regionSets.get(name);
  }

  /** The ids that look most like one that is not known. */
  public nearest(id: string): string[] {
    const wanted = pairs(id);
    return this.lines<ModelInfo>('model')
      .map(({ model }) => ({ model, likeness: likeness(wanted, pairs(model)) }))
      .filter((candidate) => candidate.likeness > 0)
      .sort((one, other) => other.likeness - one.likeness)
      .slice(0, SUGGESTIONS)
      .map(({ model }) => model);
  }

  /** The lines whose first field is `key`, and has that value if one is given. */
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

function likeness(one: Set<string>, other: Set<string>): number {
  const shared = [...one].filter((pair) => other.has(pair)).length;
  return (2 * shared) / (one.size + other.size || 1);
}
