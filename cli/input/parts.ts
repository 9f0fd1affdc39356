import { ByteReader } from './byte-reader';
import { namedPackingOf, HEAD_SIZE, type Packing, type PackingName, packingOf } from './compression';
import { skipDamage } from './seams';
import type { Source, StoredFile } from './source';
import { textOf } from './text-of-part';

/** A part of a file: text in UTF-8, or what is left as it is for a reader of its own. It is to be read before the next one. */
export interface Part {
  readonly bytes: ByteReader;
  /** Absent for text. */
  readonly packing?: Packing;
}

export interface PartOptions {
  /** The name of the file, which can tell how it is packed. */
  readonly name?: string;
  /** A packing that is left as it is. */
  readonly kept?: PackingName;
}

/** Firehose compresses what a subscription has compressed already. More layers than these are a mistake or an attack. */
const MAX_LAYERS = 4;

/** As many pieces of unpacked text as are compared with what follows damage. */
const MAX_RECENT = 2;

/** Why something packed cannot be read, with the command that can read it. */
export const unreadable = ({ name, command }: Pick<Packing, 'name' | 'command'>): string =>
  `${name} data cannot be read here: pipe the output of ${command} into this command, with - as its path`;

/**
 * The parts of a file, one after the other, each with a packing and an encoding of its own: files are joined as they are, whatever
 * they have in them. A part that is damaged throws when it is read; the next one is looked for behind the damage.
 *
 * @throws for a packing that Node.js cannot unpack. The message names a command that can
 */
export async function* partsOf(bytes: ByteReader, { name = '', kept }: PartOptions = {}, layers = 0): AsyncGenerator<Part> {
  let named = layers === 0 ? namedPackingOf(name) : undefined;
  while (!(await bytes.isAtEnd())) {
    const known = packingOf(await bytes.peek(HEAD_SIZE));
    const packing = known ?? named;
    named = undefined;
    if (!packing) yield { bytes: new ByteReader(textOf(bytes)) };
    else if (known && (known.entries || known.name === kept)) yield { bytes, packing: known };
    else if (!packing.unpack) throw new Error(unreadable(packing));
    else if (layers + 1 === MAX_LAYERS) throw new Error(`it is compressed more than ${MAX_LAYERS - 1} times`);
    else yield* unpackedParts(bytes, packing, { kept }, layers + 1);
  }
}

async function* unpackedParts(
  bytes: ByteReader,
  packing: Pick<Packing, 'unpack'>,
  options: PartOptions,
  layers: number,
): AsyncGenerator<Part> {
  const recent: Buffer[] = [];
  const unpacked = new ByteReader(together(bytes, packing, recent));
  yield* partsOf(unpacked, options, layers);
  if (unpacked.isBroken) await skipDamage(bytes, recent);
}

/**
 * Text goes on from one packed piece to the next one of the same kind.
 *
 * @param recent gets the last pieces of it
 */
async function* together(bytes: ByteReader, packing: Pick<Packing, 'unpack'>, recent: Buffer[]): AsyncGenerator<Buffer> {
  do {
    for await (const chunk of packing.unpack!(bytes)) {
      if (recent.push(chunk) > MAX_RECENT) recent.shift();
      yield chunk;
    }
  } while (packingOf(await bytes.peek(HEAD_SIZE)) === packing);
}

/** A file that is known to be no archive. */
export const sourceOf = (file: StoredFile): Source => ({ name: file.name, parts: () => opened(file) });

async function* opened(file: StoredFile): AsyncGenerator<Part> {
  yield* partsOf(new ByteReader(await file.open()), file);
}
