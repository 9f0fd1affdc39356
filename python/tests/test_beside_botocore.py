"""The real boto3 with the real instrumentation of botocore, which ADOT has too: each call has one span.

Skipped unless they are installed: scripts/python-module.mjs installs them.
"""

import unittest

from bedrock_observability_trace import TraceOptions, trace_converse, trace_invoke_agent

from fakes import ID, SONNET
from stand_in import StandIn
from test_agent_responses import RESPONSES

try:
    import boto3
    from botocore.config import Config
    from opentelemetry.instrumentation.botocore import BotocoreInstrumentor
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
except ImportError:
    boto3 = None

OURS = "cdk-bedrock-observability/trace"
THEIRS = "opentelemetry.instrumentation.botocore.bedrock-runtime"
GIVEN = {"modelId": SONNET, "messages": [{"role": "user", "content": [{"text": "secret words"}]}]}
USAGE = {"inputTokens": 14, "outputTokens": 60, "totalTokens": 74, "cacheReadInputTokens": 4000}
MESSAGE = {"role": "assistant", "content": [{"text": "secret words"}]}
CONVERSE = {"output": {"message": MESSAGE}, "stopReason": "end_turn", "usage": USAGE, "metrics": {"latencyMs": 5}}
STREAM = [
    {"messageStart": {"role": "assistant"}},
    {"contentBlockDelta": {"contentBlockIndex": 0, "delta": {"text": "secret words"}}},
    {"contentBlockStop": {"contentBlockIndex": 0}},
    {"messageStop": {"stopReason": "end_turn"}},
    {"metadata": {"usage": USAGE, "metrics": {"latencyMs": 5}}},
]


@unittest.skipUnless(boto3, "no boto3")
class BesideBotocore(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.exporter, cls.provider = InMemorySpanExporter(), TracerProvider(shutdown_on_exit=False)
        cls.provider.add_span_processor(SimpleSpanProcessor(cls.exporter))
        cls.options = TraceOptions(tracer_provider=cls.provider)
        BotocoreInstrumentor().instrument(tracer_provider=cls.provider)
        cls.server = StandIn().__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.server.request_id = ID
        cls.models, cls.agents = (cls.client(name) for name in ("bedrock-runtime", "bedrock-agent-runtime"))

    @classmethod
    def client(cls, name):
        client = boto3.client(
            name,
            region_name="us-east-1",
            endpoint_url=cls.server.endpoint,
            aws_access_key_id="a",
            aws_secret_access_key="b",
            config=Config(retries={"total_max_attempts": 1}, read_timeout=10),
        )
        cls.addClassCleanup(client.close)
        return client

    @classmethod
    def tearDownClass(cls):
        BotocoreInstrumentor().uninstrument()

    def setUp(self):
        self.exporter.clear()
        self.server.body, self.server.events = CONVERSE, None

    def spans(self):
        return [(span.instrumentation_scope.name, span.name) for span in self.exporter.get_finished_spans()]

    def only(self):
        (span,) = self.exporter.get_finished_spans()
        self.assertEqual(span.instrumentation_scope.name, OURS)
        self.assertNotIn("secret", span.to_json())
        return span.attributes

    def test_the_instrumentation_is_at_work(self):
        self.models.converse(**GIVEN)
        self.assertEqual(self.spans(), [(THEIRS, f"chat {SONNET}")])

    def test_converse(self):
        trace_converse(self.models, options=self.options, **GIVEN)
        attributes = self.only()
        self.assertEqual((attributes["gen_ai.usage.input_tokens"], attributes["llm.cost.usd"]), (4014, 0.0023562))
        self.assertEqual(attributes["aws.request_id"], ID)

    def test_converse_stream(self):
        self.server.events = STREAM
        stream = trace_converse(self.models, stream=True, options=self.options, **GIVEN)["stream"]
        self.assertEqual(len(list(stream)), len(STREAM))
        self.assertEqual(self.only()["llm.cost.usd"], 0.0023562)

    def test_invoke_model(self):
        self.server.body = {"usage": {"input_tokens": 14, "output_tokens": 60}}
        answer = trace_converse(self.models, options=self.options, modelId=SONNET, body='{"max_tokens": 9}')
        self.assertIn(b"input_tokens", answer["body"].read())
        self.assertEqual(self.only()["llm.cost.usd"], 0.0010362)

    def test_invoke_agent(self):
        recorded = next(each for each in RESPONSES if each["name"] == "tools and guardrails")
        self.server.events = recorded["events"]
        response = trace_invoke_agent(self.agents, options=self.options, **recorded["input"])
        self.assertEqual(len(list(response["completion"])), len(recorded["events"]))
        spans = self.spans()
        self.assertEqual({scope for scope, _ in spans}, {OURS})
        self.assertEqual(sorted(name for _, name in spans), sorted(span["name"] for span in recorded["spans"]))

    def test_afterwards_it_is_at_work_again(self):
        trace_converse(self.models, options=self.options, **GIVEN)
        self.models.converse(**GIVEN)
        self.assertEqual([scope for scope, _ in self.spans()], [OURS, THEIRS])

    def test_without_a_provider_of_ours_theirs_counts_the_call(self):
        """Nothing is suppressed where this module makes no span."""
        trace_converse(self.models, **GIVEN)
        self.assertEqual(self.spans(), [(THEIRS, f"chat {SONNET}")])


if __name__ == "__main__":
    unittest.main()
