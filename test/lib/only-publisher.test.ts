import { App, Stack } from 'aws-cdk-lib';
import * as library from '../../lib';

const env = { account: '111122223333', region: 'eu-central-1' };
const { COMPREHENSIVE } = library.ObservabilityLevel;

let app: App;
let stack: Stack;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Here', { env });
});

const signals = (scope: Stack, id: string, namespace?: string) =>
  new library.AlarmSignals(scope, id, { costMetrics: library.CostMetrics.inNamespace(namespace) });

describe('a second AlarmSignals', () => {
  const refused = /^'costMetrics' has the namespace 'BedrockObservability', in which the AlarmSignals '.*' publishes already/;

  test('beside those of the composite, or in another stack of the environment, is refused: budgets of one name would be one metric', () => {
    new library.BedrockObservability(stack, 'Observability', { level: COMPREHENSIVE });
    expect(() => signals(stack, 'Signals')).toThrow(refused);
    expect(() => signals(new Stack(app, 'Second', { env }), 'Signals')).toThrow(refused);
  });

  test('in another namespace or Region is accepted', () => {
    signals(stack, 'Signals');
    signals(stack, 'Own', 'Own');
    signals(new Stack(app, 'Far', { env: { ...env, region: 'us-east-1' } }), 'Signals');
  });
});

test('a second UnrecordedUsage in one namespace is refused, because its dollars would count twice', () => {
  new library.UnrecordedUsage(stack, 'Usage');
  expect(() => new library.UnrecordedUsage(stack, 'Second')).toThrow(
    "'metricNamespace' has the namespace 'BedrockObservability', in which the UnrecordedUsage 'Here/Usage' publishes already, so that the metrics of both would be one: use that one, or another 'metricNamespace'",
  );
  new library.UnrecordedUsage(stack, 'Own', { metricNamespace: 'Own' });
});
