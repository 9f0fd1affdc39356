import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { AudienceDashboardProps } from '../../audience-dashboard';
import { AUDIENCE_TRAITS } from './audience-traits';

/** The text widget at the top: purpose, owner, caveats and links. */
export function newHeader({ audience, sources, owner, links = {} }: AudienceDashboardProps, region: string): cloudwatch.TextWidget {
  const { purpose, caveats } = AUDIENCE_TRAITS[audience];
  const places = (sources.rollUp ?? []).map((source) => [source.region, source.accountId].filter(Boolean).join(' '));
  const allLinks = [
    // Relative to the console, so that it is right in every partition.
    ...(sources.ledgerLogGroup ? ['[Saved queries](#logsV2:logs-insights)'] : []),
    ...Object.entries(links).map(([text, url]) => `[${text}](${url})`),
  ];
  const lines = [
    `## ${audience} · ${places.join(', ') || region}`,
    `${purpose}${owner === undefined ? '' : ` Owner: ${owner}.`}`,
    '',
    caveats,
    ...(allLinks.length > 0 ? ['', allLinks.join(' · ')] : []),
  ];
  return new cloudwatch.TextWidget({
    markdown: lines.join('\n'),
    // The default background differs between versions of the CDK.
    background: cloudwatch.TextWidgetBackground.SOLID,
    width: 24,
    height: 3,
  });
}
