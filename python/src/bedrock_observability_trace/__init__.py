"""Spans of Amazon Bedrock for OpenTelemetry: what managed agents and direct calls did, with tokens and cost, without texts.

    from bedrock_observability_trace import trace_invoke_agent, trace_converse

    response = trace_invoke_agent(client, agentId="…", agentAliasId="…", sessionId="…", inputText="…")
    for event in response["completion"]: ...
"""

import io
import logging
from dataclasses import dataclass
from typing import Any, Optional
from urllib.parse import quote

from opentelemetry import baggage, trace
from opentelemetry import context as otel_context

from ._recorders import ABANDONED, FIRST_CHUNK, REQUEST_ID, AgentRecorder, ModelRecorder, RetrievalRecorder
from ._spans import SCOPE, attributes_of, error_type_of, fail, kind_of, now
from ._stream import WatchedStream

__all__ = ["TraceOptions", "trace_context", "trace_converse", "trace_invoke_agent"]

_log = logging.getLogger(__name__)

# The key with which the instrumentations of OpenTelemetry for Python, botocore's among them, are told to make no span.
_SUPPRESS = "suppress_instrumentation"


# What JavaScript's encodeURIComponent leaves as it is, so that both modules write the same baggage.
_SAFE = "!~*'()"


@dataclass(frozen=True)
class TraceOptions:
    """How calls are traced."""

    tracer_provider: Optional[Any] = None
    """Where spans go. By default the provider that is registered globally."""
    price: bool = True
    """Whether each model call gets `llm.cost.usd`, from the catalogue of this package."""
    region: Optional[str] = None
    """The Region whose prices count. By default that of the client."""
    model: Optional[str] = None
    """The model behind the agent's alias, for answers that do not name it."""
    session_id: Optional[str] = None
    """Groups the calls of a conversation. By default the session of the agent."""
    conventions: str = "v1.41"
    """`v1.41` of the GenAI conventions, or `next`: v0.1.0 of their own repository."""
    open_inference: bool = False
    """Writes the names of OpenInference too, which Arize reads."""
    prompt_hash_key: Optional[str] = None
    """Writes a hash of the prompt, keyed with this, as the ledger does with the same key. By default no hash."""
    flush: bool = False
    """Waits until spans are sent, at most two seconds, before the response ends. For functions that are frozen then."""


def trace_invoke_agent(client, *, options=TraceOptions(), operation=None, **kwargs):
    """Calls an agent or a knowledge base with a client of boto3, and makes spans of what happened.

    Calls `invoke_agent`, `invoke_inline_agent`, `retrieve_and_generate` or `retrieve`, whichever takes the arguments;
    `operation` names another one, such as `retrieve_and_generate_stream`. Returns its response, whose stream yields the very
    same events; the spans end with it.
    """
    operation = operation or _agent_operation(kwargs)
    has_steps = operation in ("invoke_agent", "invoke_inline_agent")
    recorder = (AgentRecorder if has_steps else RetrievalRecorder)(kwargs, options)
    return _send(client, operation, kwargs, {"enableTrace": True} if has_steps else {}, recorder, options)


def trace_converse(client, *, options=TraceOptions(), stream=False, **kwargs):
    """Calls a model, and makes a `chat` span with tokens, cached ones too, cost and finish reason.

    Calls `converse`, or with a `body` `invoke_model`; with `stream=True` the stream of either. The body of the response of
    `invoke_model` is read within the call, and can be read again as it is.
    """
    operation = "invoke_model" if "body" in kwargs else "converse"
    suffix = {"invoke_model": "_with_response_stream", "converse": "_stream"}[operation] if stream else ""
    return _send(client, operation + suffix, kwargs, {}, ModelRecorder(kwargs, options), options)


def trace_context(session_id=None):
    """The arguments of `invoke_agent_runtime` that let the spans of an AgentCore runtime continue the trace of the active span.

    `traceParent`, `traceState` and `baggage`, each only where there is something to tell. `session_id` goes into the baggage as
    `session.id`, which ADOT writes on each span of the runtime.
    """
    entries = {name: str(value) for name, value in baggage.get_all().items()}
    if session_id is not None:
        entries["session.id"] = session_id
    context = trace.get_current_span().get_span_context()
    parent = f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}" if context.is_valid else ""
    found = {
        "traceParent": parent,
        "traceState": context.trace_state.to_header() if parent else "",
        "baggage": ",".join(f"{quote(name, safe=_SAFE)}={quote(value, safe=_SAFE)}" for name, value in entries.items()),
    }
    return {name: text for name, text in found.items() if text}


