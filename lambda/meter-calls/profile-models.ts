import { parseJson } from '../shared/parse-json';

const RETRY_MS = 5 * 60_000;

/** The user's own models behind ARNs. They are read once; while they cannot be read, calls are metered without them. */
export class ProfileModels {
  private retryAt = 0;

  /**
   * @param read reads the models as JSON
   * @param known takes them
   * @param addFailed is told of each time that they could not be read
   */
  constructor(
    private readonly read: () => Promise<string>,
    private readonly known: (models: ReadonlyArray<[arn: string, model: string]>) => void,
    private readonly addFailed: (count: number) => void,
  ) {}

  /** To be awaited before each batch. */
  public async prepare(now: number): Promise<void> {
    if (now < this.retryAt) {
      return;
    }
    this.retryAt = now + RETRY_MS;
    try {
      const models = parseJson(await this.read(), 'the profile map') as Record<string, string>;
      this.known(Object.entries(models));
      this.retryAt = Infinity;
    } catch (error) {
      this.addFailed(1);
      console.warn(
        `the profile map cannot be read, calls of its profiles may be unpriced: ${error instanceof Error ? error.name : 'unknown error'}`,
      );
    }
  }
}
