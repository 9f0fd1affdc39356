import { readObject, type Json } from '../records/json';
import { readId, readLabel, readTime, readWord } from './readers';

/** What a session used of an AgentCore runtime, browser or code interpreter during about a second: an event of its USAGE_LOGS. */
export interface RuntimeUsage {
  /** `runtime`, `browser` or `codeInterpreter`, as the names of the metrics have it. */
  readonly resource: string;
  readonly resourceArn?: string;
  readonly session?: string;
  readonly agent?: string;
  readonly region?: string;
  /** In milliseconds. */
  readonly time?: number;
  /** Absent where the event does not say it. */
  readonly vcpuHours?: number;
  readonly gbHours?: number;
  readonly seconds?: number;
}

const VCPU = /^(?:agent\.)?([A-Za-z_]{1,40})\.vcpu\.hours\.used$/;
const MEMORY = /^(?:agent\.)?([A-Za-z_]{1,40})\.memory\.gb_hours\.used$/;
const RUNTIME_ID = /:(?:runtime|browser(?:-custom)?|code-interpreter(?:-custom)?)\/([\w.-]+)/;

/** The end of the names of the metrics: a text without it is no such event. */
export const USAGE_MARK = 'hours.used';

/** More in one event is a mistake. */
const MAX_HOURS = 1e5;

/**
 * Reads an event of USAGE_LOGS; undefined for anything else, such as the plain text that a new delivery begins with.
 *
 * The fields are nested (`attributes`, `metrics`); the developer guide lists them flat, and names the metrics of tools without
 * `agent.` and the seconds `elapsed_time_seconds`, so all these forms are read.
 */
export function readRuntimeUsage(value: unknown): RuntimeUsage | undefined {
  const event = readObject(value);
  if (!event) return undefined;
  const metrics = readObject(event.metrics) ?? event;
  const vcpu = metricIn(metrics, VCPU);
  const memory = metricIn(metrics, MEMORY);
  const found = vcpu ?? memory;
  if (!found) return undefined;
  const attributes = readObject(event.attributes) ?? event;
  const resource = readObject(event.resource) ?? event;
  const resourceArn = readId(attributes['resource.id']) ?? readId(event.resource_arn);
  return {
    ...{ resource: found.resource, resourceArn, session: readId(attributes['session.id']) },
    agent: readLabel(attributes['agent.name']) ?? RUNTIME_ID.exec(resourceArn ?? '')?.[1],
    region: readWord(attributes.region) ?? readWord(resource['cloud.region']),
    time: readTime(event.event_timestamp),
    ...{ vcpuHours: vcpu?.hours, gbHours: memory?.hours },
    seconds: readHours(attributes.time_elapsed_seconds) ?? readHours(attributes.elapsed_time_seconds),
  };
}

function metricIn(metrics: Json, name: RegExp): { readonly resource: string; readonly hours: number } | undefined {
  for (const [key, value] of Object.entries(metrics)) {
    const [, resource] = name.exec(key) ?? [];
    const hours = resource === undefined ? undefined : readHours(value);
    if (hours !== undefined) return { resource: resource!, hours };
  }
  return undefined;
}

function readHours(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && number >= 0 && number < MAX_HOURS ? number : undefined;
}

/** The same for copies of one event, which logs deliver now and then. */
export const usageKey = ({ resource, resourceArn, session, time, vcpuHours, gbHours }: RuntimeUsage): string =>
  `${session} ${resource} ${resourceArn} ${time} ${vcpuHours} ${gbHours}`;
