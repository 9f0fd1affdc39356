import { type OtlpPoint, OtlpPoints } from '../../engine/metering/otlp-points';
import { otlpRequest } from '../../engine/metering/otlp-request';
import type { MinuteReadings } from '../../engine/metering/otlp-readings';
import type { OtlpConfig } from '../../engine/metering/otlp-config';
import { withDeadline } from '../shared/deadline';
import { isForNow, post, RefusedError } from './otlp-post';

/** The headers of a request, for its address and body. */
export type Authorize = (endpoint: string, body: string) => Promise<Readonly<Record<string, string>>>;

interface OtlpExportProps {
  readonly config: OtlpConfig;
  /** The instrumentation scope. */
  readonly scope: string;
  readonly loadAuthorize: (signal: AbortSignal) => Promise<Authorize>;
  readonly clock: () => number;
  /** Called for each attempt that failed. */
  readonly onFailed: () => void;
}

/** CloudWatch takes 1,000 points and 1 MB in a request; a point has 300 to 450 bytes. */
const POINTS_OF_REQUEST = 500;
/** What is kept while the destination is down, about 10 MB. */
const MAX_PENDING = 20_000;
/** How long a destination that failed is left alone. */
const PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 600_000;
/** Headers are read beside the metering: a function that has just started loads an SDK for that. */
const HEADERS_MS = 4_000;

/**
 * Sends metrics over OTLP once their batch is written. A destination that fails costs one batch less than a second, and the
 * others nothing: from then on it is tried again beside the metering of later batches, with all points since then.
 */
export class OtlpExport {
  private readonly points: OtlpPoints;
  private pending = new Map<string, OtlpPoint>();
  private lost = 0;
  private pausedUntil?: number;
  private attempt?: Promise<void>;
  private authorizing?: Promise<void>;
  private authorized?: Authorize;
  private hasWaited = false;

  constructor(private readonly props: OtlpExportProps) {
    this.points = new OtlpPoints(props.config.temporality, props.clock());
  }

  /** To be called before each batch: what takes time is done while the batch is metered. */
  public begin(): void {
    const { clock } = this.props;
    if (this.pausedUntil === undefined) {
      void this.authorize();
    } else if (clock() >= this.pausedUntil && this.attempt === undefined) {
      this.attempt = this.send().finally(() => (this.attempt = undefined));
    }
  }

  /** Never fails. */
  public async export(minutes: readonly MinuteReadings[]): Promise<void> {
    const { clock } = this.props;
    this.keep(this.points.of(minutes, clock()));
    // Only one batch waits for the headers.
    const isReady = this.authorized !== undefined || !this.hasWaited;
    this.hasWaited = true;
    if (isReady && this.pausedUntil === undefined && this.attempt === undefined) {
      await this.send();
    }
  }

  private keep(points: readonly OtlpPoint[]): void {
    for (const point of points) {
      // At the end, where the newest points are.
      this.pending.delete(point.key);
      this.pending.set(point.key, point);
    }
    for (const key of this.pending.keys()) {
      if (this.pending.size <= MAX_PENDING) {
        break;
      }
      this.pending.delete(key);
      this.lost += 1;
    }
  }

  private async send(): Promise<void> {
    const { config } = this.props;
    try {
      await withDeadline('the OTLP destination', config.timeoutMs, (signal) => this.sendAll(signal));
      if (this.authorized) {
        this.recover();
      }
    } catch (error) {
      // Without headers nothing was sent, and what happened to them is reported where they are read.
      if (this.authorized) {
        this.fail(error as Error);
      }
    }
  }

  private async sendAll(signal: AbortSignal): Promise<void> {
    const { config, scope } = this.props;
    await this.authorize();
    while (this.authorized && this.pending.size > 0 && !signal.aborted) {
      const points = [...this.pending.values()].slice(0, POINTS_OF_REQUEST);
      const body = otlpRequest(points, { ...config, scope });
      const headers = await this.authorized(config.endpoint, body);
      try {
        await post(config.endpoint, { body, headers, signal });
        this.forget(points);
      } catch (error) {
        if (!isForNow(error)) {
          // It would be refused again.
          this.forget(points);
          this.lost += points.length;
        }
        throw error;
      }
    }
  }

  /** Points of a series may have been replaced by newer ones meanwhile. */
  private forget(points: readonly OtlpPoint[]): void {
    for (const point of points) {
      if (this.pending.get(point.key) === point) {
        this.pending.delete(point.key);
      }
    }
  }

  /** Never fails. */
  private authorize(): Promise<void> {
    this.authorizing ??= this.readHeaders();
    return this.authorizing;
  }

  private async readHeaders(): Promise<void> {
    try {
      this.authorized = await withDeadline('the headers of the OTLP destination', HEADERS_MS, this.props.loadAuthorize);
    } catch (error) {
      this.authorizing = undefined;
      this.fail(error as Error);
    }
  }

  private recover(): void {
    if (this.pausedUntil !== undefined) {
      warn(`the OTLP destination takes metrics again; ${this.lost} data points were lost`);
      this.lost = 0;
    }
    this.pausedUntil = undefined;
  }

  private fail(error: Error): void {
    const { clock, onFailed } = this.props;
    const { status = 0, retryAfterMs = 0 } = error instanceof RefusedError ? error : {};
    if (status === 401 || status === 403) {
      // The secret may have been rotated.
      this.authorizing = this.authorized = undefined;
    }
    const pause = Math.min(Math.max(PAUSE_MS, retryAfterMs), LONGEST_PAUSE_MS);
    if (this.pausedUntil === undefined) {
      warn(`metrics are not sent over OTLP, and tried again after ${pause / 1000} s: ${error.message}`);
    }
    this.pausedUntil = clock() + pause;
    onFailed();
  }
}

function warn(message: string): void {
  console.warn(JSON.stringify({ level: 'WARN', message }));
}
