const RETRY_MS = 5 * 60_000;

/** The secret that keys prompt hashes, fetched once. Without it calls are metered all the same, only unhashed. */
export class PromptHashKey {
  private key?: string;
  private retryAt = 0;

  constructor(private readonly fetch: () => Promise<string>) {}

  public async get(now: number): Promise<string | undefined> {
    if (this.key === undefined && now >= this.retryAt) {
      this.retryAt = now + RETRY_MS;
      try {
        this.key = await this.fetch();
      } catch (error) {
        console.warn(
          `the prompt hash key cannot be read, prompts are not hashed: ${error instanceof Error ? error.name : 'unknown error'}`,
        );
      }
    }
    return this.key;
  }
}
