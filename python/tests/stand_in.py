"""A server that answers as Bedrock does, for the real boto3."""

import json
import threading
from binascii import crc32
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from struct import pack


def message(headers, payload):
    """A message of an event stream: "Event stream encoding" in the Amazon Transcribe developer guide."""
    encoded = b"".join(
        pack("!B", len(name)) + name.encode() + pack("!BH", 7, len(value)) + value.encode() for name, value in headers.items()
    )
    prelude = pack("!II", 16 + len(encoded) + len(payload), len(encoded))
    prelude += pack("!I", crc32(prelude))
    return prelude + encoded + payload + pack("!I", crc32(prelude + encoded + payload))


def event(value):
    ((name, member),) = value.items()
    headers = {":event-type": name, ":content-type": "application/json", ":message-type": "event"}
    return message(headers, json.dumps(member).encode())


class StandIn:
    """Answers every request with `body`, or with `events` as a stream."""

    def __enter__(self):
        self.request_id, self.body, self.events = "", None, None
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers.get("content-length", 0)))
                events = stand_in.events
                answer = json.dumps(stand_in.body).encode() if events is None else b"".join(map(event, events))
                self.send_response(200)
                kind = "application/json" if events is None else "application/vnd.amazon.eventstream"
                for name, value in (
                    ("content-type", kind),
                    ("content-length", str(len(answer))),
                    ("x-amzn-requestid", stand_in.request_id),
                ):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
