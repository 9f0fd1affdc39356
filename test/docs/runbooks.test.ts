import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { App, Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SampleStack } from '../../bin/sample-stack';
import {
  AlarmActivation,
  type AlarmRule,
  AlarmTier,
  BillReconciliation,
  LedgerTable,
  MemberWatch,
  TieredAlarms,
  UnrecordedUsage,
  UsageDigest,
} from '../../lib';
import { ACTIVATION_ROW } from '../../lib/private/alarms/table/heartbeats';
import { ruleOfFunction } from '../../lib/private/alarms/table/row';
import { alarmSet } from '../lib/alarm-set';
import { DESCRIPTIONS, factsPart, namesPart, overPart, tunePart } from './runbook-parts';

const FOLDER = 'docs/runbooks';
const INDEX = 'README.md';
const SECTIONS = ['Meaning', 'Impact', 'First five minutes', 'Mitigation', 'It is over when', 'Tune'];
/** Pages of alarms that are not made of one row. */
const BY_HAND = ['budget.md', 'critical-incident.md', 'warning-incident.md'];

const { stack, rules: defaults, costMeter } = alarmSet(true);
const digest = new UsageDigest(stack, 'Digest', { costMeter });
const watched = [
  new UnrecordedUsage(stack, 'Unrecorded'),
  new BillReconciliation(stack, 'Bill', { costMeter }),
  new MemberWatch(stack, 'Members', { costMeter, regions: ['us-east-1'] }),
  new LedgerTable(stack, 'LedgerTable'),
];
new TieredAlarms(stack, 'Late', { rules: defaults.slice(0, 1), activation: AlarmActivation.after(Duration.days(7)) });
const rules: AlarmRule[] = [
  ...defaults,
  ...digest.tieredAlarms._rules,
  ...watched.flatMap(({ tieredAlarms }) => tieredAlarms._rules),
  ruleOfFunction(ACTIVATION_ROW, digest.digestFunction),
];
const pageOf = (rule: AlarmRule): string => rule.runbook.replace(/^.*\//, '');
const read = (page: string): string => readFileSync(`${FOLDER}/${page}`, 'utf8');
const pages = readdirSync(FOLDER).filter((page) => page !== INDEX);

const PARTS: Readonly<Record<string, (page: string, rule?: AlarmRule) => string | undefined>> = {
  names: namesPart,
  facts: (_, rule) => rule && factsPart(rule),
  over: (_, rule) => rule && overPart(rule),
  tune: (_, rule) => rule && tunePart(rule),
};

/** A page whose generated parts are made anew, the names last, because other parts use them. */
function generated(page: string): string {
  const rule = rules.find((candidate) => pageOf(candidate) === page);
  return ['facts', 'over', 'tune', 'names'].reduce((text, name) => {
    const made = PARTS[name]!(text.replace(/<!-- table: names -->[^]*?<!-- end -->/, ''), rule);
    return text.replace(
      new RegExp(`(<!-- table: ${name} -->\n)[^]*?(<!-- end -->)`),
      (_, begin: string, end: string) => `${begin}\n${made}\n\n${end}`,
    );
  }, read(page));
}

test.each(pages)('the parts of %s that the tables of alarms know are theirs; UPDATE_DOCS=1 writes them', (page) => {
  const made = generated(page);
  if (process.env.UPDATE_DOCS) {
    writeFileSync(`${FOLDER}/${page}`, made);
  }
  expect(read(page)).toBe(made);
  const parts = [...made.matchAll(/<!-- table: (\w+) -->/g)].map(([, name]) => name);
  expect(parts).toEqual(BY_HAND.includes(page) ? ['names'] : ['facts', 'names', 'over', 'tune']);
});

test('each alarm has a runbook, and each runbook an alarm', () => {
  expect([...new Set([...rules.map(pageOf), ...BY_HAND])].sort()).toEqual([...pages].sort());
});

test.each(pages)('%s has each section, with something in it, and no blank to fill in', (page) => {
  const text = read(page).replace(/<!--.*?-->/g, '');
  expect([...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual(SECTIONS);
  expect(
    text
      .split(/^## .+$/m)
      .slice(1)
      .filter((section) => section.trim().length < 20),
  ).toEqual([]);
  expect(text).not.toMatch(/<[a-z][\w -]*>|[A-Z]{3,}_(ID|NAME)|"…"| … |--\w+ …/);
});

const template = Template.fromStack(new SampleStack(new App(), 'Sample'));
const titles = Object.values(template.findResources('AWS::CloudWatch::Dashboard')).flatMap(({ Properties }) =>
  [...JSON.stringify((Properties as { DashboardBody: unknown }).DashboardBody).matchAll(/\\"title\\":\\"(.*?)\\"/g)].map(
    ([, title]) => title!,
  ),
);

test.each(pages)('%s names widgets and alarms that exist', (page) => {
  const named = [...read(page).matchAll(/(?<![\w*])\*([A-Z][^*\n]+)\*(?!\*)/g)].map(([, name]) => name!);
  const known = (name: string) => rules.some((rule) => rule.name === name) || titles.some((title) => title.startsWith(name));
  expect(named.filter((name) => !known(name))).toEqual([]);
});

test('functions are found by the descriptions that they have', () => {
  const made = [template, Template.fromStack(stack)].flatMap((of) =>
    Object.values(of.findResources('AWS::Lambda::Function')).map(({ Properties }) => (Properties as { Description?: string }).Description),
  );
  expect(DESCRIPTIONS.filter((description) => !made.includes(description))).toEqual([]);
});

test('the index lists them all by tier; UPDATE_DOCS=1 writes it', () => {
  const rowOf = (rule: AlarmRule) => `| [${rule.name}](${pageOf(rule)}) | ${rule._props.summary} |`;
  const tableOf = (tier: AlarmTier) =>
    rules
      .filter((rule) => rule.tier === tier)
      .map(rowOf)
      .join('\n');
  const table = `| alarm | fires when |\n| --- | --- |\n`;
  const made = [
    '# Runbooks',
    '',
    'One page for each alarm, all in one form: what it means, whom it hurts, the first five minutes, what to do, when it is over, how to tune it. The description of each alarm links to its page, of the version that is deployed.',
    '',
    'The commands have no blanks. Each page begins with a block that finds the names of log groups, functions and queues by what the functions say of themselves; paste it into AWS CloudShell, or into any bash with the AWS CLI, in the account and Region of the alarm. With several installations in one account and Region it finds the first: replace `[0]` by `[1]` for the second. Tests run every command of every page: with a stand-in for the AWS CLI that knows the operations and options of its models, and with the real one against an emulator of AWS.',
    '',
    '## Critical: a person is woken',
    '',
    `${table}| [CriticalIncident](critical-incident.md) | any critical symptom below is on |\n${tableOf(AlarmTier.CRITICAL)}`,
    '',
    '## Warning: for business hours',
    '',
    `${table}| [WarningIncident](warning-incident.md) | any other symptom is on, while no critical one is |\n| [Budgets](budget.md) | a step of a budget is reached, or its forecast is above the amount |\n${tableOf(AlarmTier.WARNING)}`,
    '',
  ].join('\n');
  if (process.env.UPDATE_DOCS) {
    writeFileSync(`${FOLDER}/${INDEX}`, made);
  }
  expect(read(INDEX)).toBe(made);
});
