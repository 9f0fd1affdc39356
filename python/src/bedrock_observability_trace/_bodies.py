"""Bodies of InvokeModel in the dialects of the model families, as engine/records/dialects.ts, and the hash of a prompt."""

import base64
import hashlib
import hmac
import json
import re

from ._agent import obj, raw_counts, read_count, read_word

# Chunks of streams that can hold counts or the reason why the answer ended: few, and not those with text.
TELLING = re.compile(rb"usage|stop_?[rR]eason|finish_?[rR]eason|completionReason|[tT]okenCount|token_count|amazon-bedrock")
# A chunk that is longer holds an answer.
MAX_CHUNK = 16_384

PROMPT_MEMBERS = ("system", "messages", "prompt", "inputText", "input", "instructions", "texts")


def request_body(body):
    """A body as an object: text, bytes, or nothing that can be read."""
    try:
        return obj(json.loads(body))
    except (TypeError, ValueError):
        return {}


def request_settings(body):
    """The settings of a request, wherever its family has them."""
    places = (body, obj(body.get("inferenceConfig")), obj(body.get("textGenerationConfig")))

    def first(*names):
        found = (place.get(name) for name in names for place in places)
        return next((value for value in found if isinstance(value, (int, float)) and not isinstance(value, bool)), None)

    return {
        "max_tokens": first("maxTokens", "max_completion_tokens", "max_tokens", "max_new_tokens", "max_gen_len", "maxTokenCount"),
        "temperature": first("temperature"),
        "top_p": first("topP", "top_p"),
    }


def body_counts(body):
    """Counts of an answer or of a chunk. What Bedrock adds to the last chunk holds for every family."""
    counts = raw_counts(body)
    results = body.get("results")
    first = obj(results[0]) if isinstance(results, list) and results else {}
    added = obj(body.get("amazon-bedrock-invocationMetrics"))
    return {
        "input": read_count(added.get("inputTokenCount"))
        or counts["input"]
        or read_count(body.get("prompt_token_count"))
        or read_count(body.get("inputTextTokenCount")),
        "output": read_count(added.get("outputTokenCount"))
        or counts["output"]
        or read_count(body.get("generation_token_count"))
        or read_count(first.get("tokenCount"))
        or read_count(body.get("totalOutputTextTokenCount")),
        "cacheRead": read_count(added.get("cacheReadInputTokenCount")) or counts["cacheRead"],
        "cacheWrite": read_count(added.get("cacheWriteInputTokenCount")) or counts["cacheWrite"],
    }


def header_counts(response):
    headers = obj(obj(response.get("ResponseMetadata")).get("HTTPHeaders"))

    def count(name):
        text = headers.get(f"x-amzn-bedrock-{name}-token-count")
        return read_count(int(text)) if isinstance(text, str) and re.fullmatch(r"\d{1,9}", text, re.ASCII) else 0

    return {"input": count("input"), "output": count("output")}


def stop_reason(body):
    def within(member):
        items = body.get(member)
        return obj(items[0]) if isinstance(items, list) and items else {}

    choice = within("choices")
    places = (
        (body, "stopReason"),
        (body, "stop_reason"),
        (obj(body.get("delta")), "stop_reason"),
        (choice, "finish_reason"),
        (choice, "stop_reason"),
        (body, "completionReason"),
        (within("results"), "completionReason"),
        (within("outputs"), "stop_reason"),
        (body, "finish_reason"),
        (within("generations"), "finish_reason"),
    )
    return next((reason for reason in (read_word(place.get(name)) for place, name in places) if reason), None)


def prompt_hash(body, key):
    """The hash that the ledger has for the same prompt and the same key; None without a key or a prompt."""
    prompt = [[name, body[name]] for name in PROMPT_MEMBERS if body.get(name) is not None]
    if key is None or not prompt:
        return None
    text = json.dumps(prompt, separators=(",", ":"), ensure_ascii=False, default=_as_logged)
    return hmac.new(key.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _as_logged(value):
    return base64.b64encode(value).decode() if isinstance(value, (bytes, bytearray)) else None
