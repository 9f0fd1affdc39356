import type { PromptHash } from '../../engine/metering/meter-environment';

const RETRY_MS = 5 * 60_000;

/** Makes the hash of prompts ready once. While its key cannot be read, calls are metered without hashes. */
export class PromptHashing {
  private hash?: PromptHash;
  private retryAt = 0;

  /** @param addFailed is told of each time that the key could not be read */
  constructor(
    private readonly prepare: () => Promise<PromptHash>,
    private readonly addFailed: (count: number) => void = () => undefined,
  ) {}

  public async get(now: number): Promise<PromptHash | undefined> {
    if (this.hash === undefined && now >= this.retryAt) {
      this.retryAt = now + RETRY_MS;
      try {
        this.hash = await this.prepare();
      } catch (error) {
        this.addFailed(1);
        const reason = error instanceof Error ? error.name : 'unknown error';
        console.warn(`the prompt hash key cannot be read, prompts are not hashed: ${reason}`);
      }
    }
    return this.hash;
  }
}
