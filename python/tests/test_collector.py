"""Spans of the real SDK arrive in a real collector, and are those that the Node module makes of the same responses.

Skipped unless COLLECTOR is the path of a collector: the gate builds one.
"""

import json
import os
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

from bedrock_observability_trace import TraceOptions, trace_invoke_agent

from fakes import Client
from test_agent_responses import OPERATIONS, RESPONSES, events_of

COLLECTOR = os.environ.get("COLLECTOR")
ENVIRONMENT = {"PATH": os.environ.get("PATH", "")}


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


class Sink:
    """A collector on loopback that writes what it gets."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.file = Path(self.folder.name) / "received.jsonl"
        self.port, health = free_port(), free_port()
        configuration = {
            "receivers": {"otlp": {"protocols": {"http": {"endpoint": f"127.0.0.1:{self.port}"}}}},
            "exporters": {"file": {"path": str(self.file)}},
            "extensions": {"health_check": {"endpoint": f"127.0.0.1:{health}"}},
            "service": {
                "extensions": ["health_check"],
                "telemetry": {"metrics": {"level": "none"}},
                "pipelines": {"traces": {"receivers": ["otlp"], "exporters": ["file"]}},
            },
        }
        written = Path(self.folder.name) / "collector.json"
        written.write_text(json.dumps(configuration))
        log = subprocess.DEVNULL
        self.process = subprocess.Popen([COLLECTOR, f"--config=file:{written}"], env=ENVIRONMENT, stdout=log, stderr=log)
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{health}/").close()
                return self
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the collector did not start")

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.folder.cleanup()

    def spans(self):
        """Ends the collector, as ECS does, and reads what it wrote."""
        self.process.terminate()
        self.process.wait()
        lines = [json.loads(line) for line in self.file.read_text().splitlines()]
        scopes = [scope for line in lines for resource in line["resourceSpans"] for scope in resource["scopeSpans"]]
        return [{**span, "scope": scope["scope"]["name"]} for scope in scopes for span in scope["spans"]]


def plain(value):
    if "arrayValue" in value:
        return [plain(each) for each in value["arrayValue"]["values"]]
    if "intValue" in value:
        return int(value["intValue"])
    return next(iter(value.values()))


def attributes_of(span):
    found = {each["key"]: plain(each["value"]) for each in span.get("attributes", [])}
    found.pop("gen_ai.response.time_to_first_chunk", None)
    return found


def rows_of(spans):
    """Spans of one trace in the form of the fixture."""
    places = {span["spanId"]: place for place, span in enumerate(spans)}
    rows = []
    for span in spans:
        start, end = int(span["startTimeUnixNano"]), int(span["endTimeUnixNano"])
        parent = places.get(span.get("parentSpanId"))
        times = {} if parent is None else {"parent": parent, "start": round(start / 10**6), "ms": round((end - start) / 10**6)}
        failed = {"failed": True} if span.get("status", {}).get("code") == 2 else {}
        kind = "CLIENT" if span["kind"] == 3 else "INTERNAL"
        rows.append({"name": span["name"], **times, "kind": kind, **failed, "attributes": attributes_of(span)})
    return rows


def tree_of(rows, parent=None):
    """Rows as a tree that does not depend on their order."""
    trees = [
        {"span": {name: value for name, value in row.items() if name != "parent"}, "below": tree_of(rows, place)}
        for place, row in enumerate(rows)
        if row.get("parent") == parent
    ]
    return sorted(trees, key=lambda tree: json.dumps(tree, sort_keys=True))


@unittest.skipUnless(COLLECTOR, "no collector")
class InACollector(unittest.TestCase):
    def test_every_response(self):
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        self.maxDiff = None
        with Sink() as sink:
            provider = TracerProvider(shutdown_on_exit=False)
            provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"http://127.0.0.1:{sink.port}/v1/traces")))
            for recorded in RESPONSES:
                self.send(recorded, provider)
            provider.shutdown()
            spans = sink.spans()
        self.assertEqual({span["scope"] for span in spans}, {"cdk-bedrock-observability/trace"})
        self.assertNotIn("secret words", json.dumps(spans))
        for recorded in RESPONSES:
            with self.subTest(recorded["name"]):
                request_id = recorded["requestId"]
                trace = next(span["traceId"] for span in spans if attributes_of(span).get("aws.request_id") == request_id)
                arrived = [span for span in spans if span["traceId"] == trace]
                self.assertEqual(tree_of(rows_of(arrived)), tree_of(recorded["spans"]))

    def send(self, recorded, provider):
        operation = OPERATIONS[recorded["operation"]]
        member = "stream" if operation.endswith("stream") else "completion"
        answer = {"ResponseMetadata": {"RequestId": recorded["requestId"]}, member: iter(events_of(recorded))}
        options = TraceOptions(tracer_provider=provider, region=recorded["region"])
        response = trace_invoke_agent(Client(answer), operation=operation, options=options, **recorded["input"])
        list(response[member])


if __name__ == "__main__":
    unittest.main()
