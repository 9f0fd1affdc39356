import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AgentMeter, AlarmSignals, BedrockObservability, CostMeter, Dashboards, Ledger, LedgerTable, SavedQueries } from '../../lib';

const newStack = () => new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'us-east-1' } });

test('dashboards over a table only say where single calls are, and agents what is not exact', () => {
  const bodies = (ledger?: Ledger) => {
    const stack = newStack();
    new BedrockObservability(stack, 'Bedrock', {
      costMeter: { ledger: ledger ?? Ledger.inTable(new LedgerTable(stack, 'Table')) },
      agents: {},
    });
    const template = Template.fromStack(stack);
    const notes = Annotations.fromStack(stack).findInfo('*', Match.stringLikeRegexp('costs of agents are estimates')).length;
    return { text: JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard')), notes };
  };
  const { text, notes } = bodies();
  expect(text.match(/Single calls are not here: the ledger is a table/g)!.length).toBeGreaterThan(1);
  expect(text).toContain('Estimated cost by agent');
  expect(text).not.toMatch(/exact, by the ledger|Cost that no span describes/);
  expect(notes).toBe(1);
  const lines = bodies(Ledger.perCall());
  expect(lines.text).not.toContain('Single calls are not here');
  expect(lines.text).toContain('Exact cost by agent');
  expect(lines.text).toMatch(/exact, by the ledger.*Cost that no span describes|Cost that no span describes.*exact, by the ledger/);
  expect(lines.notes).toBe(0);
});

const LINE_READERS: ReadonlyArray<readonly [name: string, read: (stack: Stack, meter: CostMeter) => unknown]> = [
  ['AgentMeter', (stack, { ledgerLogGroup }) => new AgentMeter(stack, 'It', { ledgerLogGroup })],
  ['AlarmSignals', (stack, { ledgerLogGroup, metrics: costMetrics }) => new AlarmSignals(stack, 'It', { costMetrics, ledgerLogGroup })],
  [
    'Dashboards',
    (stack, { ledgerLogGroup, metrics: costMetrics }) => new Dashboards(stack, 'It', { sources: { costMetrics, ledgerLogGroup } }),
  ],
  [
    'SavedQueries',
    (stack, { ledgerLogGroup, metrics: costMetrics }) => new SavedQueries(stack, 'It', { sources: { costMetrics, ledgerLogGroup } }),
  ],
];

test.each(LINE_READERS)('%s refuses the log group of a meter without ledger lines', (_, read) => {
  const meterWith = (id: string, ledger?: (stack: Stack) => Ledger) => {
    const stack = newStack();
    return [stack, new CostMeter(stack, id, { logGroup: new logs.LogGroup(stack, 'Records'), ledger: ledger?.(stack) })] as const;
  };
  expect(() => read(...meterWith('Meter', (stack) => Ledger.inTable(new LedgerTable(stack, 'Table'))))).toThrow(
    /'(sources\.)?ledgerLogGroup' must be of a cost meter that writes ledger lines, got that of 'Stack\/Meter', which has its ledger in a table only: leave it out, or use Ledger.perCall\(\{ table \}\)/,
  );
  expect(() => read(...meterWith('Meter', () => Ledger.NONE))).toThrow('which keeps no ledger: leave it out, or use Ledger.perCall()');
  expect(() => read(...meterWith('Meter'))).not.toThrow();
});
