import { Duration } from 'aws-cdk-lib';
import { spansIn } from '../../engine/agents/span-forms';
import { OtelGatewayConfiguration, type OtelGatewayOptions, OtlpDestination, OtlpProtocol, OtlpTemporality } from '../../lib';
import { Collector, describeWithCollector, refusal } from './collector';
import { type DecodedSpan, spansOf } from './otlp-json';
import { LONG, RECORDED, request, SECRET } from './recorded-spans';

type Raw = Record<string, unknown>;

const configurationOf = (options: OtelGatewayOptions): object => JSON.parse(new OtelGatewayConfiguration(options).toText()) as object;

/** Sends through a gateway with these options to a sink, and returns what the sink got. */
async function through(options: Omit<OtelGatewayOptions, 'destinations'>, send: (gateway: Collector) => Promise<void>, more: object = {}) {
  const sink = await Collector.sink();
  const destinations = [OtlpDestination.endpoint(sink.endpoint)];
  const gateway = await Collector.start([configurationOf({ destinations, ...options }), more]);
  await send(gateway);
  await gateway.stop();
  return sink.stop();
}

const words = (text: string): string[] => text.split(/[^\w]+/).filter((word) => /^(nobody|quarterly|merger|Umbrella|4711)$/.test(word));

describeWithCollector('the gateway, in a real collector', () => {
  describe('spans of many libraries', () => {
    let lines: Raw[];
    let spans: DecodedSpan[];
    const requestSpans = request();

    beforeAll(async () => {
      lines = await through({ resourceAttributes: { team: 'search' } }, async (gateway) => {
        expect(await gateway.send('traces', requestSpans)).toBe(200);
      });
      spans = spansOf(lines);
    });

    test('all arrive, and not one word of content', () => {
      expect(words(JSON.stringify(requestSpans)).length).toBeGreaterThan(2000);
      expect(spans).toHaveLength(Object.keys(RECORDED).length);
      expect(words(JSON.stringify(lines))).toEqual([]);
      expect(JSON.stringify(lines)).not.toMatch(/AKIA|alice|bob@example/);
    });

    test('`traces` reads the same of them: usage, models, request ids, tools, failures', () => {
      // Names are shown as the gateway leaves them; what a tool was given is hashed from its text.
      const read = (document: object) => spansIn(document).spans.map((span) => ({ ...span, name: undefined, toolInput: undefined }));
      const byTrace = (all: ReturnType<typeof read>) => [...all].sort((one, other) => one.traceId.localeCompare(other.traceId));
      const [before, after] = [byTrace(read(requestSpans)), byTrace(lines.flatMap(read))];
      // The last one has sentences as names of an agent, which are no names.
      expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
      expect(before.filter(({ tokens }) => tokens)).toHaveLength(6);
    });

    test('names, errors and events', () => {
      expect(spans.map(({ name }) => name)).toEqual([
        ...['chat', `chat us.anthropic.claude-sonnet-4-5-20250929-v1:0`, `chat us.anthropic.claude-sonnet-4-5-20250929-v1:0`],
        ...['bedrock.converse', 'VectorStoreRetriever', 'ChatBedrockConverse.chat', '[redacted]', 'ai.generateText.doGenerate'],
        ...['execute_tool search', 'invoke_agent', 'chat'],
      ]);
      expect(spans[5]!.status).toEqual({ code: 2 });
      expect(spans[8]!.events).toMatchObject([{ attributes: [{ key: 'exception.type' }] }]);
      expect(spans.every(({ resource }) => resource.team === 'search' && resource['service.name'] === 'shop')).toBe(true);
      expect(spans[10]!.attributes).toMatchObject({ 'gen_ai.agent.name': '****', 'gen_ai.tool.name': 'mail to ****' });
    });

    test('a prompt of 32,000 characters leaves as less than 4 KB', () => {
      expect(LONG.length).toBeGreaterThan(30_000);
      lines
        .flatMap(({ resourceSpans }) => resourceSpans as Raw[])
        .forEach((each) => expect(JSON.stringify(each).length).toBeLessThan(4000));
    });
  });

  test('an attribute that is asked for is kept, and cut', async () => {
    const lines = await through({ attributes: ['pydantic_ai.all_messages'], maxAttributeLength: 100 }, async (gateway) => {
      await gateway.send('traces', request([RECORDED['Pydantic AI']!]));
    });
    const [span] = spansOf(lines);
    expect(span!.attributes['pydantic_ai.all_messages']).toHaveLength(100);
    expect(span!.attributes).not.toHaveProperty('final_result');
  });

  test('sampling keeps errors, slow and large traces, and some of the rest', async () => {
    const chat = RECORDED['ADOT, botocore']!;
    const large = { ...chat, attributes: { ...chat.attributes, 'gen_ai.usage.output_tokens': 4001 } };
    const lines = await through({ sampling: { percentage: 0, decisionAfter: Duration.seconds(1) } }, async (gateway) => {
      await gateway.send('traces', request([chat, { ...chat, error: SECRET }, large]));
    });
    expect(
      spansOf(lines)
        .map(({ traceId }) => Number(traceId))
        .sort(),
    ).toEqual([2, 3]);
  });

  test('span metrics: calls by model, from all spans, cumulative where the destination asks for it', async () => {
    const soon = { connectors: { span_metrics: { metrics_flush_interval: '1s' } } };
    const lines = await through(
      { spanMetrics: true },
      async (gateway) => {
        await gateway.send('traces', request());
        await new Promise((resolve) => setTimeout(resolve, 2500));
      },
      soon,
    );
    const metrics = JSON.stringify(lines.filter(({ resourceMetrics }) => resourceMetrics));
    expect(metrics).toContain('"genai.calls"');
    expect(metrics).toContain('"aggregationTemporality":2');
    expect(metrics).not.toContain('"aggregationTemporality":1');
    expect(words(metrics)).toEqual([]);
  });

  test('metrics of applications keep labels of the allow-list, in the temporality of the destination', async () => {
    const point = { asInt: '5', startTimeUnixNano: '1795168800000000000', timeUnixNano: '1795168860000000000' };
    const labels = [
      { key: 'gen_ai.request.model', value: { stringValue: 'nova' } },
      { key: 'prompt', value: { stringValue: SECRET } },
    ];
    const sum = { aggregationTemporality: 1, isMonotonic: true, dataPoints: [{ ...point, attributes: labels }] };
    const lines = await through({}, async (gateway) => {
      const status = await gateway.send('metrics', {
        resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'bedrock.calls', sum }] }] }],
      });
      expect(status).toBe(200);
    });
    const text = JSON.stringify(lines);
    expect(text).toContain('"aggregationTemporality":2');
    expect(text).toContain('"nova"');
    expect(words(text)).toEqual([]);
  });

  test('what two gateways add up stays apart; what an application adds up does not change', async () => {
    const point = { asInt: '5', startTimeUnixNano: '1795168800000000000', timeUnixNano: '1795168860000000000', attributes: [] };
    const metric = (name: string, aggregationTemporality: number) => ({
      name,
      sum: { aggregationTemporality, isMonotonic: true, dataPoints: [point] },
    });
    const lines = await through({}, async (gateway) => {
      await gateway.send('metrics', {
        resourceMetrics: [{ scopeMetrics: [{ metrics: [metric('bedrock.calls', 1), metric('bedrock.errors', 2)] }] }],
      });
    });
    const text = JSON.stringify(lines);
    expect(text.match(/"collector\.instance\.id"/g)).toHaveLength(1);
    expect(text.indexOf('collector.instance.id')).toBeGreaterThan(text.indexOf('bedrock.calls'));
    expect(text.match(/"aggregationTemporality":2/g)).toHaveLength(2);
  });

  test('log records are not taken', async () => {
    await through({}, async (gateway) => expect(await gateway.send('logs', { resourceLogs: [] })).toBe(404));
  });

  const secret = { secretValue: {} } as never;
  test.each<[string, OtelGatewayOptions]>([
    ['CloudWatch', { destinations: [OtlpDestination.cloudWatch()], spanMetrics: true }],
    ['gRPC', { destinations: [OtlpDestination.endpoint('https://otlp.example.com:4317', { protocol: OtlpProtocol.GRPC })] }],
    ['Grafana Cloud', { destinations: [OtlpDestination.grafanaCloud('eu-west-2', secret)] }],
    [
      'all at once',
      {
        destinations: [
          OtlpDestination.cloudWatch(),
          OtlpDestination.arize('shop', secret),
          OtlpDestination.langfuse(secret),
          OtlpDestination.honeycomb(secret),
          OtlpDestination.openObserve('org', secret),
          OtlpDestination.endpoint('http://collector.example.com:4318', { temporality: OtlpTemporality.DELTA }),
        ],
        sampling: { percentage: 12.5 },
        spanMetrics: true,
        attributes: ['my.key'],
        blockedValues: ['\\d{4}-\\d{4}'],
        resourceAttributes: { team: 'search' },
      },
    ],
  ])('the collector takes the configuration for %s', (_, options) => {
    const { headersVariables } = new OtelGatewayConfiguration(options);
    const env = Object.fromEntries(headersVariables.map((name) => [name, '{"Authorization":"Basic abc","x-key":"1"}']));
    expect(refusal([configurationOf(options)], env)).toBeUndefined();
  });

  test('headers that are missing are refused when the collector starts, with the name of the destination', () => {
    const refused = refusal([configurationOf({ destinations: [OtlpDestination.langfuse(secret)] })]);
    expect(refused).toMatch(/"otlp_http\/destination1_traces"[^]*'headers'/);
  });

  test('headers as SDKs want them, instead of JSON, are refused when the collector starts', () => {
    const options = { destinations: [OtlpDestination.langfuse(secret)] };
    expect(refusal([configurationOf(options)], { DESTINATION1_HEADERS: 'Authorization=Basic%20abc' })).toContain('headers');
  });
});
