"""What a model call costs, from the catalogue that the CDK package has, too. Amounts are exact: integers of 10^-12 USD."""

import json
import re
import time
from functools import lru_cache
from pathlib import Path

# As engine/pricing/geographies.ts.
GEOGRAPHIES = {"global", "us", "us-gov", "eu", "apac", "ap", "jp", "au", "ca", "in", "kr"}
KINDS = ("input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h", "cacheWrite")
OTHER_CURRENCIES = ("cn-", "eusc-")
UNLABELLED = "unlabelled"

_ARN = re.compile(r"^arn:aws[a-z-]*:bedrock:[a-z0-9-]*:\d*:(foundation-model|inference-profile)/(.+)$")
_CONTEXT = re.compile(r"(?:\[\d+[km]\]|:\d+k|(?<=:\d):(?:mm|\d+))$")
_CLIENT = re.compile(r"^(bedrock_converse|bedrock|amazon-bedrock|converse|invoke|litellm|models)/")
_VENDOR = re.compile(
    r"^(?:[a-z-]{2,7}\.)?(?:amazon|anthropic|meta|mistral|cohere|ai21|deepseek|qwen|openai|stability|writer|twelvelabs|luma"
    r"|moonshotai|moonshot|minimax|nvidia|google|zai|xai)\."
)
_VERSION = re.compile(r"(-v\d+)?(:\d+(:\d+k)?)?$")


class Catalogue:
    """The lines of the catalogue, by model."""

    def __init__(self, text):
        self.models, self.aliases, self._rows, self._regions, self._stems = set(), {}, {}, {}, {}
        for line in text.splitlines():
            if line.startswith('{"price"'):
                model = line[10 : line.index('"', 10)]
                self._rows.setdefault(model, []).append(line)
            elif line.startswith(('{"model"', '{"alias"', '{"regionSet"')):
                entry = json.loads(line)
                if "model" in entry:
                    self.models.add(entry["model"])
                elif "alias" in entry:
                    self.aliases[entry["alias"]] = entry["of"]
                else:
                    self._regions[entry["regionSet"]] = entry["regions"]
        for model in self.models:
            stem = _stem(model)
            if stem:
                self._stems.setdefault(stem, []).append(model)

    @lru_cache(maxsize=512)
    def rows(self, model):
        rows = [json.loads(line) for line in self._rows.get(model, [])]
        for row in rows:
            if isinstance(row["regions"], str):
                row["regions"] = self._regions[row["regions"]]
        return rows

    def resolve(self, model_id):
        """The model that carries the price of an id, and whether its global price holds; None for what has none."""
        arn = _ARN.match(model_id)
        if not arn and model_id.startswith("arn:"):
            return None
        prefix, _, rest = (arn.group(2) if arn else model_id).partition(".")
        is_geography = prefix in GEOGRAPHIES and rest
        name = rest if is_geography else (arn.group(2) if arn else model_id)
        for candidate in (name, _CONTEXT.sub("", name)):
            model = candidate if candidate in self.models else self.aliases.get(candidate)
            if model:
                return model, "global" if prefix == "global" and rest else "regional"
        return None

    def candidates(self, model):
        """The ids that a model can be which a library has cut off (`claude-3-5-sonnet-20240620`)."""
        while _CLIENT.match(model):
            model = _CLIENT.sub("", model)
        if model.startswith("arn:") or model in self.models or re.match(r"^[a-z-]+\.[a-z0-9]+\.", model):
            return [model]
        stem = _stem(model)
        found = self._stems.get(stem, []) if stem else []
        if stem and not found:
            dated = [each for each in self._stems if re.fullmatch(re.escape(stem) + r"-20\d{6}", each)]
            found = [each for key in dated for each in self._stems[key]]
        return [found[0], "global." + found[0]] if len(found) == 1 else [model]


def _stem(model):
    return _VERSION.sub("", _VENDOR.sub("", model.lower())) or None


@lru_cache(maxsize=1)
def catalogue():
    here = Path(__file__).resolve()
    # In the wheel it is beside this file; in the repository, where the engine has it.
    beside = here.with_name("catalogue.ndjson")
    path = beside if beside.exists() else here.parents[3] / "engine" / "pricing" / "catalogue.ndjson"
    return Catalogue(path.read_text("ascii"))


def cost_usd(model, region, tokens, tier="standard", at=None):
    """The lowest cost in USD that the call can have, or None where it has no price: unknown is never zero."""
    if not model or not region or region.startswith(OTHER_CURRENCIES):
        return None
    costs = [_cost(candidate, region, tokens, tier, at) for candidate in catalogue().candidates(model)]
    known = [cost for cost in costs if cost is not None]
    return min(known) / 10**12 if known else None


def _cost(model_id, region, tokens, tier, at):
    resolved = catalogue().resolve(model_id)
    if not resolved:
        return None
    model, routing = resolved
    usage = {kind: tokens.get(kind, 0) for kind in KINDS}
    context = sum(usage.values()) - usage["output"]
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() if at is None else at))
    for asked in dict.fromkeys((tier, "standard")):
        rates = _rates(catalogue().rows(model), region, routing, asked, context, day)
        if rates is not None:
            return _sum(usage, rates)
    return None


def _rates(rows, region, routing, tier, context, day):
    inside = [row for row in rows if row["tier"] == tier and row["routing"] == routing and "spec" not in row]
    unlabelled = [] if region.startswith("us-gov-") else [row for row in inside if UNLABELLED in row["regions"]]
    for row in [each for each in inside if region in each["regions"]] + unlabelled:
        if row.get("from", "") <= day < row.get("until", "9999") and _holds(row.get("context"), context):
            return row["rates"]
    return None


def _holds(range_text, context):
    if range_text is None:
        return True
    low, _, high = range_text.partition("-")
    return int(low) <= context and (not high or context <= int(high))


def _sum(usage, rates):
    total = 0
    for kind, count in usage.items():
        if not count:
            continue
        # The lifetime of some cache writes is not told: the lower rate counts, as in all sums.
        names = ("cacheWrite5m", "cacheWrite1h", "cacheWrite30m") if kind == "cacheWrite" else (kind,)
        known = [_pico(rates[name]) for name in names if name in rates]
        if not known:
            return None
        total += count * min(known)
    return total


def _pico(rate):
    """USD per million tokens, as pico-dollars a token."""
    whole, _, fraction = rate.partition(".")
    return int(whole + fraction.ljust(6, "0"))
