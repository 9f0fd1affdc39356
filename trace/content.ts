import type { Attributes } from '@opentelemetry/api';
import { jsonText } from '../engine/records/json-text';
import { readText } from '../engine/records/json';
import { ContentAttributes, OpenInferenceAttributes } from '../engine/telemetry/span-attributes';
import type { TracedContent, TraceOptions } from './options';

const MAX_LENGTH = 16_000;

/** The texts of one span, of the kinds that were asked for. */
export class Contents {
  private readonly texts: Record<string, string> = {};

  constructor(private readonly options: TraceOptions) {}

  public wants(kind: keyof TracedContent): boolean {
    return this.options.content?.[kind] === true;
  }

  /** @param read is called only where the kind was asked for */
  public add(kind: keyof TracedContent, attribute: string, read: () => unknown): void {
    if (!this.wants(kind)) return;
    const value = read();
    const text = value === undefined ? undefined : typeof value === 'string' ? value : jsonText(value);
    if (text) this.texts[attribute] = text.slice(0, this.options.maxContentLength ?? MAX_LENGTH);
  }

  public get attributes(): Attributes {
    const { texts } = this;
    if (!this.options.openInference) return texts;
    const [input, output] = [texts[ContentAttributes.INPUT], texts[ContentAttributes.OUTPUT]];
    return {
      ...texts,
      ...(input !== undefined && { [OpenInferenceAttributes.INPUT]: input }),
      ...(output !== undefined && { [OpenInferenceAttributes.OUTPUT]: output }),
    };
  }
}

/** A text as the conventions write a message; undefined where there is none. */
export function message(role: string, text: unknown): unknown {
  const content = readText(text);
  return content === undefined ? undefined : [{ role, parts: [{ type: 'text', content }] }];
}
