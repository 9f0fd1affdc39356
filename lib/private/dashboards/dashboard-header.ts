import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { AudienceDashboardProps } from '../../audience-dashboard';
import type { DashboardSources } from '../../dashboard-sources';
import { AUDIENCE_TRAITS } from './audience-traits';
import { unknownWithoutText } from './library-widgets';

/** The text widget at the top. */
export function newHeader(markdown: string): cloudwatch.TextWidget {
  // The default background differs between versions of the CDK.
  return new cloudwatch.TextWidget({ markdown, background: cloudwatch.TextWidgetBackground.SOLID, width: 24, height: 3 });
}

/** Purpose, owner, caveats and links, which are relative to the console, so that they are right in every partition. */
export function headerText(props: AudienceDashboardProps, region: string, dashboards: readonly string[]): string {
  const { audience, sources, owner, links = {} } = props;
  const { purpose, caveats } = AUDIENCE_TRAITS[audience];
  const places = (sources.rollUp ?? []).map((source) => [source.region, source.accountId].filter(Boolean).join(' '));
  const unknown = unknownWithoutText(audience, sources);
  const furtherLinks = [
    ...(sources.ledgerLogGroup ? ['[Saved queries](#logsV2:logs-insights)'] : []),
    ...Object.entries(links).map(([text, url]) => `[${text}](${url})`),
  ];
  const sentences = [
    caveats,
    ...whereCallsAre(sources),
    ...(unknown.length > 0 ? [`Not known, because no text is logged: ${unknown.join(', ')}.`] : []),
  ];
  return [
    `## ${audience} · ${places.join(', ') || region}`,
    `${purpose}${owner === undefined ? '' : ` Owner: ${owner}.`} ${sentences.join(' ')}`,
    '',
    [
      ...(dashboards.length > 0 ? [`**Dashboards** ${dashboards.join(' · ')}`] : []),
      ...queryLinks(props),
      ...(furtherLinks.length > 0 ? [furtherLinks.join(' · ')] : []),
    ].join(' — '),
  ]
    .join('\n')
    .trimEnd();
}

/** Widgets draw log groups, and no tables of Athena. */
const whereCallsAre = ({ ledgerLogGroup, ledgerTable }: DashboardSources): string[] =>
  ledgerTable && !ledgerLogGroup
    ? [`Single calls are not here: the ledger is a table, with named queries in the Athena work group \`${ledgerTable.workGroup.ref}\`.`]
    : [];

/** What explains the single values: each leads to its saved query, which opens with its log groups. */
function queryLinks({ audience, savedQueries }: AudienceDashboardProps): string[] {
  const links = Object.entries(AUDIENCE_TRAITS[audience].queries).flatMap(([what, id]) => {
    const definition = savedQueries?.definitions.find(({ node }) => node.id === id);
    return definition ? [`[${what}](#logsV2:logs-insights$3FqueryDetail$3D~(queryId~'${definition.ref}))`] : [];
  });
  return links.length > 0 ? [`**Why** ${links.join(' · ')}`] : [];
}
