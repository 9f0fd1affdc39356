import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { Audience } from './audience';
import { AudienceDashboard } from './audience-dashboard';
import { DashboardSegmentOptions } from './dashboard-segment';
import { DashboardSources } from './dashboard-sources';
import { ALARM_AUDIENCES } from './private/dashboards/alarms-of-audience';
import { libraryWidgets } from './private/dashboards/library-widgets';
import { requireUsable } from './private/usable';
import { requireKnown, requireMember } from './private/validation';
import { SavedQueries } from './saved-queries';
import { TieredAlarms } from './tiered-alarms';

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

  /**
   * Alarms that are shown on the dashboards of those whom they concern, by tier: symptoms for operations, money for FinOps, the
   * telemetry for security. Alarms of an audience without a dashboard are shown to operations, or else on the first dashboard.
   *
   * @default - no alarms are shown
   */
  readonly tieredAlarms?: TieredAlarms[];
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
    const { ledgerLogGroup, spanLogGroups = [], agentLogGroup, trailLogGroup, invocationLogGroup } = sources;
    const showsAgents = spanLogGroups.length > 0 || agentLogGroup !== undefined;
    Object.entries({ audiences, exclude: props.exclude }).forEach(([prop, value]) => requireKnown(prop, value));
    props.exclude?.forEach((id) => requireKnown('exclude', id));
    requireUsable(props);
    const chosen = audiences ?? Object.values(Audience).filter((audience) => audience !== Audience.AGENTS || showsAgents);
    chosen.forEach((audience) => requireMember('audiences', audience, Audience));
    if (new Set(chosen).size !== chosen.length) {
      throw new Error(`'audiences' must name each audience once, got '${chosen.join(', ')}'`);
    }
    const exclude = excludedByAudience(chosen, props);

    if (chosen.length > 0 && (showsAgents || (ledgerLogGroup ?? trailLogGroup ?? invocationLogGroup))) {
      this.savedQueries = new SavedQueries(this, 'SavedQueries', { sources });
    }
    this.audienceDashboards = chosen.map(
      (audience) =>
        new AudienceDashboard(this, audience, {
          ...props,
          audience,
          exclude: exclude.get(audience),
          savedQueries: this.savedQueries,
          alarmAudiences: alarmAudiencesOf(audience, chosen),
        }),
    );
    this.audienceDashboards.forEach((dashboard) => dashboard._linkTo(this.audienceDashboards));
  }
}

/** The audiences whose alarms a dashboard shows: its own, and for operations those of audiences that have no dashboard. */
function alarmAudiencesOf(audience: Audience, chosen: Audience[]): Audience[] {
  const replacement = chosen.includes(Audience.DEVOPS) ? Audience.DEVOPS : chosen[0];
  return audience === replacement ? ALARM_AUDIENCES.filter((each) => each === audience || !chosen.includes(each)) : [audience];
}

/** The ids to leave out of each dashboard. A dashboard accepts ids of its own widgets only. */
function excludedByAudience(audiences: Audience[], { sources, exclude = [], ...options }: DashboardsProps): Map<Audience, string[]> {
  if (exclude.length === 0) {
    // To make all widgets takes a twentieth of a synth.
    return new Map();
  }
  const idsOf = new Map(audiences.map((audience) => [audience, libraryWidgets(audience, sources, options).map(({ id }) => id)]));
  const known = [...idsOf.values()].flat();
  const unknown = exclude.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new Error(`'exclude' must name widgets that one of the dashboards has, got '${unknown}'`);
  }
  return new Map(audiences.map((audience) => [audience, exclude.filter((id) => idsOf.get(audience)!.includes(id))]));
}
