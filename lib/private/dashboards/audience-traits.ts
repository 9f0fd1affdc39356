import { Duration } from 'aws-cdk-lib';
import { Audience } from '../../audience';

/** What differs between the dashboards of two audiences beside their widgets. */
interface AudienceTraits {
  /** What the dashboard is for, in one sentence. */
  readonly purpose: string;
  /** What to know before reading it. */
  readonly caveats: string;
  /** The time range that a viewer sees first. */
  readonly timeRange: Duration;
}

const COST =
  'Cost is estimated from the AWS price list at the minute of each call, before discounts of your own; calls without a price are counted, and cost nothing here.';
const COVERAGE = 'Batch jobs and the `bedrock-mantle` endpoint write no invocation records and are not included.';

export const AUDIENCE_TRAITS: Readonly<Record<Audience, AudienceTraits>> = {
  [Audience.EXECUTIVE]: {
    purpose: 'What Amazon Bedrock costs, whether that stays within the budget, and whether it works.',
    caveats: `${COST} ${COVERAGE}`,
    timeRange: Duration.days(30),
  },
  [Audience.FINOPS]: {
    purpose: 'Who and what the money for Amazon Bedrock is spent on, and how complete that is.',
    caveats: `${COST} ${COVERAGE}`,
    timeRange: Duration.days(7),
  },
  [Audience.DEVOPS]: {
    purpose: 'How fast Amazon Bedrock answers, what fails, and how near the quotas are.',
    caveats: 'Errors and latency are measured by Bedrock itself; errors before the model is known are in the totals only.',
    timeRange: Duration.hours(3),
  },
  [Audience.DEVELOPER]: {
    purpose: 'Single calls to Amazon Bedrock: their tokens, their latency, their errors.',
    caveats: `${COST} Tables hold no prompts.`,
    timeRange: Duration.days(1),
  },
  [Audience.SECURITY]: {
    purpose: 'Who called which model of Amazon Bedrock, and whether the record of it is complete.',
    caveats: `${COVERAGE} Tables hold no prompts.`,
    timeRange: Duration.days(7),
  },
  [Audience.AGENTS]: {
    purpose: 'Traces of agents: which component fails, and where the time goes.',
    caveats: 'Spans are what the agents themselves report; a trace is complete only if each of its components is instrumented.',
    timeRange: Duration.days(1),
  },
};
