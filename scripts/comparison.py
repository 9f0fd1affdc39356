"""Prices calls with litellm and genai-prices. Reads a list of calls as JSON on stdin and writes a list of pairs of USD texts."""
import json
import sys
from datetime import datetime, timezone
from decimal import Decimal

import genai_prices
import litellm
from litellm.types.utils import CacheCreationTokenDetails, PromptTokensDetailsWrapper, Usage


def text(usd):
    return format(Decimal(repr(float(usd))).quantize(Decimal('1e-10')).normalize(), 'f')


def by_litellm(call):
    written = call['cacheWrite5m'] + call['cacheWrite1h'] + call['cacheWrite']
    prompt = call['input'] + call['cacheRead'] + written
    details = PromptTokensDetailsWrapper(
        cached_tokens=call['cacheRead'],
        cache_creation_tokens=written,
        cache_creation_token_details=CacheCreationTokenDetails(
            ephemeral_5m_input_tokens=call['cacheWrite5m'] + call['cacheWrite'], ephemeral_1h_input_tokens=call['cacheWrite1h']
        ),
    )
    usage = Usage(
        prompt_tokens=prompt,
        completion_tokens=call['output'],
        total_tokens=prompt + call['output'],
        prompt_tokens_details=details,
        cache_creation_input_tokens=written,
        cache_read_input_tokens=call['cacheRead'],
    )
    return sum(
        litellm.cost_per_token(
            model=call['modelId'],
            custom_llm_provider='bedrock',
            prompt_tokens=prompt,
            completion_tokens=call['output'],
            usage_object=usage,
            region_name=call['region'],
            service_tier=None if call['tier'] == 'standard' else call['tier'],
            call_type='completion' if call['output'] else 'embedding',
        )
    )


def by_genai_prices(call):
    written = call['cacheWrite5m'] + call['cacheWrite1h'] + call['cacheWrite']
    usage = {
        'input_tokens': call['input'] + call['cacheRead'] + written,
        'cache_read_tokens': call['cacheRead'],
        'cache_write_tokens': written,
        'output_tokens': call['output'],
    }
    if call['cacheWrite1h']:
        usage['cache_write_1h_tokens'] = call['cacheWrite1h']
    when = datetime.fromtimestamp(call['time'] / 1000, timezone.utc)
    return genai_prices.calc_price(
        genai_prices.Usage(**usage), call['modelId'], provider_id='aws', genai_request_timestamp=when
    ).total_price


def attempt(price, call):
    try:
        return text(price(call))
    except Exception as error:  # Each library has several kinds of errors for a model that it does not know.
        return f'no price ({type(error).__name__})'


calls = json.load(sys.stdin)
json.dump([[attempt(by_litellm, call), attempt(by_genai_prices, call)] for call in calls], sys.stdout)
