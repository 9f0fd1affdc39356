import { isObject } from '../../engine/records/json';
import { Failure } from '../failure';
import { printableJson } from '../terminal';

/** A mark that a person put on a trace or on one of its spans. */
export interface Flag {
  readonly traceId: string;
  readonly spanId?: string;
  readonly label: string;
  readonly note?: string;
  /** When, as ISO 8601. */
  readonly at: string;
}

/** One label for each trace or span and label: a second one replaces the first. */
export class Flags {
  private readonly byTrace = new Map<string, Flag[]>();

  constructor(private readonly all: readonly Flag[] = []) {
    for (const flag of all) this.byTrace.set(flag.traceId, [...(this.byTrace.get(flag.traceId) ?? []), flag]);
  }

  /** @throws Failure if the text is no file of flags, which is then not written over */
  public static fromText(text: string, where: string): Flags {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw new Failure(`'--flags' must name a file of flags, but '${where}' is not JSON: ${(error as Error).message}`);
    }
    const list = isObject(value) ? value.flags : undefined;
    if (!Array.isArray(list) || !list.every(isFlag)) {
      throw new Failure(`'--flags' must name a file that 'traces flag' wrote: { "flags": [{ "traceId", "label", "at" }] }, got '${where}'`);
    }
    return new Flags(list);
  }

  public get text(): string {
    return `${printableJson({ flags: this.all })}\n`;
  }

  public with(flags: readonly Flag[]): Flags {
    return new Flags([...this.without(flags).all, ...flags]);
  }

  public without(flags: ReadonlyArray<Pick<Flag, 'traceId' | 'spanId' | 'label'>>): Flags {
    const keys = new Set(flags.map(keyOf));
    return new Flags(this.all.filter((flag) => !keys.has(keyOf(flag))));
  }

  public has(flag: Pick<Flag, 'traceId' | 'spanId' | 'label'>): boolean {
    return this.all.some((each) => keyOf(each) === keyOf(flag));
  }

  /** Those of a trace, its spans included, or of one span. */
  public labelsOf(traceId: string, spanId?: string): string[] {
    return [...new Set(this.of(traceId, spanId).map(({ label }) => label))];
  }

  public of(traceId: string, spanId?: string): Flag[] {
    return (this.byTrace.get(traceId) ?? []).filter((flag) => spanId === undefined || flag.spanId === spanId);
  }

  /** In words, for the end of a tree. */
  public notesOf(traceId: string): string[] {
    return this.of(traceId).map(({ spanId, label, note, at }) => {
      const span = spanId === undefined ? '' : `, span ${spanId}`;
      return `flagged ${at.slice(0, 10)}${span}: ${label}${note === undefined ? '' : `, ${note}`}`;
    });
  }
}

const keyOf = ({ traceId, spanId = '', label }: Pick<Flag, 'traceId' | 'spanId' | 'label'>): string => `${traceId} ${spanId} ${label}`;

const MEMBERS = ['traceId', 'label', 'at'] as const;
const OPTIONAL = ['spanId', 'note'] as const;

const isFlag = (value: unknown): value is Flag =>
  isObject(value) &&
  MEMBERS.every((member) => typeof value[member] === 'string') &&
  OPTIONAL.every((member) => value[member] === undefined || typeof value[member] === 'string');
