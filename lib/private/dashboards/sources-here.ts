import { IConstruct } from 'constructs';
import type { DashboardSources } from '../../dashboard-sources';
import type { DashboardWidget } from '../../dashboard-widget';
import { requireSameEnvironment } from '../handed-in';
import { requireLedgerLines } from '../require-ledger';
import { requireUsable } from '../usable';

/** The log groups of dashboards: their widgets and queries read the Region of the stack. */
export function requireSourcesHere(scope: IConstruct, sources: DashboardSources, widgets: readonly DashboardWidget[] = []): void {
  const { ledgerLogGroup, invocationLogGroup, trailLogGroup, agentLogGroup, spanLogGroups = [] } = sources;
  widgets.forEach(({ _props: { logGroup, moreLogGroups = [] } }) => {
    requireSameEnvironment(scope, 'logGroup', logGroup);
    moreLogGroups.forEach((more) => requireSameEnvironment(scope, 'moreLogGroups', more));
  });
  [sources, ...(sources.rollUp ?? [])].forEach((each) => requireUsable(each));
  Object.entries({ ledgerLogGroup, invocationLogGroup, trailLogGroup, agentLogGroup }).forEach(([prop, logGroup]) =>
    requireSameEnvironment(scope, `sources.${prop}`, logGroup),
  );
  requireLedgerLines('sources.ledgerLogGroup', ledgerLogGroup);
  requireSameEnvironment(scope, 'sources.ledgerTable', sources.ledgerTable?.bucket);
  spanLogGroups.forEach((logGroup) => requireSameEnvironment(scope, 'sources.spanLogGroups', logGroup));
}
