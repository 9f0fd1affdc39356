import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmCategory } from '../../alarm-category';
import { AlarmRule } from '../../alarm-rule';
import { AlarmSource } from '../../alarm-source';
import { AlarmTier } from '../../alarm-tier';
import { Audience } from '../../audience';
import { TieredAlarms } from '../../tiered-alarms';
import { COLUMNS } from './rows';

const { FINOPS, DEVOPS, SECURITY, AGENTS } = Audience;

/** The audiences that have alarms of their own. */
export const ALARM_AUDIENCES = [FINOPS, DEVOPS, SECURITY, AGENTS];

/** The tiers, the most urgent first, with the titles of their widgets. */
const TIERS: ReadonlyArray<readonly [tier: AlarmTier, title: string]> = [
  [AlarmTier.CRITICAL, 'Critical alarms'],
  [AlarmTier.WARNING, 'Warnings'],
];

/** Who looks at an alarm: money is of FinOps, symptoms of operations, the telemetry itself of security, agents of their developers. */
function audienceOf({ name, category, _props: { source } }: AlarmRule): Audience {
  if (source === AlarmSource.SPANS || name.startsWith('Agent')) {
    return AGENTS;
  }
  return { [AlarmCategory.COST]: FINOPS, [AlarmCategory.SERVICE]: DEVOPS, [AlarmCategory.TELEMETRY]: SECURITY }[category];
}

/** One widget for each tier that has alarms of the audiences. */
export function tierWidgets(tieredAlarms: TieredAlarms[], audiences: Audience[]): cloudwatch.IWidget[] {
  const all = tieredAlarms.flatMap(({ alarms, _rules: rules }) => alarms.map((alarm, index) => ({ alarm, rule: rules[index]! })));
  const groups = TIERS.map(([tier, title]) => ({
    title,
    alarms: all.filter(({ rule }) => rule.tier === tier && audiences.includes(audienceOf(rule))).map(({ alarm }) => alarm),
  })).filter((group) => group.alarms.length > 0);
  const [first, second] = groups.map(({ alarms }) => alarms.length);
  // Each as wide as its part of the alarms, but not narrower than its title.
  const left = second === undefined ? COLUMNS : Math.min(Math.max(Math.round((COLUMNS * first!) / (first! + second)), 6), COLUMNS - 6);
  const sized = groups.map((group, index) => ({ ...group, width: index === 0 ? left : COLUMNS - left }));
  const height = Math.max(0, ...sized.map(({ alarms, width }) => heightOf(alarms.length, width)));
  return sized.map((group) => new cloudwatch.AlarmStatusWidget({ ...group, height }));
}

/** One widget with all alarms. */
export function alarmsWidget(alarms: cloudwatch.IAlarmRef[]): cloudwatch.IWidget {
  return new cloudwatch.AlarmStatusWidget({ alarms, title: 'Alarms', width: COLUMNS, height: heightOf(alarms.length, COLUMNS) });
}

/** A tile of an alarm is about four columns wide and one row high. */
function heightOf(count: number, width: number): number {
  return Math.min(1 + Math.ceil(count / Math.floor(width / 4)), 6);
}
