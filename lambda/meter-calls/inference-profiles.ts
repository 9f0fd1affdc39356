import type { ResolvedProfiles } from '../../engine/metering/meter-environment';
import type { ProfileLookup } from './get-inference-profile.lazy';

/** How long an answer, and a failure, is believed. A profile never changes its model, but it can be deleted and made anew. */
const KEEP_MS = 6 * 3_600_000;
const RETRY_MS = 5 * 60_000;

/** Remembers the model behind each application inference profile. A profile that cannot be resolved stays without a price. */
export class InferenceProfiles implements ResolvedProfiles {
  /** Model or profile id, by the ARN of the application inference profile. */
  public readonly known = new Map<string, string>();
  private readonly until = new Map<string, number>();

  /** @param lookup loads the code that asks, which brings the SDK along: only done when there is something to ask */
  constructor(private readonly lookup: () => Promise<ProfileLookup>) {}

  public isFresh(arn: string, now: number): boolean {
    return (this.until.get(arn) ?? 0) > now;
  }

  /** Asks for every profile that is not known yet, all at once. */
  public async resolve(arns: Iterable<string>, now: number): Promise<void> {
    const stale = [...new Set(arns)].filter((arn) => !this.isFresh(arn, now));
    if (stale.length === 0) {
      return;
    }
    const ask = await this.lookup();
    await Promise.all(
      stale.map(async (arn) => {
        const model = await ask(arn).catch((error: unknown) => {
          console.warn(`inference profile ${arn} cannot be resolved: ${error instanceof Error ? error.name : 'unknown error'}`);
          return undefined;
        });
        if (model !== undefined) {
          this.known.set(arn, model);
        }
        this.until.set(arn, now + (model === undefined ? RETRY_MS : KEEP_MS));
      }),
    );
  }
}
