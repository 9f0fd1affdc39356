import { Audience } from '../../audience';

/** What a dashboard is for, in one sentence. */
const PURPOSE: Record<Audience, string> = {
  [Audience.EXECUTIVE]: 'What Amazon Bedrock costs, whether that stays within the budget, and whether it works.',
  [Audience.FINOPS]: 'Who and what the money for Amazon Bedrock is spent on, and how complete that is.',
  [Audience.DEVOPS]: 'How fast Amazon Bedrock answers, what fails, and how near the quotas are.',
  [Audience.DEVELOPER]: 'Single calls to Amazon Bedrock: their tokens, their latency, their errors.',
  [Audience.SECURITY]: 'Who called which model of Amazon Bedrock, and whether the record of it is complete.',
  [Audience.AGENTS]: 'Traces of agents: which component fails, and where the time goes.',
};

const COST =
  'Cost is estimated from the AWS price list at the minute of each call, before discounts of your own; calls without a price are counted, and cost nothing here.';
const COVERAGE = 'Batch jobs and the `bedrock-mantle` endpoint write no invocation records and are not included.';
const CAVEATS: Record<Audience, string> = {
  [Audience.EXECUTIVE]: `${COST} ${COVERAGE}`,
  [Audience.FINOPS]: `${COST} ${COVERAGE}`,
  [Audience.DEVOPS]: 'Errors and latency are measured by Bedrock itself; errors before the model is known are in the totals only.',
  [Audience.DEVELOPER]: `${COST} Tables hold no prompts.`,
  [Audience.SECURITY]: `${COVERAGE} Tables hold no prompts.`,
  [Audience.AGENTS]: 'Spans are what the agents themselves report; a trace is complete only if each of its components is instrumented.',
};

export interface HeaderOptions {
  readonly region: string;
  readonly owner?: string;
  readonly links: Readonly<Record<string, string>>;
  readonly tables: boolean;
}

/** The header: what this is, whose it is, what to know before reading it, and where to go next. */
export function headerOf(audience: Audience, { region, owner, links, tables }: HeaderOptions): string {
  const paths = [
    // Relative, so that it is right in every partition.
    ...(tables ? ['[Saved queries](#logsV2:logs-insights)'] : []),
    ...Object.entries(links).map(([name, url]) => `[${name}](${url})`),
  ];
  return [
    `## ${audience} · ${region}`,
    `${PURPOSE[audience]}${owner === undefined ? '' : ` Owner: ${owner}.`}`,
    '',
    CAVEATS[audience],
    ...(paths.length ? ['', paths.join(' · ')] : []),
  ].join('\n');
}
