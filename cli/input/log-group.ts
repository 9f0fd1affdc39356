import type { LogGroupsProps } from './log-groups.lazy.js';
import type { Source } from './source';

/** The events of log groups, read with the user's credentials. The client is loaded when it is needed. */
export async function* sourcesOfLogGroups(props: LogGroupsProps): AsyncGenerator<Source> {
  const { logGroupSources } = await import('./log-groups.lazy.js');
  yield* logGroupSources(props);
}
