import type { ResolvedProfiles } from '../../engine/metering/meter-environment';
import type { ProfileLookup } from './get-inference-profile.lazy';

/** How long an answer holds. A profile never changes its model, but it can be deleted and made anew. */
const KEEP_MS = 6 * 3_600_000;
/** How long until a profile that could not be resolved is asked for again. */
const RETRY_MS = 5 * 60_000;

/** Remembers the model behind each application inference profile. Calls of a profile that cannot be resolved are unpriced. */
export class InferenceProfiles implements ResolvedProfiles {
  /** Model or profile id, by the ARN of the application inference profile. */
  public readonly known = new Map<string, string>();
  private readonly freshUntil = new Map<string, number>();

  /** @param loadLookup loads the look-up and with it the SDK, which most functions never need */
  constructor(private readonly loadLookup: () => Promise<ProfileLookup>) {}

  public isFresh(arn: string, now: number): boolean {
    return (this.freshUntil.get(arn) ?? 0) > now;
  }

  public async resolve(arns: Iterable<string>, now: number): Promise<void> {
    const stale = [...new Set(arns)].filter((arn) => !this.isFresh(arn, now));
    if (stale.length === 0) {
      return;
    }
    const lookup = await this.loadLookup();
    await Promise.all(stale.map((arn) => this.resolveOne(arn, lookup, now)));
  }

  private async resolveOne(arn: string, lookup: ProfileLookup, now: number): Promise<void> {
    const model = await lookup(arn).catch((error: unknown) => {
      console.warn(`inference profile ${arn} cannot be resolved: ${error instanceof Error ? error.name : 'unknown error'}`);
      return undefined;
    });
    if (model !== undefined) {
      this.known.set(arn, model);
    }
    this.freshUntil.set(arn, now + (model === undefined ? RETRY_MS : KEEP_MS));
  }
}
