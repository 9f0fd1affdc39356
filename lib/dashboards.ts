import { Construct } from 'constructs';
import { Audience } from './audience';
import { AudienceDashboard } from './audience-dashboard';
import { DashboardSegment, DashboardSegmentOptions } from './dashboard-segment';
import { DashboardSources } from './dashboard-sources';
import { SavedQueries } from './saved-queries';

/**
 * Choices about dashboards that hold wherever their answers come from.
 */
export interface DashboardsOptions extends DashboardSegmentOptions {
  /**
   * Who gets a dashboard.
   *
   * @default - executives, FinOps, DevOps, developers and security; agents too where spans are given
   */
  readonly audiences?: Audience[];

  /**
   * Who answers for what the dashboards show.
   *
   * @default - no owner is named
   */
  readonly owner?: string;

  /**
   * Links in the headers by their text, for example to runbooks.
   *
   * @default - only the saved queries are linked
   */
  readonly links?: { [text: string]: string };

  /**
   * The Regions among which a viewer can choose. Alarms and tables stay with the Region of the stack.
   *
   * @default - the Region of the stack, without a choice
   */
  readonly regions?: string[];
}

/**
 * Properties for defining Dashboards.
 */
export interface DashboardsProps extends DashboardsOptions {
  /**
   * Where the answers come from.
   */
  readonly sources: DashboardSources;
}

/**
 * A dashboard for each audience, and the saved queries that go further than they do.
 */
export class Dashboards extends Construct {
  /**
   * The dashboards, in the order of their audiences.
   */
  public readonly audienceDashboards: AudienceDashboard[];

  /**
   * The saved queries. Without a log group to query there are none.
   */
  public readonly savedQueries?: SavedQueries;

  constructor(scope: Construct, id: string, props: DashboardsProps) {
    super(scope, id);

    const { audiences, sources } = props;
    const { ledgerLogGroup, spansLogGroup, trailLogGroup, invocationLogGroup } = sources;
    const chosen = audiences ?? Object.values(Audience).filter((audience) => audience !== Audience.AGENTS || spansLogGroup !== undefined);
    if (new Set(chosen).size !== chosen.length) {
      throw new Error(`'audiences' must name each audience once, got '${chosen.join(', ')}'`);
    }
    const left = leftOut(chosen, props);

    this.audienceDashboards = chosen.map(
      (audience) => new AudienceDashboard(this, audience, { ...props, audience, without: left.get(audience) }),
    );
    if (ledgerLogGroup ?? spansLogGroup ?? trailLogGroup ?? invocationLogGroup) {
      this.savedQueries = new SavedQueries(this, 'SavedQueries', { sources });
    }
  }
}

/** Which widgets each dashboard leaves out, of those that it has. */
function leftOut(audiences: Audience[], { sources, without = [] }: DashboardsProps): Map<Audience, string[]> {
  const left = new Map<Audience, string[]>();
  for (const audience of without.length ? audiences : []) {
    const ids = new DashboardSegment({ audience, sources }).dashboardWidgets.map(({ id }) => id);
    left.set(
      audience,
      without.filter((id) => ids.includes(id)),
    );
  }
  const unknown = without.find((id) => ![...left.values()].flat().includes(id));
  if (unknown !== undefined) {
    throw new Error(`'without' must name widgets that one of the dashboards has, got '${unknown}'`);
  }
  return left;
}
