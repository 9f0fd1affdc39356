import { DIALECTS } from './dialects';
import { readName, readNumber, valueAt, type Json } from './json';

const IMAGE_ROWS = Object.values(DIALECTS).flatMap(({ request }) => request?.image ?? []);

/**
 * The size and the quality of the images that a request asks for, which decide their price. Where the request names neither,
 * they are those that the API documents as its defaults, flagged.
 */
export function imageSpec(request: Json | undefined, flags: string[]): Record<string, string> | undefined {
  for (const { width, height, quality, defaults } of IMAGE_ROWS) {
    const task = valueAt(request, defaults.task);
    const asked = { width: readSide(request, width), height: readSide(request, height), quality: readName(valueAt(request, quality)) };
    const isSized = defaults.sizedTasks.some((name) => name === task);
    const isImageTask = isSized || defaults.editingTasks.some((name) => name === task);
    if (!isImageTask && Object.values(asked).every((value) => value === undefined)) continue;

    const sides = isSized ? defaults.sidePixels : undefined;
    const filled = { width: asked.width ?? sides, height: asked.height ?? sides, quality: asked.quality ?? defaults.quality };
    if (filled.width !== asked.width || filled.height !== asked.height || filled.quality !== asked.quality) {
      flags.push('imageDefaults');
    }
    const size = filled.width !== undefined && filled.height !== undefined ? { size: `${filled.width}x${filled.height}` } : undefined;
    return { ...size, quality: filled.quality };
  }
  return undefined;
}

function readSide(request: Json | undefined, path: string): number | undefined {
  const side = readNumber(valueAt(request, path));
  return side !== undefined && side > 0 ? side : undefined;
}
