"""What is read of each kind of response, and the spans that it becomes."""

from opentelemetry import trace

from ._agent import AgentEvents, obj, read_count, read_id, read_model, read_word
from ._bodies import MAX_CHUNK, TELLING, body_counts, header_counts, prompt_hash, request_body, request_settings, stop_reason
from ._prices import cost_usd
from ._spans import SPAN, attributes_of, fail, kind_of


class AgentRecorder:
    """InvokeAgent and InvokeInlineAgent."""

    def __init__(self, given, options):
        self.options, self.events = options, AgentEvents()
        agent_id, name = read_id(given.get("agentId")), read_id(given.get("agentName"))
        self.name = f"invoke_agent {agent_id or name or 'INLINE_AGENT'}"
        self.facts = {
            "role": "agent",
            "operation": "invoke_agent",
            "agent_id": agent_id,
            "agent_name": name,
            "session_id": options.session_id or read_id(given.get("sessionId")),
            "guardrail": read_id(obj(given.get("guardrailConfiguration")).get("guardrailIdentifier")),
        }

    def respond(self, response):
        self.facts["session_id"] = self.facts["session_id"] or read_id(response.get("sessionId"))

    def see(self, event):
        self.events.add(event)

    def finish(self, tracer, span, context, region):
        agent, *steps = self.events.spans or [None]
        region = self.options.region or (agent or {}).get("region") or region
        if agent and agent["failed"]:
            fail(span, agent.get("error_type") or "_OTHER")
        span.set_attributes(attributes_of({**self.facts, "region": region}, self.options))
        contexts = {0: context}
        for step in steps:
            around = contexts.get(step["parent"], context)
            child = tracer.start_span(self._named(step), around, kind_of(step["role"]), start_time=step["start"])
            contexts[step["place"]] = trace.set_span_in_context(child, around)
            child.set_attributes(attributes_of(self._facts_of(step, region), self.options))
            if step["failed"]:
                fail(child, step.get("error_type") or "_OTHER")
            child.end(max(step["start"], step["end"]))

    def _named(self, step):
        """Answers of a knowledge base do not name their model."""
        if step["role"] == "model" and not step.get("model") and self.options.model:
            step.update(model=self.options.model, name=f"chat {self.options.model}")
        return step["name"]

    def _facts_of(self, step, region):
        facts = {**step, "session_id": self.facts["session_id"]}
        # What is within an alias is in its Region.
        facts["region"] = step.get("region") or self._region_around(step)
        facts["agent_id"] = facts.get("agent_id") if step["role"] == "agent" else None
        if step["role"] == "model" and step.get("tokens") and self.options.price:
            tokens = step["tokens"]
            if step.get("input_holds_cached"):
                tokens = {**tokens, "input": max(0, tokens["input"] - tokens["cacheRead"] - tokens["cacheWrite"])}
            facts["usd"] = cost_usd(step.get("model"), facts["region"] or region, tokens, at=step["start"] / 10**9)
        return facts

    def _region_around(self, step):
        while step and not step.get("region"):
            step = self.events.spans[step["parent"]] if step["parent"] is not None else None
        return step.get("region") if step else None


class RetrievalRecorder:
    """Retrieve, RetrieveAndGenerate and its stream. Bedrock tells no tokens of their model calls."""

    def __init__(self, given, options):
        self.options = options
        configuration = obj(given.get("retrieveAndGenerateConfiguration"))
        chosen = obj(configuration.get("knowledgeBaseConfiguration")) or obj(configuration.get("externalSourcesConfiguration"))
        base = read_id(given.get("knowledgeBaseId")) or read_id(chosen.get("knowledgeBaseId"))
        guardrail = obj(given.get("guardrailConfiguration")) or obj(
            obj(chosen.get("generationConfiguration")).get("guardrailConfiguration")
        )
        self.name = f"retrieval {base}" if base else "retrieval"
        self.facts = {
            "role": "retrieval",
            "operation": "retrieval",
            "knowledge_base": base,
            "session_id": options.session_id or read_id(given.get("sessionId")),
            "model": read_model(chosen.get("modelArn")),
            "guardrail": read_id(guardrail.get("guardrailId")),
            "documents": 0,
        }

    def respond(self, response):
        self.facts["session_id"] = self.facts["session_id"] or read_id(response.get("sessionId"))
        self.facts["guardrail_action"] = read_word(response.get("guardrailAction"))
        self._add(response.get("retrievalResults"))
        for citation in response.get("citations") or []:
            self._add(obj(citation).get("retrievedReferences"))

    def see(self, event):
        citation = obj(obj(event).get("citation"))
        self._add(obj(citation.get("citation") or citation).get("retrievedReferences"))
        action = read_word(obj(obj(event).get("guardrail")).get("action"))
        self.facts["guardrail_action"] = action or self.facts.get("guardrail_action")

    def finish(self, tracer, span, context, region):
        span.set_attributes(attributes_of({**self.facts, "region": self.options.region or region}, self.options))

    def _add(self, documents):
        self.facts["documents"] += len(documents) if isinstance(documents, list) else 0


