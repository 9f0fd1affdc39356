import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { Audience } from './audience';
import { AudienceDashboard } from './audience-dashboard';
import { DashboardSegmentOptions } from './dashboard-segment';
import { DashboardSources } from './dashboard-sources';
import { libraryWidgets } from './private/dashboards/library-widgets';
import { requireKnown } from './private/validation';
import { SavedQueries } from './saved-queries';

/**
 * Choices about dashboards that do not depend on where their data comes from.
 */
export interface DashboardsOptions extends DashboardSegmentOptions {
  /**
   * The audiences that get a dashboard.
   *
   * @default - all audiences, Audience.AGENTS only if a log group of spans is given
   */
  readonly audiences?: Audience[];

  /**
   * The person or team that is responsible for the dashboards. The headers name it.
   *
   * @default - no owner is named
   */
  readonly owner?: string;

  /**
   * Links in the headers by their text, for example to runbooks.
   *
   * @default - the headers link the saved queries only
   */
  readonly links?: { [text: string]: string };

  /**
   * The Regions among which viewers can choose. Alarms and tables show the Region of the stack only.
   *
   * @default - the Region of the stack is shown, without a choice
   */
  readonly regions?: string[];
}

/**
 * Properties for defining Dashboards.
 */
export interface DashboardsProps extends DashboardsOptions {
  /**
   * Where the widgets get their data.
   */
  readonly sources: DashboardSources;

  /**
   * Alarms whose state is shown.
   *
   * @default - no alarms are shown
   */
  readonly alarms?: cloudwatch.IAlarmRef[];
}

/**
 * A dashboard for each audience, and saved queries for questions that the dashboards do not answer.
 */
export class Dashboards extends Construct {
  /**
   * The dashboards, in the order of their audiences.
   */
  public readonly audienceDashboards: AudienceDashboard[];

  /**
   * The saved queries. Undefined without a log group to query, and without dashboards.
   */
  public readonly savedQueries?: SavedQueries;

  constructor(scope: Construct, id: string, props: DashboardsProps) {
    super(scope, id);

    const { audiences, sources } = props;
    const { ledgerLogGroup, spansLogGroup, trailLogGroup, invocationLogGroup } = sources;
    Object.entries({ audiences, without: props.without }).forEach(([prop, value]) => requireKnown(prop, value));
    const chosen = audiences ?? Object.values(Audience).filter((audience) => audience !== Audience.AGENTS || spansLogGroup !== undefined);
    if (new Set(chosen).size !== chosen.length) {
      throw new Error(`'audiences' must name each audience once, got '${chosen.join(', ')}'`);
    }
    const without = withoutByAudience(chosen, props);

    this.audienceDashboards = chosen.map(
      (audience) => new AudienceDashboard(this, audience, { ...props, audience, without: without.get(audience) }),
    );
    if (chosen.length > 0 && (ledgerLogGroup ?? spansLogGroup ?? trailLogGroup ?? invocationLogGroup)) {
      this.savedQueries = new SavedQueries(this, 'SavedQueries', { sources });
    }
  }
}

/** The ids to leave out of each dashboard. A dashboard accepts ids of its own widgets only. */
function withoutByAudience(audiences: Audience[], { sources, without = [] }: DashboardsProps): Map<Audience, string[]> {
  const widgets = libraryWidgets(sources);
  const unknown = without.find(
    (id) => !widgets.some((widget) => widget.id === id && widget.audiences.some((each) => audiences.includes(each))),
  );
  if (unknown !== undefined) {
    throw new Error(`'without' must name widgets that one of the dashboards has, got '${unknown}'`);
  }
  const idsOf = (audience: Audience) => widgets.filter((widget) => widget.audiences.includes(audience)).map(({ id }) => id);
  return new Map(audiences.map((audience) => [audience, without.filter((id) => idsOf(audience).includes(id))]));
}
