"""What spans say, in the names of the conventions: the table is attributes.json, made from the one of the Node module."""

import json
import time
from pathlib import Path

from opentelemetry.trace import SpanKind, Status, StatusCode

TABLE = json.loads(Path(__file__).with_name("attributes.json").read_text("ascii"))
SPAN, NEXT, OPEN_INFERENCE = TABLE["span"], TABLE["next"], TABLE["openInference"]
SCOPE = TABLE["scope"]

# Identity first: a destination that cuts attributes off keeps what comes first.
NAMES = (
    ("operation", "OPERATION"),
    ("agent_id", "AGENT_ID"),
    ("agent_name", "AGENT_NAME"),
    ("session_id", "CONVERSATION"),
    ("session_id", "SESSION"),
    ("request_id", "REQUEST_ID"),
    ("region", "REGION"),
    ("model", "REQUEST_MODEL"),
    ("response_model", "RESPONSE_MODEL"),
    ("usd", "COST"),
    ("max_tokens", "MAX_TOKENS"),
    ("temperature", "TEMPERATURE"),
    ("top_p", "TOP_P"),
    ("first_chunk_seconds", "TIME_TO_FIRST_CHUNK"),
    ("tool", "TOOL_NAME"),
    ("tool_type", "TOOL_TYPE"),
    ("knowledge_base", "DATA_SOURCE"),
    ("knowledge_base", "KNOWLEDGE_BASE"),
    ("documents", "DOCUMENTS"),
    ("guardrail", "GUARDRAIL"),
    ("guardrail_action", "GUARDRAIL_ACTION"),
    ("tier", "TIER"),
    ("prompt_hash", "PROMPT_HASH"),
    ("error_type", "ERROR_TYPE"),
    ("finish_reasons", "FINISH_REASONS"),
)
KINDS = {"model": "LLM", "agent": "AGENT", "tool": "TOOL", "retrieval": "RETRIEVER", "other": "GUARDRAIL"}


def attributes_of(facts, options):
    """The facts as attributes. What is not known has none."""
    role = facts["role"]
    pairs = [] if role == "other" else [(SPAN["PROVIDER"], "aws.bedrock")]
    # The conventions have no operation for guardrails.
    pairs += [(SPAN[name], facts.get(fact)) for fact, name in NAMES if role != "other" or fact != "operation"]
    tokens = facts.get("tokens")
    if tokens:
        cached = 0 if facts.get("input_holds_cached") else tokens["cacheRead"] + tokens["cacheWrite"]
        write = NEXT["CACHE_WRITE_TOKENS"] if options.conventions == "next" else SPAN["CACHE_WRITE_TOKENS"]
        counts = (tokens["input"] + cached, tokens["output"], tokens["cacheRead"] or None, tokens["cacheWrite"] or None)
        pairs += zip((SPAN["INPUT_TOKENS"], SPAN["OUTPUT_TOKENS"], SPAN["CACHE_READ_TOKENS"], write), counts)
        if options.open_inference:
            names = ("INPUT_TOKENS", "OUTPUT_TOKENS", "CACHE_READ_TOKENS", "CACHE_WRITE_TOKENS")
            pairs += zip((OPEN_INFERENCE[name] for name in names), counts)
            pairs.append((OPEN_INFERENCE["TOTAL_TOKENS"], counts[0] + counts[1]))
    if options.conventions == "next" and facts.get("usd") is not None:
        pairs += [(NEXT["COST_AMOUNT"], facts["usd"]), (NEXT["COST_CURRENCY"], "USD"), (NEXT["COST_SOURCE"], "local")]
    if options.open_inference:
        agent = facts.get("agent_name") or facts.get("agent_id")
        pairs += [
            (OPEN_INFERENCE["KIND"], KINDS[role]),
            (OPEN_INFERENCE["AGENT_NAME"], agent if role == "agent" else None),
            (OPEN_INFERENCE["TOOL_NAME"], facts.get("tool")),
            (OPEN_INFERENCE["PROVIDER"], "aws" if role == "model" else None),
            (OPEN_INFERENCE["MODEL"], facts.get("model")),
            (OPEN_INFERENCE["COST"], facts.get("usd")),
        ]
    return {name: value for name, value in pairs if value is not None and value != ""}


def kind_of(role):
    """Tools and guardrails run within the service; all else is a request to another."""
    return SpanKind.INTERNAL if role in ("tool", "other") else SpanKind.CLIENT


def fail(span, error_type):
    """The message of an error can quote the prompt: only its name is written."""
    span.set_status(Status(StatusCode.ERROR))
    span.set_attribute(SPAN["ERROR_TYPE"], error_type)


def error_type_of(error):
    code = getattr(error, "response", None)
    named = code.get("Error", {}).get("Code") if isinstance(code, dict) else None
    return named if isinstance(named, str) and named.isidentifier() else type(error).__name__


now = time.time_ns
