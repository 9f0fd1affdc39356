import { Audience } from '../../audience';
import { BedrockMetrics } from '../../bedrock-metrics';
import { DashboardWidgetProps } from '../../dashboard-widget';
import { WidgetShape } from '../../widget-shape';
import { BEDROCK_NAMESPACE } from '../bedrock-namespace';
import { sumByModel } from './model-series';
import { searchBy } from './search';
import { COLOR, TOKEN_STYLE, TOKEN_TYPES } from './token-style';
import { WidgetContext } from './widget-context';

const { EXECUTIVE, FINOPS, DEVOPS, DEVELOPER } = Audience;
const { LINES, STACK, PIE, BARS } = WidgetShape;

/** Graphs of calls, tokens and answers. To add one, add one entry. */
export function useWidgets({ sources: { costMetrics: cost }, audience, period, by, models }: WidgetContext): DashboardWidgetProps[] {
  const bedrock = BedrockMetrics.forAccount();
  const byModel = { namespace: BEDROCK_NAMESPACE, dimension: 'ModelId', period };
  const half = audience === DEVELOPER ? 12 : 8;
  return [
    {
      id: 'Calls',
      audiences: [EXECUTIVE, FINOPS, DEVELOPER],
      question: 'how many calls are made, and does use grow',
      title: `Calls, ${by}`,
      shape: LINES,
      metrics: [
        cost.metricCalls({ period, label: 'Calls', color: COLOR.MAIN }),
        cost.metricErrors({ period, label: 'of which failed', color: COLOR.BAD }),
      ],
      width: half,
    },
    {
      id: 'TopModels',
      audiences: [EXECUTIVE],
      question: 'which models are used most',
      title: 'Calls by model',
      shape: PIE,
      metrics: sumByModel(models, { ...byModel, metricName: 'Invocations', statistic: 'Sum' }, bedrock.metricInvocations({ period })),
      width: 8,
    },
    {
      id: 'Tokens',
      audiences: [FINOPS, DEVELOPER],
      question: 'how many tokens are used, and of which kind',
      title: `Tokens by kind, ${by}`,
      shape: STACK,
      metrics: TOKEN_TYPES.map((type) => cost.metricTokensOf(type, { period, ...TOKEN_STYLE[type] })),
      width: half,
    },
    {
      id: 'Endings',
      audiences: [DEVOPS],
      question: 'how many answers are cut off',
      title: `Complete and cut-off answers, ${by} (calls)`,
      shape: STACK,
      metrics: [
        cost.metricTruncated({ period, label: 'Cut off by the token limit', color: COLOR.BAD }),
        cost.metricCompleted({ period, label: 'Complete', color: COLOR.GOOD }),
      ],
      needsLoggedText: true,
      width: 6,
    },
    {
      id: 'LegacyModels',
      audiences: [DEVOPS],
      question: 'which models must be replaced before they end',
      // Under their ids, which are what must be replaced.
      title: 'Calls to legacy models, by id',
      shape: BARS,
      metrics: [searchBy({ ...byModel, metricName: 'LegacyModelInvocations', statistic: 'Sum' })],
      width: 8,
    },
  ];
}
