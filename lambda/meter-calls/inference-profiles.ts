import type { ResolvedProfiles } from '../../engine/metering/meter-environment';
import type { ProfileLookup } from './get-inference-profile.lazy';
import { NotTried } from '../shared/look-ups';

/** How long an answer holds. A profile never changes its model, but it can be deleted and made anew. */
const KEEP_MS = 6 * 3_600_000;
/** How long until a profile that could not be resolved is asked for again. */
const RETRY_MS = 5 * 60_000;

/** How many requests are under way at a time. */
const CONCURRENCY = 20;

/** Records can name any number of profiles. When there are this many, the answers that no longer hold are dropped. */
const MAX_PROFILES = 10_000;

/** Profiles that a warning names. */
const NAMED = 3;

/** Remembers the model behind each application inference profile. Calls of a profile that cannot be resolved are unpriced. */
export class InferenceProfiles implements ResolvedProfiles {
  /** Model or profile id, by the ARN of the application inference profile. */
  public readonly known = new Map<string, string>();
  private readonly freshUntil = new Map<string, number>();

  /**
   * @param loadLookup loads the look-up and with it the SDK, which most functions never need
   * @param addFailed is told how many profiles could not be resolved
   */
  constructor(
    private readonly loadLookup: () => Promise<ProfileLookup>,
    private readonly addFailed: (count: number) => void = () => undefined,
  ) {}

  /** Models that the user names: they are never asked for. */
  public addKnown(models: ReadonlyArray<[arn: string, model: string]>): void {
    for (const [arn, model] of models) {
      this.known.set(arn, model);
      this.freshUntil.set(arn, Infinity);
    }
  }

  public isFresh(arn: string, now: number): boolean {
    return (this.freshUntil.get(arn) ?? 0) > now;
  }

  public async resolve(arns: Iterable<string>, now: number): Promise<void> {
    const stale = [...new Set(arns)].filter((arn) => !this.isFresh(arn, now));
    if (stale.length === 0) {
      return;
    }
    this.dropOld(now);
    const failures = new Map<string, string[]>();
    try {
      const lookup = await this.loadLookup();
      const next = stale.values();
      const work = async (): Promise<void> => {
        for (const arn of next) {
          await this.resolveOne(arn, lookup, now, failures);
        }
      };
      await Promise.all(Array.from({ length: Math.min(CONCURRENCY, stale.length) }, work));
    } catch (error) {
      failures.set(reasonOf(error), stale);
    }
    failures.forEach((failed, reason) => {
      this.addFailed(failed.length);
      warn(failed, reason);
    });
  }

  private async resolveOne(arn: string, lookup: ProfileLookup, now: number, failures: Map<string, string[]>): Promise<void> {
    try {
      const model = await lookup(arn);
      if (model !== undefined) {
        this.known.set(arn, model);
        this.freshUntil.set(arn, now + KEEP_MS);
        return;
      }
      addTo(failures, 'it has no model, or several', arn);
    } catch (error) {
      addTo(failures, reasonOf(error), arn);
      if (error instanceof NotTried) {
        return;
      }
    }
    this.freshUntil.set(arn, now + RETRY_MS);
  }

  private dropOld(now: number): void {
    if (this.freshUntil.size < MAX_PROFILES) {
      return;
    }
    for (const [arn, until] of this.freshUntil) {
      if (until <= now) {
        this.freshUntil.delete(arn);
        this.known.delete(arn);
      }
    }
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown error');

function addTo(failures: Map<string, string[]>, reason: string, arn: string): void {
  const arns = failures.get(reason) ?? [];
  arns.push(arn);
  failures.set(reason, arns);
}

/** One line for all profiles that failed for the same reason: a batch can name thousands. */
function warn(arns: readonly string[], reason: string): void {
  const named = arns.slice(0, NAMED).join(', ') + (arns.length > NAMED ? ' …' : '');
  console.warn(`${arns.length} application inference profiles cannot be resolved, their calls are unpriced: ${reason} (${named})`);
}
