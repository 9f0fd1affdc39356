import type { LogGroupsProps } from './log-groups.lazy.js';
import { sourceOf } from './parts';
import type { Source } from './source';

/** The events of log groups, read with the user's credentials. The client is loaded when it is needed. */
export async function* sourcesOfLogGroups(props: LogGroupsProps): AsyncGenerator<Source> {
  const { logGroupSources } = await import('./log-groups.lazy.js');
  for await (const group of logGroupSources(props)) yield sourceOf(group);
}