class ModelRecorder:
    """Converse, InvokeModel and their streams."""

    def __init__(self, given, options):
        self.options = options
        self._body = request_body(given["body"]) if "body" in given else given
        model = read_model(given.get("modelId")) or "unknown"
        operation = "embeddings" if "embed" in model else "chat"
        self.name = f"{operation} {model}"
        self.facts = {
            "role": "model",
            "operation": operation,
            "model": model,
            "session_id": options.session_id,
            "guardrail": read_id(given.get("guardrailIdentifier"))
            or read_id(obj(given.get("guardrailConfig")).get("guardrailIdentifier")),
            "prompt_hash": prompt_hash(self._body, options.prompt_hash_key),
            **request_settings(self._body),
        }
        tier = given.get("serviceTier")
        self._tier = tier if isinstance(tier, str) else obj(tier).get("type")
        self._counts, self._details = {}, []

    def respond(self, response):
        if "body" not in response:
            return self._tell(response)
        tier = response.get("serviceTier")
        self._tier = tier if isinstance(tier, str) else self._tier
        # Where a family's body has no counts, headers of Bedrock have them.
        self._count(header_counts(response))
        return None

    def read(self, data):
        """The whole body of InvokeModel."""
        self._tell(request_body(data))

    def see(self, event):
        event = obj(event)
        chunk = obj(event.get("chunk")).get("bytes")
        if isinstance(chunk, (bytes, bytearray)):
            return self._tell(request_body(chunk)) if len(chunk) <= MAX_CHUNK and TELLING.search(chunk) else None
        return self._tell({**obj(event.get("metadata")), **obj(event.get("messageStop"))})

    def finish(self, tracer, span, context, region):
        region = self.options.region or region
        facts = {**self.facts, "region": region}
        tier = read_word(self._tier) or "standard"
        tier = "standard" if tier == "default" else tier
        facts["tier"] = None if tier == "standard" else tier
        if any(self._counts.values()):
            facts["tokens"] = {kind: self._counts.get(kind, 0) for kind in ("input", "output", "cacheRead", "cacheWrite")}
        if facts.get("tokens") and self.options.price:
            tokens = {name: count for name, count in facts["tokens"].items() if name != "cacheWrite"}
            facts["usd"] = cost_usd(facts["model"], region, {**tokens, **self._writes(facts["tokens"])}, tier)
        span.set_attributes(attributes_of(facts, self.options))

    def _tell(self, body):
        for part in (body, obj(body.get("message"))):
            self._count(body_counts(part))
            details = obj(part.get("usage")).get("cacheDetails")
            lifetimes = obj(obj(part.get("usage")).get("cache_creation"))
            if isinstance(details, list):
                self._details = details
            elif lifetimes:
                self._details = [{"ttl": ttl, "inputTokens": read_count(lifetimes.get(f"ephemeral_{ttl}_input_tokens"))} for ttl in ("5m", "1h")]
        reason = stop_reason(body)
        if reason:
            self.facts["finish_reasons"] = [reason]
        if reason == "guardrail_intervened":
            self.facts["guardrail_action"] = "INTERVENED"
        self._tier = obj(body.get("serviceTier")).get("type") or self._tier
        router = obj(obj(body.get("trace")).get("promptRouter"))
        self.facts["response_model"] = read_model(router.get("invokedModelId")) or self.facts.get("response_model")

    def _count(self, counts):
        """Later counts replace earlier ones: a stream counts on, and what Bedrock adds comes last."""
        self._counts.update({kind: count for kind, count in counts.items() if count})

    def _writes(self, tokens):
        """Cache writes by the lifetime that the response tells."""
        told = {"5m": 0, "1h": 0}
        for detail in self._details:
            if obj(detail).get("ttl") in told:
                told[detail["ttl"]] += detail.get("inputTokens") or 0
        rest = max(0, tokens["cacheWrite"] - sum(told.values()))
        return {"cacheWrite5m": told["5m"], "cacheWrite1h": told["1h"], "cacheWrite": rest}


REQUEST_ID, ABANDONED, FIRST_CHUNK = SPAN["REQUEST_ID"], SPAN["ABANDONED"], SPAN["TIME_TO_FIRST_CHUNK"]
