"""The events of one InvokeAgent response as spans: as engine/agents/invoke-agent-events.ts, without a text."""

import json
import re
from datetime import datetime, timedelta, timezone

STEPS = (
    "preProcessingTrace",
    "orchestrationTrace",
    "customOrchestrationTrace",
    "postProcessingTrace",
    "routingClassifierTrace",
    "guardrailTrace",
    "failureTrace",
)
_ALIAS = re.compile(r"^arn:aws[a-z-]*:bedrock:([a-z0-9-]+):\d*:agent-alias/([\w-]+)/")
_WORD = re.compile(r"^[\w.:/$@+-]{1,128}$", re.ASCII)
_ID = re.compile(r"^[\w.:/@|=+#-]{1,256}$", re.ASCII)
_MODEL = re.compile(r"^[\w.:/@+[\]-]{1,2048}$", re.ASCII)
_UUID = re.compile(r"^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$", re.I)
_REASON = re.compile(r'"(?:stop_reason|stopReason)"\s*:\s*"(\w{1,64})"')


_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def matching(pattern):
    return lambda value: value if isinstance(value, str) and pattern.match(value) else None


read_word, read_id, read_model, read_request_id = map(matching, (_WORD, _ID, _MODEL, _UUID))


def obj(value):
    return value if isinstance(value, dict) else {}


def read_count(value):
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 10**9 else 0


def read_time(value):
    """Nanoseconds since 1970."""
    if not isinstance(value, datetime):
        return None
    at = value if value.tzinfo else value.replace(tzinfo=timezone.utc)
    return (at - _EPOCH) // timedelta(microseconds=1) * 1000


