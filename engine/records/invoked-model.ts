import { pathsOf } from './dialects';
import { readText, valueAt } from './json';

const INVOKED_MODEL = pathsOf(({ response }) => response?.invokedModel);

/** The model that a prompt router invoked, as the trace in the response names it. */
export function invokedModel(outputBody: unknown): string | undefined {
  if (outputBody === undefined) {
    return undefined;
  }
  const chunks = Array.isArray(outputBody) ? outputBody : [outputBody];
  for (const chunk of chunks) {
    for (const path of INVOKED_MODEL) {
      const model = readText(valueAt(chunk, path));
      if (model !== undefined) return model;
    }
  }
  return undefined;
}
