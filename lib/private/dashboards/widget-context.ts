import { Duration } from 'aws-cdk-lib';
import { Audience } from '../../audience';
import { DashboardSources } from '../../dashboard-sources';
import { AUDIENCE_TRAITS } from './audience-traits';
import { NamedModel, namedModels } from './named-models';

/** What the widgets of a dashboard are made for. */
export interface WidgetContext {
  readonly audience: Audience;
  readonly sources: DashboardSources;
  readonly monthlyBudgetUsd?: number;
  /** The period of graphs, which fits the time range of the dashboard. */
  readonly period: Duration;
  /** The period in words, for titles: `by hour`. */
  readonly by: string;
  /** The models that have a name and a colour of their own. */
  readonly models: readonly NamedModel[];
}

/** Choices of the user that decide what widgets show. */
export interface WidgetOptions {
  readonly monthlyBudgetUsd?: number;
  readonly modelNames?: { [modelId: string]: string };
}

export function newContext(audience: Audience, sources: DashboardSources, options: WidgetOptions = {}): WidgetContext {
  const { period } = AUDIENCE_TRAITS[audience];
  return {
    audience,
    sources,
    monthlyBudgetUsd: options.monthlyBudgetUsd,
    period,
    by: wordsOf(period),
    models: namedModels(options.modelNames, sources.rollUp?.length),
  };
}

function wordsOf(period: Duration): string {
  const minutes = period.toMinutes();
  return minutes === 1440 ? 'by day' : minutes === 60 ? 'by hour' : `in ${minutes} minutes`;
}
