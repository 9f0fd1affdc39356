import type { Json } from '../records/json';
import { attributesOf, firstOf } from './attributes';
import { readId, readLabel, readWord } from './readers';
import { RESOURCE_KEYS } from './span-keys';

/** What is known about the service that wrote a span. */
export interface Resource {
  /** `service.name`. */
  readonly service?: string;
  readonly region?: string;
  /** The AgentCore runtime that it runs in: what a span belongs to that names no agent. */
  readonly runtime?: string;
}

const RUNTIME = /:runtime\/([\w-]+)/;

/** Spans in a row have one resource, as in OTLP/JSON, where it is written once for many of them. */
let last: { readonly raw: Json | undefined; readonly resource: Resource } | undefined;

export function resourceOf(raw: Json | undefined): Resource {
  if (!last || last.raw !== raw) last = { raw, resource: readResource(raw) };
  return last.resource;
}

function readResource(raw: Json | undefined): Resource {
  const attributes = attributesOf(raw?.attributes);
  return {
    service: firstOf(attributes, RESOURCE_KEYS.service, readLabel),
    region: firstOf(attributes, RESOURCE_KEYS.region, readWord),
    runtime: RUNTIME.exec(firstOf(attributes, RESOURCE_KEYS.resourceId, readId) ?? '')?.[1],
  };
}
