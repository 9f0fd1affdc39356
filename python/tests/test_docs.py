"""The examples of the docs run, with clients that answer from memory."""

import contextlib
import io
import re
import sys
import types
import unittest
from pathlib import Path
from unittest import mock

from opentelemetry import trace

from fakes import Provider

ROOT = Path(__file__).resolve().parents[2]
# The pages, with how many spans of requests each of their examples makes.
PAGES = {"docs/instrument-agents.md": [1, 0, 1], "docs/instrumentation.md": [3], "python/README.md": [4]}
USAGE = {"inputTokens": 9, "outputTokens": 8}
ANSWERS = {
    "invoke_agent": lambda: {"ResponseMetadata": {}, "completion": iter([{"chunk": {"bytes": b"x"}}])},
    "invoke_agent_runtime": lambda: {},
    "converse": lambda: {"output": {"message": {"content": [{"text": "x"}]}}, "usage": USAGE},
    "converse_stream": lambda: {"stream": iter([{"metadata": {"usage": USAGE}}])},
    "invoke_model": lambda: {"body": io.BytesIO(b'{"inputTextTokenCount": 3}')},
}


class Client:
    meta = types.SimpleNamespace(region_name="us-east-1")

    def __init__(self):
        self.asked = []

    def __getattr__(self, operation):
        return lambda **kwargs: self.asked.append(operation) or ANSWERS[operation]()


class Examples(unittest.TestCase):
    def test_examples(self):
        for page, counts in PAGES.items():
            examples = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text("utf8"), re.S)
            self.assertEqual(len(examples), len(counts), page)
            for code, count in zip(examples, counts):
                with self.subTest(page=page, code=code):
                    self.assertEqual(self.requests_of(code), count)

    def requests_of(self, code):
        provider, clients = Provider(), []
        boto3 = types.SimpleNamespace(client=lambda name: clients.append(Client()) or clients[-1])
        with mock.patch.dict(sys.modules, boto3=boto3), contextlib.redirect_stdout(io.StringIO()):
            with mock.patch.object(trace, "get_tracer", lambda name, **_: provider.get_tracer(name)):
                exec(code, {})
        self.assertTrue(all(client.asked for client in clients))
        return len([span for span in provider.spans if span.parent is None])


if __name__ == "__main__":
    unittest.main()
