import { Audience } from '../../audience';
import { DashboardSources } from '../../dashboard-sources';
import { WidgetShape } from '../../widget-shape';
import { Member } from '../../../engine/ledger/members';
import { oneRowPerCall } from '../../../engine/ledger/calls';
import { callsByModel, COST, SENT, TOKENS } from './ledger-cost-queries';
import { field, LogQuery } from './log-query';
import { cents, quoted, showing } from './query-columns';

const { DEVELOPER, FINOPS } = Audience;
const { TABLE, QUERY_PIE } = WidgetShape;
const { metadata, promptHash, tokens } = Member;

const REPEATED_PROMPTS: LogQuery = {
  id: 'RepeatedPrompts',
  title: 'Repeated prompts that could be cached (by hash)',
  widget: { audiences: [FINOPS], question: 'which prompts should be cached', shape: TABLE, width: 12 },
  lines: [
    `filter ispresent(${promptHash})`,
    ...callsByModel({
      computed: [SENT],
      keys: [promptHash],
      values: ['max(sent) as inputTokens', `max(${tokens.cacheRead}) as cachedTokens`, COST],
    }),
    `stats count(*) as calls, sum(inputTokens) as tokensIn, sum(cachedTokens) as readFromCache, sum(cost) as usd by ${promptHash}, calledModel`,
    'filter calls > 1',
    'sort tokensIn desc',
    'limit 25',
    ...showing(
      ['Hash of the prompt', promptHash],
      ['Model', 'calledModel'],
      ['Calls', 'calls'],
      ['Tokens in', 'tokensIn'],
      ['Of which cached', 'readFromCache'],
      ['Cost (USD)', cents('usd')],
    ),
  ],
};

/** Owners are named by callers in their request metadata; calls without a name are shown as unallocated. */
function queriesByOwner(ownerMetadataKey: string): LogQuery[] {
  const owner = `coalesce(${field(`${metadata}.${ownerMetadataKey}`)}, "unallocated") as owner`;
  return [
    {
      id: 'CostByOwner',
      title: `Cost by ${ownerMetadataKey} (USD)`,
      widget: { audiences: [FINOPS], question: 'whose cost is it, and how much has no owner', shape: QUERY_PIE, width: 8 },
      lines: [
        ...oneRowPerCall({ computed: [owner], keys: ['owner'], values: [COST] }),
        `stats sum(cost) as ${quoted('Cost (USD)')} by owner`,
        `sort ${quoted('Cost (USD)')} desc`,
        'limit 25',
      ],
    },
    {
      id: 'TokensByOwner',
      title: `Tokens and cost by ${ownerMetadataKey}`,
      widget: { audiences: [DEVELOPER], question: 'which feature uses the tokens', shape: TABLE },
      lines: [
        ...callsByModel({ computed: [SENT, owner], keys: ['owner'], values: [...TOKENS, COST] }),
        'stats count(*) as calls, sum(inputTokens) as tokensIn, sum(outputTokens) as tokensOut, sum(cost) as usd by owner, calledModel',
        'sort usd desc',
        'limit 50',
        ...showing(
          ['Owner', 'owner'],
          ['Model', 'calledModel'],
          ['Calls', 'calls'],
          ['Tokens in', 'tokensIn'],
          ['Tokens out', 'tokensOut'],
          ['Cost (USD)', cents('usd')],
        ),
      ],
    },
  ];
}

/** The queries over what the ledger has only if the meter was told to write it: the owner of a call, and hashes of prompts. */
export function optionalQueries({ ownerMetadataKey, promptsHashed }: DashboardSources): LogQuery[] {
  return [...(promptsHashed ? [REPEATED_PROMPTS] : []), ...(ownerMetadataKey !== undefined ? queriesByOwner(ownerMetadataKey) : [])];
}
