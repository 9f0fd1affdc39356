"""Spans of Amazon Bedrock for OpenTelemetry: what managed agents and direct calls did, with tokens and cost, without texts.

    from bedrock_observability_trace import trace_invoke_agent, trace_converse

    response = trace_invoke_agent(client, agentId="…", agentAliasId="…", sessionId="…", inputText="…")
    for event in response["completion"]: ...
"""

import logging
from dataclasses import dataclass
from typing import Any, Optional

from opentelemetry import context as otel_context
from opentelemetry import trace

from ._recorders import ABANDONED, FIRST_CHUNK, REQUEST_ID, AgentRecorder, ModelRecorder, RetrievalRecorder
from ._spans import SCOPE, attributes_of, error_type_of, fail, kind_of, now
from ._stream import WatchedStream

__all__ = ["TraceOptions", "trace_converse", "trace_invoke_agent"]

_log = logging.getLogger(__name__)

# The key with which the instrumentations of OpenTelemetry for Python, botocore's among them, are told to make no span.
_SUPPRESS = "suppress_instrumentation"


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
    """Calls `converse`, or with `stream=True` `converse_stream`, and makes a `chat` span with tokens, cost and finish reason."""
    return _send(client, "converse_stream" if stream else "converse", kwargs, {}, ModelRecorder(kwargs, options), options)


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
    member = next((name for name in ("completion", "stream") if hasattr(response.get(name), "__iter__")), None)
    if member is None:
        request.end("complete")
    else:
        response[member] = WatchedStream(response[member], request.see, request.end)
    return response


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