def _agent_operation(kwargs):
    if "retrieveAndGenerateConfiguration" in kwargs:
        return "retrieve_and_generate"
    if "retrievalQuery" in kwargs:
        return "retrieve"
    return "invoke_agent" if "agentId" in kwargs else "invoke_inline_agent"


def _send(client, operation, kwargs, more, recorder, options):
    call = getattr(client, operation)
    tracer = trace.get_tracer(SCOPE, tracer_provider=options.tracer_provider)
    start = now()
    span = tracer.start_span(
        recorder.name, kind=kind_of(recorder.facts["role"]), start_time=start, attributes=attributes_of(recorder.facts, options)
    )
    if not span.is_recording():
        # Nobody looks at trace events then.
        with trace.use_span(span):
            return call(**kwargs)
    request = _Request(recorder, tracer, span, start, getattr(getattr(client, "meta", None), "region_name", None), options)
    try:
        response = _without_others(request.context, lambda: call(**{**kwargs, **more}))
    except BaseException as error:
        request.respond(getattr(error, "response", None) or {})
        request.end("failed", error)
        raise
    request.respond(response)
    streams = ("completion", "stream") + (("body",) if operation.endswith("response_stream") else ())
    member = next((name for name in streams if hasattr(response.get(name), "__iter__")), None)
    if member is None:
        try:
            _read_body(response, request)
        except BaseException as error:
            request.end("failed", error)
            raise
        request.end("complete")
    else:
        response[member] = WatchedStream(response[member], request.see, request.end)
    return response


def _read_body(response, request):
    """Reads the body of `invoke_model`, and leaves one of the same kind in its place."""
    body = response.get("body")
    if not hasattr(body, "read"):
        return
    data = body.read()
    request.read(data)
    try:
        response["body"] = type(body)(io.BytesIO(data), len(data))
    except TypeError:
        response["body"] = io.BytesIO(data)


def _without_others(context, call):
    """Where botocore's instrumentation, that of ADOT too, makes no span for what this module makes one for."""
    token = otel_context.attach(otel_context.set_value(_SUPPRESS, True, context))
    try:
        return call()
    finally:
        otel_context.detach(token)


class _Request:
    """One request within its span. What goes wrong while a response is read is logged and never reaches the application."""

    def __init__(self, recorder, tracer, span, start, region, options):
        self._recorder, self._tracer, self._span, self._start = recorder, tracer, span, start
        self._region, self._options = region, options
        self._first = self._last = None
        self.context = trace.set_span_in_context(span)

    def respond(self, response):
        self._last = now()
        request_id = (response.get("ResponseMetadata") or {}).get("RequestId")
        if isinstance(request_id, str):
            self._span.set_attribute(REQUEST_ID, request_id)
        _quietly(self._recorder.respond, response)

    def read(self, data):
        if hasattr(self._recorder, "read"):
            _quietly(self._recorder.read, data)

    def see(self, event):
        self._last = now()
        self._first = self._first or self._last
        _quietly(self._recorder.see, event)

    def end(self, kind, error=None):
        end = self._last if kind == "abandoned" and self._last else now()
        if kind == "failed":
            fail(self._span, error_type_of(error))
        if kind == "abandoned":
            self._span.set_attribute(ABANDONED, True)
        if self._first:
            self._span.set_attribute(FIRST_CHUNK, (self._first - self._start) / 10**9)
        _quietly(self._recorder.finish, self._tracer, self._span, self.context, self._region)
        self._span.end(max(end, self._start))
        if self._options.flush:
            provider = self._options.tracer_provider or trace.get_tracer_provider()
            _quietly(getattr(provider, "force_flush", lambda _: None), 2000)


def _quietly(work, *args):
    try:
        work(*args)
    except Exception as error:  # A response of another form costs its span some attributes, and the application nothing.
        _log.warning("a response of Bedrock could not be traced: %s", type(error).__name__)
