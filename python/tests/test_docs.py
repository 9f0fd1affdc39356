"""The examples of docs/instrument-agents.md run, with clients that answer from memory."""

import contextlib
import io
import re
import sys
import types
import unittest
from pathlib import Path
from unittest import mock

from opentelemetry import trace

from fakes import Client, Provider

PAGE = Path(__file__).resolve().parents[2] / "docs" / "instrument-agents.md"
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf8"), re.S)
USAGE = {"inputTokens": 9, "outputTokens": 8}
ANSWERS = {
    "bedrock-agent-runtime": lambda: {"ResponseMetadata": {}, "completion": iter([{"chunk": {"bytes": b"x"}}])},
    "bedrock-agentcore": lambda: {},
    "bedrock-runtime": lambda: {"output": {"message": {"content": [{"text": "x"}]}}, "usage": USAGE},
}


class Examples(unittest.TestCase):
    def test_examples(self):
        self.assertEqual(len(EXAMPLES), 3)
        for code in EXAMPLES:
            with self.subTest(code):
                provider, clients = Provider(), []

                def client(name):
                    clients.append(Client(ANSWERS[name]))
                    return clients[-1]

                boto3 = types.SimpleNamespace(client=client)
                with mock.patch.dict(sys.modules, boto3=boto3), contextlib.redirect_stdout(io.StringIO()):
                    with mock.patch.object(trace, "get_tracer", lambda name, **_: provider.get_tracer(name)):
                        exec(code, {})
                self.assertEqual(len(clients[0].asked), 1)
                self.assertEqual(len(provider.spans), 0 if "trace_context" in code else 1)


if __name__ == "__main__":
    unittest.main()
