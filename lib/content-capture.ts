/**
 * Options of `ContentCapture.of`: the kinds of content that are logged in addition to the metadata of a call.
 */
export interface ContentCaptureOptions {
  /**
   * Whether prompts and answers are logged as text.
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
 * The model, the caller, the time and the token counts are always logged, and suffice to price most calls. The latency, the stop
 * reason and the lifetime of cache writes are known only where text is logged.
 */
export class ContentCapture {
  /**
   * No content: only the model, the caller, the time and the token counts.
   */
  public static readonly METADATA_ONLY = new ContentCapture({});

  /**
   * Prompts and answers as text, and no other content.
   */
  public static readonly TEXT = new ContentCapture({ text: true });

  /**
   * Chosen kinds of content.
   *
   * @param options the kinds to log
   */
  public static of(options: ContentCaptureOptions): ContentCapture {
    return new ContentCapture(options);
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

  private constructor(options: ContentCaptureOptions) {
    this.text = options.text ?? false;
    this.image = options.image ?? false;
    this.embedding = options.embedding ?? false;
    this.video = options.video ?? false;
    this.audio = options.audio ?? false;
  }
}