class AgentEvents:
    """Draws the tree of a response while its events arrive."""

    def __init__(self):
        self.spans = []
        self._agents = {}
        self._open = {}
        self._last = 0

    def add(self, event):
        event = obj(event)
        part = obj(event.get("trace"))
        for name in event:
            if re.fullmatch(r"\w{1,64}Exception", name) and self.spans:
                self.spans[0].update(failed=True, error_type=name)
        trace = obj(part.get("trace"))
        step = next((name for name in STEPS if isinstance(trace.get(name), dict)), None)
        if not step:
            return
        aliases = [read_id(obj(caller).get("agentAliasArn")) for caller in part.get("callerChain") or []]
        chain = tuple(alias for alias in aliases if alias) or (read_id(part.get("agentId")) or "agent",)
        self._last = read_time(part.get("eventTime")) or self._last
        self._part(step, trace[step], chain)

    def _part(self, step, body, chain):
        agent = self._agent(chain)
        agent["end"] = max(agent["end"], self._last)
        if isinstance(body.get("modelInvocationInput"), dict):
            self._model_input(body["modelInvocationInput"], chain, agent)
        if isinstance(body.get("modelInvocationOutput"), dict):
            self._model_output(body["modelInvocationOutput"], chain, agent)
        if isinstance(body.get("invocationInput"), dict):
            self._invocation(body["invocationInput"], chain, agent)
        if isinstance(body.get("observation"), dict):
            self._observation(body["observation"], chain, agent)
        if step == "guardrailTrace":
            span = self._begin("other", agent, chain, "guardrail", guardrail_action=read_word(body.get("action")))
            self._close(span, body)
        if step == "failureTrace":
            code = body.get("failureCode")
            agent.update(failed=True, error_type=str(code) if isinstance(code, int) else read_word(code) or "failure")

    def _agent(self, chain):
        if chain in self._agents:
            return self._agents[chain]
        parent = self._agent(chain[:-1]) if len(chain) > 1 else None
        self._agents[chain] = self._begin("agent", parent, chain, None, operation="invoke_agent")
        return self._agents[chain]

    def _begin(self, role, parent, chain, name, **facts):
        alias = _ALIAS.match(chain[-1])
        agent = (alias.group(2) if alias else chain[-1]) if role == "agent" else (parent or {}).get("agent")
        span = {
            "place": len(self.spans),
            "parent": parent["place"] if parent else None,
            "role": role,
            "name": name or f"invoke_agent {agent}",
            "agent": agent,
            "region": alias.group(1) if alias else None,
            "start": self._last,
            "end": self._last,
            "failed": False,
            **facts,
        }
        if role == "agent":
            span["agent_id"] = agent
        self.spans.append(span)
        return span

    def _model_input(self, given, chain, agent):
        model = read_model(given.get("foundationModel"))
        settings = obj(given.get("inferenceConfiguration"))
        span = self._begin(
            "model",
            agent,
            chain,
            f"chat {model}" if model else "chat",
            operation="chat",
            model=model,
            max_tokens=settings.get("maximumLength"),
            temperature=settings.get("temperature"),
            top_p=settings.get("topP"),
        )
        self._remember("model", chain, given, span)

    def _model_output(self, output, chain, agent):
        span = self._recall("model", chain, output) or self._begin("model", agent, chain, "chat", operation="chat")
        usage = obj(obj(output.get("metadata")).get("usage"))
        content = obj(output.get("rawResponse")).get("content")
        raw = _json(content)
        counts = raw_counts(raw)
        given = read_count(usage.get("inputTokens")) or counts["input"]
        tokens = {**counts, "input": given, "output": read_count(usage.get("outputTokens")) or counts["output"]}
        if any(tokens.values()):
            span["tokens"] = tokens
        span["input_holds_cached"] = counts["input"] not in (0, given)
        if not span.get("model"):
            span["model"] = read_model(raw.get("model"))
        span["name"] = f"chat {span['model']}" if span.get("model") else "chat"
        reason = _REASON.search(content[-4096:]) if isinstance(content, str) else None
        if reason:
            span["finish_reasons"] = [reason.group(1)]
        self._close(span, output)

    def _invocation(self, given, chain, agent):
        group, code = obj(given.get("actionGroupInvocationInput")), obj(given.get("codeInterpreterInvocationInput"))
        if group or code:
            named = (read_word(group.get(member)) for member in ("function", "apiPath", "actionGroupName"))
            tool = next((name for name in named if name), "action_group") if group else "code_interpreter"
            kind = "function" if group.get("executionType") == "RETURN_CONTROL" else "extension"
            span = self._begin("tool", agent, chain, f"execute_tool {tool}", operation="execute_tool", tool=tool, tool_type=kind)
            return self._remember("tool", chain, given, span)
        lookup = obj(given.get("knowledgeBaseLookupInput"))
        if lookup:
            base = read_id(lookup.get("knowledgeBaseId"))
            span = self._begin("retrieval", agent, chain, "retrieval", operation="retrieval", knowledge_base=base)
            return self._remember("retrieval", chain, given, span)
        collaborator = obj(given.get("agentCollaboratorInvocationInput"))
        alias = collaborator.get("agentCollaboratorAliasArn")
        if not isinstance(alias, str):
            return None
        span = self._begin("agent", agent, chain + (alias,), None, operation="invoke_agent")
        name = read_word(collaborator.get("agentCollaboratorName"))
        if name:
            span.update(agent=name, agent_name=name, name=f"invoke_agent {name}")
        self._agents[chain + (alias,)] = span
        return None

    def _observation(self, seen, chain, agent):
        code = obj(seen.get("codeInterpreterInvocationOutput"))
        tool = obj(seen.get("actionGroupInvocationOutput")) or code
        span = self._recall("tool", chain, seen) if tool else None
        if span:
            self._close(span, tool)
            span["failed"] = isinstance(code.get("executionError"), str) or code.get("executionTimeout") is True
        lookup = obj(seen.get("knowledgeBaseLookupOutput"))
        found = self._recall("retrieval", chain, seen) if lookup else None
        if found:
            references = lookup.get("retrievedReferences")
            found["documents"] = len(references) if isinstance(references, list) else None
            self._close(found, lookup)
        collaborator = obj(seen.get("agentCollaboratorInvocationOutput"))
        called = self._agents.get(chain + (collaborator.get("agentCollaboratorAliasArn"),)) if collaborator else None
        if called:
            self._close(called, collaborator)
        if isinstance(seen.get("finalResponse"), dict):
            self._close(agent, seen["finalResponse"])

    def _close(self, span, output):
        metadata = obj(output.get("metadata"))
        start, end = read_time(metadata.get("startTime")), read_time(metadata.get("endTime"))
        span["start"] = start or span["start"]
        span["end"] = max(span["start"], end or self._last)
        request_id = read_request_id(metadata.get("clientRequestId"))
        if span["role"] == "model" and request_id:
            span["request_id"] = request_id.lower()

    def _remember(self, kind, chain, holder, span):
        self._open.setdefault((kind, chain, holder.get("traceId")), []).append(span)

    def _recall(self, kind, chain, holder):
        waiting = self._open.get((kind, chain, holder.get("traceId")))
        return waiting.pop(0) if waiting else None


def _json(content):
    try:
        return obj(json.loads(content)) if isinstance(content, str) and content.startswith("{") else {}
    except ValueError:
        return {}


def raw_counts(raw):
    """Counts of a response body: of Converse, and of Anthropic's and OpenAI's APIs."""
    usage = obj(raw.get("usage"))

    def first(*names):
        return next((read_count(usage[name]) for name in names if read_count(usage.get(name))), 0)

    return {
        "input": first("inputTokens", "input_tokens", "prompt_tokens"),
        "output": first("outputTokens", "output_tokens", "completion_tokens"),
        "cacheRead": first("cacheReadInputTokens", "cacheReadInputTokenCount", "cache_read_input_tokens"),
        "cacheWrite": first("cacheWriteInputTokens", "cacheWriteInputTokenCount", "cache_creation_input_tokens"),
    }
