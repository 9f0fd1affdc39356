import { readAmount } from './counters';
import type { EmbeddedPart } from './dialect';
import { DIALECTS, pathsOf } from './dialects';
import { isObject, readText, valueAt } from './json';
import type { Envelope } from './record-usage';

type Units = Record<string, number>;

const IMAGES = pathsOf(({ response }) => response?.images);
const EMBEDDED = Object.values(DIALECTS).flatMap(({ request }) => request?.embedded ?? []);

/** What a call consumed beside tokens, by the kind of the catalogue. Each counter is optional, and most records have none. */
export function recordUnits({ input, output, outputBody }: Envelope): Readonly<Units> | undefined {
  let units: Units | undefined;
  if (output) {
    units = withUnit(units, 'image', readAmount(output.outputImagesCount, 'outputImagesCount'));
    units = withUnit(units, 'searchUnit', readAmount(output.searchUnits, 'searchUnits'));
    units = withUnit(units, 'second', readAmount(output.outputVideoDurationSeconds, 'outputVideoDurationSeconds'));
    units = withUnit(units, 'outputAudioSecond', readAmount(output.outputAudioDurationSeconds, 'outputAudioDurationSeconds'));
  }
  if (input) {
    units = withUnit(units, 'audioSecond', readAmount(input.audioInputDurationSeconds, 'audioInputDurationSeconds'));
    units = withUnit(units, 'videoSecond', readAmount(input.videoInputDurationSeconds, 'videoInputDurationSeconds'));
  }
  return units?.image === undefined ? withUnit(units, 'image', imagesMade(outputBody)) : units;
}

function withUnit(units: Units | undefined, kind: string, amount: number | undefined): Units | undefined {
  return amount ? { ...units, [kind]: amount } : units;
}

function imagesMade(outputBody: unknown): number | undefined {
  if (outputBody === undefined) {
    return undefined;
  }
  for (const path of IMAGES) {
    const images = valueAt(outputBody, path);
    if (Array.isArray(images)) {
      return images.length;
    }
  }
  return undefined;
}

/** What a request embeds and is no text, if it is one to the model that the part names. */
export function embeddedPart(inputBody: unknown): EmbeddedPart | undefined {
  return EMBEDDED.find(({ path, where }) => {
    const part = valueAt(inputBody, path);
    const isThere = isObject(part) || readText(part) !== undefined;
    return isThere && (where === undefined || valueAt(inputBody, where.path) === where.is);
  });
}
