"""Direct calls, and everything that can go wrong around a response."""

import gc
import hashlib
import hmac
import unittest

from bedrock_observability_trace import TraceOptions, trace_context, trace_converse, trace_invoke_agent
from opentelemetry import baggage, context, trace
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, TraceState

from fakes import ID, METADATA, SONNET, Client, ClientError, TracedCase

USAGE = {"inputTokens": 10, "outputTokens": 5, "cacheReadInputTokens": 100, "cacheWriteInputTokens": 20}
GIVEN = {"modelId": SONNET, "messages": [{"role": "user", "content": [{"text": "secret words"}]}], "inferenceConfig": {"maxTokens": 9}}
ANSWER = {**METADATA, "output": {"message": {"content": [{"text": "secret words"}]}}, "stopReason": "end_turn", "usage": USAGE}
EVENTS = [
    {"messageStart": {"role": "assistant"}},
    {"contentBlockDelta": {"delta": {"text": "secret words"}}},
    {"messageStop": {"stopReason": "max_tokens"}},
    {"metadata": {"usage": USAGE, "metrics": {"latencyMs": 1}}},
]
# 10 at 3.30, 5 at 16.50, 100 at 0.33 and 20 at 4.125 USD a million.
COST = 0.000231


class Requests(TracedCase):
    def converse(self, answer, client=None, **options):
        client = client or Client(answer)
        given = TraceOptions(**{"tracer_provider": self.provider, **options})
        return trace_converse(client, options=given, **GIVEN)

    def stream(self, events, **options):
        client = Client(lambda: {**METADATA, "stream": events})
        given = TraceOptions(**{"tracer_provider": self.provider, **options})
        return trace_converse(client, stream=True, options=given, **GIVEN)["stream"]

    def test_converse(self):
        answer = dict(ANSWER)
        self.assertIs(self.converse(answer), answer)
        span = self.only()
        self.assertEqual(span.name, f"chat {SONNET}")
        self.assertEqual(
            span.attributes,
            {
                "gen_ai.provider.name": "aws.bedrock",
                "gen_ai.operation.name": "chat",
                "gen_ai.request.model": SONNET,
                "gen_ai.request.max_tokens": 9,
                "gen_ai.response.finish_reasons": ["end_turn"],
                "gen_ai.usage.input_tokens": 130,
                "gen_ai.usage.output_tokens": 5,
                "gen_ai.usage.cache_read.input_tokens": 100,
                "gen_ai.usage.cache_creation.input_tokens": 20,
                "llm.cost.usd": COST,
                "cloud.region": "us-east-1",
                "aws.request_id": ID,
            },
        )

    def test_stream(self):
        self.assertEqual(list(self.stream(iter(EVENTS))), EVENTS)
        attributes = self.only().attributes
        self.assertEqual(attributes["llm.cost.usd"], COST)
        self.assertEqual(attributes["gen_ai.response.finish_reasons"], ["max_tokens"])
        self.assertGreaterEqual(attributes["gen_ai.response.time_to_first_chunk"], 0)

    def test_one_event_at_a_time(self):
        stream = self.stream(iter(EVENTS))
        self.assertIs(next(stream), EVENTS[0])
        self.assertIsNone(self.provider.spans[0].stop)
        self.assertEqual(list(stream._events), EVENTS[1:])
        self.only()

    def test_an_hour_of_cache_costs_more(self):
        self.converse({**ANSWER, "usage": {**USAGE, "cacheDetails": [{"ttl": "1h", "inputTokens": 20}]}})
        self.assertAlmostEqual(self.only().attributes["llm.cost.usd"], COST + 20 * (6.6 - 4.125) / 10**6, 12)

    def test_a_tier(self):
        self.converse({**ANSWER, "serviceTier": {"type": "priority"}})
        self.assertEqual(self.only().attributes["aws.bedrock.service_tier"], "priority")

    def test_left_in_a_loop(self):
        for _ in self.stream(iter(EVENTS)):
            break
        gc.collect()
        self.assertTrue(self.only().attributes["aws.bedrock.stream.abandoned"])

    def test_never_read(self):
        self.stream(iter(EVENTS))
        gc.collect()
        self.assertTrue(self.only().attributes["aws.bedrock.stream.abandoned"])

    def test_closed(self):
        class Stream(list):
            closed = False

            def close(self):
                self.closed = True

        source = Stream(EVENTS)
        stream = self.stream(source)
        stream.close()
        stream.close()
        self.assertTrue(source.closed)
        self.assertTrue(self.only().attributes["aws.bedrock.stream.abandoned"])

    def test_a_stream_that_breaks(self):
        def broken():
            yield EVENTS[0]
            raise ClientError("secret words")

        with self.assertRaises(ClientError):
            list(self.stream(broken()))
        span = self.only()
        self.assertTrue(span.failed)
        self.assertEqual(span.attributes["error.type"], "ThrottlingException")

    def test_a_refused_call(self):
        with self.assertRaises(ClientError):
            self.converse(ClientError("secret words"))
        span = self.only()
        self.assertTrue(span.failed)
        self.assertEqual((span.attributes["error.type"], span.attributes["aws.request_id"]), ("ThrottlingException", ID))

    def test_a_response_of_another_form(self):
        for answer in ({}, {"usage": []}, {"usage": {"inputTokens": "many"}}, {"ResponseMetadata": None, "stopReason": {}}):
            self.provider.spans.clear()
            self.converse(answer)
            self.assertNotIn("llm.cost.usd", self.only().attributes)

    def test_an_unknown_model_has_no_cost(self):
        trace_converse(Client(ANSWER), options=TraceOptions(tracer_provider=self.provider), modelId="acme.unknown")
        span = self.only()
        self.assertNotIn("llm.cost.usd", span.attributes)
        self.assertEqual(span.attributes["gen_ai.usage.output_tokens"], 5)

    def test_prompt_hash(self):
        """Over the text of engine/records/prompt-text.ts."""
        self.converse(ANSWER, prompt_hash_key="key")
        text = '[["messages",[{"role":"user","content":[{"text":"secret words"}]}]]]'
        expected = hmac.new(b"key", text.encode(), hashlib.sha256).hexdigest()
        self.assertEqual(self.only().attributes["aws.bedrock.prompt.hash"], expected)

    def test_trace_context(self):
        self.assertEqual(trace_context(), {})
        self.assertEqual(trace_context("a session/1"), {"baggage": "session.id=a%20session%2F1"})
        state = TraceState([("vendor", "x")])
        span = NonRecordingSpan(SpanContext(0xAF7651916CD43DD8448EB211C80319C, 0xB7AD6B7169203331, False, TraceFlags(1), state))
        token = context.attach(baggage.set_baggage("user", "a,b", trace.set_span_in_context(span)))
        try:
            self.assertEqual(
                trace_context(),
                {
                    "traceParent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                    "traceState": "vendor=x",
                    "baggage": "user=a%2Cb",
                },
            )
        finally:
            context.detach(token)

    def test_flush(self):
        self.converse(ANSWER, flush=True)
        self.assertEqual(self.provider.flushed, 2000)

    def test_botocore_is_told_to_make_no_span(self):
        seen = []
        self.converse(lambda: seen.append((context.get_value("suppress_instrumentation"), trace.get_current_span())) or ANSWER)
        self.assertEqual(seen, [(True, self.provider.spans[0])])
        self.assertIsNone(context.get_value("suppress_instrumentation"))

    def test_no_provider(self):
        client = Client(lambda: {**METADATA, "completion": iter([])})
        trace_invoke_agent(client, agentId="A", agentAliasId="B", sessionId="s")
        self.assertEqual(client.asked, [("invoke_agent", {"agentId": "A", "agentAliasId": "B", "sessionId": "s"})])

    def test_which_operation(self):
        for given, operation in (
            ({"agentId": "A"}, "invoke_agent"),
            ({"foundationModel": SONNET}, "invoke_inline_agent"),
            ({"retrieveAndGenerateConfiguration": {}}, "retrieve_and_generate"),
            ({"retrievalQuery": {}, "knowledgeBaseId": "KB"}, "retrieve"),
        ):
            client = Client(dict(METADATA))
            trace_invoke_agent(client, options=TraceOptions(tracer_provider=self.provider), **given)
            self.assertEqual(client.asked[0][0], operation)

    def test_other_vocabularies(self):
        self.converse(ANSWER, conventions="next", open_inference=True)
        attributes = self.only().attributes
        self.assertEqual(attributes["gen_ai.usage.cache_write.input_tokens"], 20)
        self.assertEqual((attributes["gen_ai.usage.cost.amount"], attributes["gen_ai.usage.cost.currency"]), (COST, "USD"))
        self.assertEqual((attributes["openinference.span.kind"], attributes["llm.token_count.total"]), ("LLM", 135))


if __name__ == "__main__":
    unittest.main()
