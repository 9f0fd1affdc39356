import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Span } from '../../engine/agents/span';
import type { StoredSpans } from '../../engine/agents/stored-runs';
import { Failure } from '../failure';

/** Spans that are held until they are written. */
const MAX_HELD = 5000;

/** Where the spans of a trace are in the file. */
interface Piece {
  readonly at: number;
  readonly length: number;
}

/**
 * Spans by trace, in any order and of any number. What memory should not hold is in a temporary file, which has no name any more
 * as soon as it is open, so nothing is left behind. It holds no text of users: spans never do.
 */
export class SpanStore implements StoredSpans {
  public size = 0;
  private readonly pieces = new Map<string, Piece[]>();
  private readonly held = new Map<string, Span[]>();
  private heldCount = 0;
  private file?: { readonly descriptor: number; readonly folder: string; length: number };

  constructor(private readonly parent = tmpdir()) {}

  public get traceIds(): Iterable<string> {
    return this.pieces.keys();
  }

  public add(span: Span): void {
    const { traceId } = span;
    if (!this.pieces.has(traceId)) this.pieces.set(traceId, []);
    const known = this.held.get(traceId);
    if (known) known.push(span);
    else this.held.set(traceId, [span]);
    this.size += 1;
    this.heldCount += 1;
    if (this.heldCount >= MAX_HELD) this.write();
  }

  public spansOf(traceId: string): Span[] {
    const written = (this.pieces.get(traceId) ?? []).flatMap((piece) => this.read(piece));
    return [...written, ...(this.held.get(traceId) ?? [])];
  }

  public close(): void {
    if (!this.file) return;
    closeSync(this.file.descriptor);
    rmSync(this.file.folder, { recursive: true, force: true });
    this.file = undefined;
  }

  private write(): void {
    const file = (this.file ??= createFile(this.parent));
    let at = file.length;
    const texts: Buffer[] = [];
    for (const [traceId, spans] of this.held) {
      const text = Buffer.from(JSON.stringify(spans));
      this.pieces.get(traceId)!.push({ at, length: text.length });
      at += text.length;
      texts.push(text);
    }
    const bytes = Buffer.concat(texts);
    for (let done = 0; done < bytes.length;) done += writeSync(file.descriptor, bytes, done, undefined, file.length + done);
    file.length = at;
    this.held.clear();
    this.heldCount = 0;
  }

  private read({ at, length }: Piece): Span[] {
    const bytes = Buffer.allocUnsafe(length);
    for (let done = 0; done < length;) done += readSync(this.file!.descriptor, bytes, done, length - done, at + done);
    return JSON.parse(bytes.toString()) as Span[];
  }
}

function createFile(parent: string) {
  try {
    const folder = mkdtempSync(join(parent, 'bedrock-observability-'));
    const descriptor = openSync(join(folder, 'spans'), 'wx+', 0o600);
    // Windows keeps a file that is open: there it is removed when it is closed.
    if (process.platform !== 'win32') rmSync(folder, { recursive: true, force: true });
    return { descriptor, folder, length: 0 };
  } catch (error) {
    throw new Failure(`more spans than memory should hold need a temporary file, which cannot be made: ${(error as Error).message}`);
  }
}
