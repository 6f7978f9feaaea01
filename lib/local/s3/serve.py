"""
An S3 server for tests: moto, in memory, on loopback.

Prints one line of JSON, {"port": n}, when it listens, and ends when its standard input does: with whoever started it, in
whatever way that one ends.
"""

import io
import json
import os
import sys
import threading

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server


class OneWriteAtATime:
    """
    S3 promises that of two conditional writes of one key one wins. moto looks first and writes then, so writes pass here one
    by one. Their bodies are read before: a client that stalls in the middle of one keeps nobody else waiting.
    """

    def __init__(self, application):
        self.application = application
        self.turn = threading.Lock()

    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"] not in ("PUT", "POST", "DELETE"):
            return self.application(environ, start_response)
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length)
        if len(body) < length:
            # The client went away in the middle: nothing was written, and nobody is there to be told.
            start_response("400 Bad Request", [("Content-Length", "0")])
            return []
        environ["wsgi.input"] = io.BytesIO(body)
        with self.turn:
            return self.application(environ, start_response)


class Quiet(WSGIRequestHandler):
    def log(self, *_args):
        pass


def end_with_standard_input():
    sys.stdin.buffer.read()
    os._exit(0)


application = OneWriteAtATime(DomainDispatcherApplication(create_backend_app))
server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Quiet)
threading.Thread(target=end_with_standard_input, daemon=True).start()
print(json.dumps({"port": server.server_port}), flush=True)
server.serve_forever()
