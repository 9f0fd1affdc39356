"""A provider that keeps spans, and clients that answer what a test says."""

import unittest
from datetime import datetime, timezone

from opentelemetry import trace
from opentelemetry.trace import SpanContext, TraceFlags

SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0"
ID = "00000000-0000-4000-8000-000000000001"
METADATA = {"ResponseMetadata": {"RequestId": ID}}


class RecordedSpan(trace.Span):
    def __init__(self, provider, name, parent, kind, start_time, attributes):
        self.provider, self.name, self.parent, self.kind, self.start = provider, name, parent, kind, start_time
        self.attributes, self.failed, self.stop = dict(attributes or {}), False, None
        self.place = len(provider.spans)
        self._context = SpanContext(1, self.place + 1, False, TraceFlags(1))

    def get_span_context(self):
        return self._context

    def set_attributes(self, attributes):
        self.attributes.update(attributes)

    def set_attribute(self, key, value):
        self.attributes[key] = value

    def set_status(self, status, description=None):
        self.failed = not status.is_ok

    def end(self, end_time=None):
        assert self.stop is None, "a span ends once"
        self.stop = end_time

    def is_recording(self):
        return True

    def add_event(self, *args, **kwargs):
        raise AssertionError("no events: they would hold messages")

    def update_name(self, name):
        self.name = name

    def record_exception(self, *args, **kwargs):
        raise AssertionError("no exceptions: they would hold messages")


class Provider(trace.TracerProvider):
    def __init__(self):
        self.spans, self.flushed = [], 0

    def get_tracer(self, name, *args, **kwargs):
        self.scope = name
        return Tracer(self)

    def force_flush(self, timeout_millis=30000):
        self.flushed = timeout_millis
        return True


class Tracer(trace.Tracer):
    def __init__(self, provider):
        self.provider = provider

    def start_span(self, name, context=None, kind=trace.SpanKind.INTERNAL, attributes=None, links=None, start_time=None, **_):
        parent = trace.get_current_span(context)
        span = RecordedSpan(self.provider, name, parent if isinstance(parent, RecordedSpan) else None, kind, start_time, attributes)
        self.provider.spans.append(span)
        return span

    def start_as_current_span(self, *args, **kwargs):
        raise NotImplementedError


class Client:
    """Answers every operation with one response, or raises."""

    def __init__(self, answer, region="us-east-1"):
        self.answer, self.asked, self.meta = answer, [], type("Meta", (), {"region_name": region})

    def __getattr__(self, operation):
        def call(**kwargs):
            self.asked.append((operation, kwargs))
            if isinstance(self.answer, Exception):
                raise self.answer
            return self.answer() if callable(self.answer) else self.answer

        return call


def sdk_value(name, value):
    """JSON of the service as boto3 hands it out: bytes and times."""
    if name == "bytes":
        import base64

        return base64.b64decode(value)
    if name in ("eventTime", "startTime", "endTime"):
        head, _, rest = value.rstrip("Z").partition(".")
        # Thousandths of a second, as the SDK for JavaScript has them: the fixture is of both.
        micros = int((rest or "0").ljust(3, "0")[:3]) * 1000
        return datetime.fromisoformat(head).replace(microsecond=micros, tzinfo=timezone.utc)
    if isinstance(value, list):
        return [sdk_value("", each) for each in value]
    return {key: sdk_value(key, each) for key, each in value.items()} if isinstance(value, dict) else value


class ClientError(Exception):
    response = {"Error": {"Code": "ThrottlingException", "Message": "secret words"}, **METADATA}


class TracedCase(unittest.TestCase):
    """Calls whose messages hold a secret, which no span may have."""

    def setUp(self):
        self.provider = Provider()

    def only(self):
        (span,) = self.provider.spans
        self.assertIsNotNone(span.stop)
        self.assertGreaterEqual(span.stop, span.start)
        self.assertNotIn("secret", str(span.attributes))
        return span
