import type { PromptHash } from '../../engine/metering/meter-environment';

const RETRY_MS = 5 * 60_000;

/** The hash of prompts, made ready once. While its key cannot be had, calls are metered all the same, only unhashed. */
export class PromptHashing {
  private hash?: PromptHash;
  private retryAt = 0;

  constructor(private readonly prepare: () => Promise<PromptHash>) {}

  public async get(now: number): Promise<PromptHash | undefined> {
    if (this.hash === undefined && now >= this.retryAt) {
      this.retryAt = now + RETRY_MS;
      try {
        this.hash = await this.prepare();
      } catch (error) {
        console.warn(
          `the prompt hash key cannot be read, prompts are not hashed: ${error instanceof Error ? error.name : 'unknown error'}`,
        );
      }
    }
    return this.hash;
  }
}
