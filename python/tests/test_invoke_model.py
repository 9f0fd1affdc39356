"""Calls whose body is that of the model."""

import io
import json
import unittest

from bedrock_observability_trace import TraceOptions, trace_converse

from fakes import ID, METADATA, SONNET, Client, ClientError, TracedCase


class Body:
    """As StreamingBody of botocore is made."""

    def __init__(self, raw, length):
        self.raw, self.length = raw, length

    def read(self):
        return self.raw.read()


class InvokeModel(TracedCase):
    def invoke(self, model, body, answer, stream=False, **options):
        given = TraceOptions(**{"tracer_provider": self.provider, **options})
        client = Client(lambda: {**METADATA, **answer})
        response = trace_converse(client, options=given, stream=stream, modelId=model, body=json.dumps(body))
        return client, response

    def test_invoke_model(self):
        claude = {"usage": {"input_tokens": 10, "output_tokens": 5, "cache_read_input_tokens": 100}, "stop_reason": "end_turn"}
        for model, body, answer, counts, settings in (
            (SONNET, {"max_tokens": 9, "messages": []}, claude, (110, 5), 9),
            ("us.meta.llama3-3-70b-instruct-v1:0", {"max_gen_len": 7}, {"prompt_token_count": 14, "generation_token_count": 60}, (14, 60), 7),
            ("amazon.titan-embed-text-v2:0", {"inputText": "secret words"}, {"inputTextTokenCount": 7}, (7, 0), None),
            ("amazon.nova-lite-v1:0", {"inferenceConfig": {"max_new_tokens": 3}}, {"usage": {"inputTokens": 4, "outputTokens": 2}}, (4, 2), 3),
        ):
            with self.subTest(model):
                self.provider.spans.clear()
                text = json.dumps({**answer, "content": "secret words"}).encode()
                client, response = self.invoke(model, body, {"body": Body(io.BytesIO(text), len(text))})
                self.assertEqual(client.asked[0][0], "invoke_model")
                self.assertIsInstance(response["body"], Body)
                self.assertEqual(response["body"].read(), text)
                attributes = self.only().attributes
                self.assertEqual((attributes["gen_ai.usage.input_tokens"], attributes["gen_ai.usage.output_tokens"]), counts)
                self.assertEqual(attributes.get("gen_ai.request.max_tokens"), settings)
                self.assertGreater(attributes["llm.cost.usd"], 0)
        self.assertEqual(self.provider.spans[0].name, "chat amazon.nova-lite-v1:0")

    def test_invoke_model_counts_in_headers(self):
        headers = {"x-amzn-bedrock-input-token-count": "202", "x-amzn-bedrock-output-token-count": "46"}
        answer = {"ResponseMetadata": {"RequestId": ID, "HTTPHeaders": headers}, "body": io.BytesIO(b'{"outputs":[{"text":"secret words"}]}')}
        self.invoke("mistral.mistral-large-2402-v1:0", {"prompt": "secret words"}, answer)
        attributes = self.only().attributes
        self.assertEqual((attributes["gen_ai.usage.input_tokens"], attributes["gen_ai.usage.output_tokens"]), (202, 46))

    def test_a_body_that_cannot_be_read(self):
        class Broken:
            def read(self):
                raise ClientError("secret words")

        with self.assertRaises(ClientError):
            self.invoke(SONNET, {}, {"body": Broken()})
        self.assertTrue(self.only().failed)

    def test_invoke_model_stream(self):
        bodies = (
            {"type": "message_start", "message": {"usage": {"input_tokens": 10, "output_tokens": 3, "cache_read_input_tokens": 100}}},
            {"type": "content_block_delta", "delta": {"text": "secret words about usage"}},
            {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 4}},
            {"type": "message_stop", "amazon-bedrock-invocationMetrics": {"inputTokenCount": 10, "outputTokenCount": 5}},
        )
        events = [{"chunk": {"bytes": json.dumps(body).encode()}} for body in bodies]
        client, response = self.invoke(SONNET, {"messages": []}, {"body": iter(events)}, stream=True)
        self.assertEqual(client.asked[0][0], "invoke_model_with_response_stream")
        self.assertEqual(list(response["body"]), events)
        attributes = self.only().attributes
        self.assertEqual((attributes["gen_ai.usage.input_tokens"], attributes["gen_ai.usage.output_tokens"]), (110, 5))
        self.assertEqual(attributes["gen_ai.response.finish_reasons"], ["end_turn"])


if __name__ == "__main__":
    unittest.main()
