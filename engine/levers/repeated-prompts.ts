import type { LeverText } from './levers';
import type { PricedCalls } from './priced-calls';

/** How long a prompt stays in the cache after it was written or read. Source: "Prompt caching" in the user guide of Bedrock. */
const LIFETIME_MS = 300_000;

/** The largest of the minimum lengths of a cached prompt that the same page names for a model. */
const CACHEABLE_TOKENS = 4096;

export const REPEATED_PROMPTS: LeverText = {
  name: 'cache repeated prompts',
  assumes: `a cache point at the end of prompts of ${CACHEABLE_TOKENS.toLocaleString('en-US')} tokens or more that come again within 5 minutes, and a hit each time they do`,
  changes: 'less latency where there is a hit; the request needs a cache point',
};

/** A call as it would have been with a cache point at the end of its prompt. */
export interface CachedCall {
  readonly call: PricedCalls;
  readonly isHit: boolean;
}

/** Calls that are compared at most: one small object for each of them is held. */
export const MAX_CALLS = 500_000;

/** Finds prompts that came again before a cache would have forgotten them. */
export class RepeatedPrompts {
  /** Calls beyond the limit, whose prompts were compared with none. */
  public notCompared = 0;
  private readonly callsByPrompt = new Map<string, PricedCalls[]>();
  private compared = 0;

  constructor(private readonly limit = MAX_CALLS) {}

  /** @param prompt what two calls have in common if and only if their prompts, and the caches that hold them, are the same */
  public add(prompt: string, call: PricedCalls): void {
    if (call.contextTokens < CACHEABLE_TOKENS || call.usage.input === 0) return;
    if (this.compared >= this.limit) {
      this.notCompared += 1;
      return;
    }
    this.compared += 1;
    const calls = this.callsByPrompt.get(prompt);
    if (calls) calls.push(call);
    else this.callsByPrompt.set(prompt, [call]);
  }

  /** The calls of each prompt that would have been hit at least once. All but the hits would have paid for a cache write. */
  public get cached(): ReadonlyArray<readonly CachedCall[]> {
    return [...this.callsByPrompt.values()]
      .filter(({ length }) => length > 1)
      .map((calls) => {
        const inOrder = [...calls].sort((a, b) => a.time - b.time);
        return inOrder.map((call, at) => ({ call, isHit: at > 0 && call.time - inOrder[at - 1]!.time < LIFETIME_MS }));
      })
      .filter((calls) => calls.some(({ isHit }) => isHit));
  }
}
