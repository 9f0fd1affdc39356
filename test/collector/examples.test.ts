import { context, trace } from '@opentelemetry/api';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { examplesOf, runExample } from '../docs/run-example';
import { AsyncContextManager } from '../trace/recording-provider';
import { Collector, describeWithCollector } from './collector';
import { JsonExporter, spansOf } from './otlp-json';

const examples = ['instrumentation', 'instrument-agents'].flatMap(examplesOf);

describeWithCollector('the examples of the docs, in a real collector', () => {
  afterAll(() => {
    trace.disable();
    context.disable();
  });

  test('each has its spans there, with a cost', async () => {
    const sink = await Collector.sink();
    const provider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(new JsonExporter(sink.endpoint))] });
    trace.setGlobalTracerProvider(provider);
    context.setGlobalContextManager(new AsyncContextManager());
    for (const code of examples) await runExample(code);
    await provider.shutdown();
    const spans = spansOf(await sink.stop());
    const costs = spans.filter(({ attributes }) => typeof attributes['llm.cost.usd'] === 'number');
    // All but the one that only hands its trace on.
    expect(costs).toHaveLength(examples.length - 1);
    const roots = spans.filter(({ parentSpanId }) => !parentSpanId);
    expect(roots.map(({ name }) => name.split(' ')[0]).sort()).toEqual(['chat', 'chat', 'invoke_agent', 'invoke_agent']);
  });
});
