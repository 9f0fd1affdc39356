import { isDeepStrictEqual } from 'node:util';
import { parseJson } from '../shared/parse-json';
import type { LogGroup, Settings } from './log-group';

/** In the order in which they are set: what is written meanwhile is masked as early as can be. */
const ORDER: ReadonlyArray<keyof Settings> = ['dataProtection', 'encryptionKey', 'retention'];

/**
 * Gives a log group what it is to have. What somebody else has set is kept: only what is not set, or is still what this stack set
 * before, is changed.
 *
 * @param before what this stack wanted when it was last deployed
 * @returns the settings that were kept although something else is wanted
 */
export async function configure(logGroup: LogGroup, wanted: Settings, before: Settings): Promise<string[]> {
  await logGroup.make();
  const actual = await logGroup.settings();
  const kept: string[] = [];
  for (const setting of ORDER) {
    const [is, want, was] = [actual[setting], wanted[setting], before[setting]];
    if (isSame(is, want)) continue;
    if (is === undefined || isSame(is, was)) {
      await logGroup.set(setting, want);
    } else if (want !== undefined) {
      kept.push(setting);
    }
  }
  return kept;
}

/** Policies come back in another layout than they were put. */
function isSame(one: string | undefined, other: string | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && isDeepStrictEqual(parsed(one), parsed(other)));
}

function parsed(text: string): unknown {
  try {
    return parseJson(text, 'a policy');
  } catch {
    return text;
  }
}
