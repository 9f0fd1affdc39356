"""The prices are those of the engine: the same vectors, from the same catalogue."""

import json
import unittest
from datetime import datetime, timezone
from pathlib import Path

from bedrock_observability_trace._prices import KINDS, cost_usd

VECTORS = json.loads((Path(__file__).resolve().parents[2] / "test" / "fixtures" / "price-vectors.json").read_text())
# Millions of tokens at the rates of short prompts: several calls.
CALLS = {"V18": 10, "V24": 10}
NOVEMBER = datetime(2026, 11, 20, tzinfo=timezone.utc).timestamp()
# Before a promotion.
TIMES = {"V24": datetime(2026, 8, 10, tzinfo=timezone.utc).timestamp()}
SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0"
USAGE = {"input": 1_000_000, "output": 0}


class Prices(unittest.TestCase):
    def test_vectors(self):
        tried = 0
        for vector in VECTORS:
            if ":application-inference-profile/" in vector["modelId"] or not set(vector["usage"]) <= set(KINDS):
                continue
            tried += 1
            calls = CALLS.get(vector["id"], 1)
            usage = {kind: int(count) // calls for kind, count in vector["usage"].items()}
            with self.subTest(vector["id"], trap=vector["trap"]):
                usd = cost_usd(vector["modelId"], vector["region"], usage, vector["tier"], TIMES.get(vector["id"], NOVEMBER))
                self.assertEqual(round(usd * calls, 12), float(vector["usd"]))
        self.assertGreater(tried, 20)

    def test_unknown_is_not_zero(self):
        for model, region in (
            ("acme.unknown", "us-east-1"),
            ("arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/ab12cd34ef56", "us-east-1"),
            (SONNET, "cn-north-1"),
            (SONNET, None),
            (None, "us-east-1"),
            (SONNET, "us-nowhere-9"),
        ):
            with self.subTest(model=model, region=region):
                self.assertIsNone(cost_usd(model, region, USAGE, at=NOVEMBER))

    def test_a_kind_without_a_rate_has_no_price(self):
        self.assertIsNone(cost_usd("amazon.titan-embed-text-v2:0", "us-east-1", {"output": 5}, at=NOVEMBER))

    def test_long_prompts(self):
        short = cost_usd(SONNET, "us-east-1", {"input": 200_000}, at=NOVEMBER)
        self.assertEqual(cost_usd(SONNET, "us-east-1", {"input": 200_000, "output": 10}, at=NOVEMBER), short + 10 * 16.5e-6)
        self.assertGreater(cost_usd(SONNET, "us-east-1", {"input": 200_001}, at=NOVEMBER), 1.9 * short)

    def test_a_name_that_was_cut(self):
        """Without the routing prefix the regional and the global price are possible: the lower one."""
        cut = cost_usd("bedrock/claude-sonnet-4-5-20250929", "us-east-1", USAGE, at=NOVEMBER)
        self.assertEqual(cut, 6.0)


if __name__ == "__main__":
    unittest.main()
