import { Duration } from 'aws-cdk-lib';
import { Audience } from '../../audience';
import { Heights } from './widget-rendering';

/** What differs between the dashboards of two audiences beside their widgets. */
interface AudienceTraits {
  /** What the dashboard is for, in one sentence. */
  readonly purpose: string;
  /** What to know before reading it. */
  readonly caveats: string;
  /** The time range that a viewer sees first. */
  readonly timeRange: Duration;
  /** The period of graphs in that range: enough points for a curve, and no more than a graph has pixels for. */
  readonly period: Duration;
  /** The saved queries to which single values and graphs lead, by what they explain. */
  readonly queries: Readonly<Record<string, string>>;
}

const COST =
  'Cost is estimated from the AWS Price List at the minute of each call, before your discounts. Calls without a price are counted, and their cost is missing in every sum.';
const COVERAGE = 'Batch jobs and the `bedrock-mantle` endpoint write no invocation records and are not included.';

export const AUDIENCE_TRAITS: Readonly<Record<Audience, AudienceTraits>> = {
  [Audience.EXECUTIVE]: {
    purpose: 'Does Amazon Bedrock stay within its budget, does it work, and are the numbers complete?',
    caveats: `${COST} ${COVERAGE}`,
    timeRange: Duration.days(30),
    period: Duration.days(1),
    queries: { 'Cost by model': 'DailyCost', 'Missing cost': 'UnpricedCalls' },
  },
  [Audience.FINOPS]: {
    purpose: 'Who and what the money for Amazon Bedrock is spent on, and how complete that is.',
    caveats: `${COST} ${COVERAGE}`,
    timeRange: Duration.days(7),
    period: Duration.hours(1),
    queries: {
      'Cost by model': 'DailyCost',
      'Calls with a price': 'UnpricedCalls',
      'Uncertain cost': 'UncertainCost',
      'Cost of calls': 'PricesUsed',
      'Top callers': 'CostByRole',
      'Cost by profile': 'CostByProfile',
    },
  },
  [Audience.DEVOPS]: {
    purpose: 'How fast Amazon Bedrock answers, what fails, and how near the quotas are.',
    caveats: 'Errors and latency are measured by Bedrock itself; errors before the model is known are in the totals only.',
    timeRange: Duration.hours(3),
    period: Duration.minutes(5),
    queries: { 'Failed calls': 'ErrorDetails', Latency: 'LatencyByRegion', 'Complete answers': 'StopReasons' },
  },
  [Audience.DEVELOPER]: {
    purpose: 'Single calls to Amazon Bedrock: their tokens, their latency, their errors.',
    caveats: `${COST} Tables hold no prompts.`,
    timeRange: Duration.days(1),
    period: Duration.minutes(15),
    queries: { 'Failed calls': 'ErrorDetails', 'Cost of calls': 'PricesUsed', Tokens: 'HeaviestCalls' },
  },
  [Audience.SECURITY]: {
    purpose: 'Who called which model of Amazon Bedrock, and whether the record of it is complete.',
    caveats: `${COVERAGE} Tables hold no prompts.`,
    timeRange: Duration.days(7),
    period: Duration.hours(1),
    queries: { 'Who called': 'WhoCalledWhat', Refused: 'RefusedCalls', 'Changed logging': 'LoggingChanges' },
  },
  [Audience.AGENTS]: {
    purpose: 'Traces of agents: which component fails, and where the time goes.',
    caveats: 'Spans are what the agents themselves report; a trace is complete only if each of its components is instrumented.',
    timeRange: Duration.days(1),
    period: Duration.minutes(15),
    queries: {
      'Cost by agent': 'AgentCost',
      'Cost by session': 'AgentSessionCost',
      'Cost by model': 'AgentModelCost',
      'Cost of AgentCore': 'AgentRuntimeCost',
      Loops: 'AgentLoops',
      'Slow requests': 'SlowestTraces',
      'Failed components': 'FailingComponents',
    },
  },
};

const USUAL: Heights = { gauge: 4, number: 3, graph: 5, table: 6 };

/** The heights of widgets. A dashboard for executives needs no scrolling; one for work at most two screens. */
export const HEIGHTS: Readonly<Record<Audience, Heights>> = {
  [Audience.EXECUTIVE]: { ...USUAL, graph: 4 },
  [Audience.FINOPS]: USUAL,
  [Audience.DEVOPS]: USUAL,
  [Audience.DEVELOPER]: USUAL,
  [Audience.SECURITY]: USUAL,
  [Audience.AGENTS]: USUAL,
};
