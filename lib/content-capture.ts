/**
 * The kinds of content that are logged beside the metadata of a call.
 */
export interface ContentCaptureOptions {
  /**
   * Whether prompts and answers in text are logged.
   *
   * @default false
   */
  readonly text?: boolean;

  /**
   * Whether images are logged.
   *
   * @default false
   */
  readonly image?: boolean;

  /**
   * Whether embeddings are logged.
   *
   * @default false
   */
  readonly embedding?: boolean;

  /**
   * Whether video is logged.
   *
   * @default false
   */
  readonly video?: boolean;

  /**
   * Whether audio is logged.
   *
   * @default false
   */
  readonly audio?: boolean;
}

/**
 * How much of each model call is logged.
 *
 * Model, caller, time and token counts are logged in any case, and are all that most of the cost needs. Latency, the stop
 * reason and the lifetime of cache writes are known only where text is logged.
 */
export class ContentCapture {
  /**
   * No content: who called which model when, and how many tokens it took.
   */
  public static readonly METADATA_ONLY = new ContentCapture({});

  /**
   * Prompts and answers in text, and nothing else.
   */
  public static readonly TEXT = new ContentCapture({ text: true });

  /**
   * Chosen kinds of content.
   *
   * @param kinds the kinds to log
   */
  public static of(kinds: ContentCaptureOptions): ContentCapture {
    return new ContentCapture(kinds);
  }

  /**
   * Whether text is logged.
   */
  public readonly text: boolean;

  /**
   * Whether images are logged.
   */
  public readonly image: boolean;

  /**
   * Whether embeddings are logged.
   */
  public readonly embedding: boolean;

  /**
   * Whether video is logged.
   */
  public readonly video: boolean;

  /**
   * Whether audio is logged.
   */
  public readonly audio: boolean;

  private constructor(kinds: ContentCaptureOptions) {
    this.text = kinds.text ?? false;
    this.image = kinds.image ?? false;
    this.embedding = kinds.embedding ?? false;
    this.video = kinds.video ?? false;
    this.audio = kinds.audio ?? false;
  }
}
