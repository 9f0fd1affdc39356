"""Every recorded response becomes the spans that the Node module makes of it."""

import json
import unittest
from pathlib import Path

from bedrock_observability_trace import TraceOptions, trace_invoke_agent
from opentelemetry.trace import SpanKind

from fakes import Client, Provider, sdk_value

FIXTURE = Path(__file__).resolve().parents[2] / "test" / "fixtures" / "agent-responses.ndjson"
RESPONSES = [json.loads(line) for line in FIXTURE.read_text().splitlines()]
OPERATIONS = {
    "InvokeAgent": "invoke_agent",
    "InvokeInlineAgent": "invoke_inline_agent",
    "RetrieveAndGenerateStream": "retrieve_and_generate_stream",
}


def events_of(recorded):
    """A stream breaks with an error of botocore where the service sends an exception."""
    return [sdk_value("", event) for event in recorded["events"]]


def as_expected(spans):
    found = []
    for span in spans:
        row = {"name": span.name}
        if span.parent:
            row["parent"] = span.parent.place
        row["kind"] = "CLIENT" if span.kind is SpanKind.CLIENT else "INTERNAL"
        if found:
            row["start"] = round(span.start / 10**6)
            row["ms"] = round((span.stop - span.start) / 10**6)
        if span.failed:
            row["failed"] = True
        row["attributes"] = {
            key: value for key, value in span.attributes.items() if key != "gen_ai.response.time_to_first_chunk"
        }
        found.append(row)
    return found


def replay(recorded, **options):
    provider = Provider()
    operation = OPERATIONS[recorded["operation"]]
    events = events_of(recorded)
    member = "stream" if operation.endswith("stream") else "completion"
    client = Client(lambda: {"ResponseMetadata": {"RequestId": recorded["requestId"]}, member: iter(events)})
    given = {"tracer_provider": provider, "region": recorded["region"], **options}
    response = trace_invoke_agent(client, operation=operation, options=TraceOptions(**given), **recorded["input"])
    return provider, client, events, list(response[member])


class AgentResponses(unittest.TestCase):
    def test_spans(self):
        self.maxDiff = None
        for recorded in RESPONSES:
            with self.subTest(recorded["name"]):
                provider, client, events, seen = replay(recorded)
                self.assertEqual(as_expected(provider.spans), recorded["spans"])
                self.assertTrue(all(one is other for one, other in zip(seen, events)) and len(seen) == len(events))
                self.assertEqual(provider.scope, "cdk-bedrock-observability/trace")
                self.assertNotIn("secret", json.dumps([span.attributes for span in provider.spans]))

    def test_asks_for_steps(self):
        recorded = RESPONSES[0]
        _, client, _, _ = replay(recorded)
        self.assertEqual(client.asked, [("invoke_agent", {**recorded["input"], "enableTrace": True})])

    def test_without_prices(self):
        for recorded in RESPONSES:
            provider, *_ = replay(recorded, price=False)
            self.assertFalse([span for span in provider.spans if "llm.cost.usd" in span.attributes])


if __name__ == "__main__":
    unittest.main()
