import { readRuntimeUsage, type RuntimeUsage } from '../../engine/agents/runtime-usage';
import { isObject } from '../../engine/records/json';
import type { Source } from '../input/source';
import { readJsonValues } from '../input/json-values';

/** Members in which a tool or a service wraps an event. */
const WRAPPERS = ['events', 'logEvents', 'results', 'message', '@message', 'value'];
const MAX_DEPTH = 6;

export interface UsageReader {
  usage(usage: RuntimeUsage): void;
  unreadable(line: number): void;
}

/** Events of USAGE_LOGS, as they are or in what the AWS CLI and Logs Insights put around them. */
export async function readUsage(source: Source, reader: UsageReader): Promise<void> {
  await readJsonValues(source, {
    value: (value) => {
      const found = usageIn(value, MAX_DEPTH);
      found.forEach((usage) => reader.usage(usage));
      return found.length > 0;
    },
    unreadable: (line) => reader.unreadable(line),
  });
}

function usageIn(value: unknown, depth: number): RuntimeUsage[] {
  if (depth === 0) return [];
  if (typeof value === 'string') return value.startsWith('{') ? usageIn(parsed(value), depth - 1) : [];
  if (Array.isArray(value)) return value.flatMap((each) => usageIn(each, depth - 1));
  if (!isObject(value)) return [];
  const usage = readRuntimeUsage(value);
  return usage ? [usage] : WRAPPERS.flatMap((name) => (Object.hasOwn(value, name) ? usageIn(value[name], depth - 1) : []));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
