"""Runs commands of the AWS CLI for a shell, without starting Python anew for each of them: a copy of this process runs each.

A connection sends the number of arguments and the arguments, each with a NUL behind it. It gets what the command prints, and then its exit code.
"""

import os
import socket
import sys

from awscli.clidriver import create_clidriver


def read_arguments(connection):
    stream = connection.makefile("rb")
    parts = b""
    while True:
        parts += stream.read1(65536)
        fields = parts.split(b"\0")
        if len(fields) > 1 and len(fields) - 2 == int(fields[0]):
            return [field.decode() for field in fields[1:-1]]


def serve(connection):
    os.dup2(connection.fileno(), 1)
    os.dup2(connection.fileno(), 2)
    code = 255
    try:
        # Said again, because the CLI does not read the variable for each service.
        endpoint = ["--endpoint-url", os.environ["AWS_ENDPOINT_URL"]]
        code = driver.main([*endpoint, *read_arguments(connection)])
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    os.write(1, f"\nexit {code}".encode())


listener = socket.create_server(("127.0.0.1", 0))
driver = create_clidriver()
# Read once: most of the time of a command goes into the models of its service.
for service in ("bedrock", "cloudwatch", "events", "iam", "lambda", "logs", "sns", "sqs"):
    driver.session.create_client(service)
print(listener.getsockname()[1], flush=True)
while True:
    connection, _ = listener.accept()
    if os.fork() == 0:
        serve(connection)
        connection.shutdown(socket.SHUT_RDWR)
        os._exit(0)
    connection.close()
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                break
        except ChildProcessError:
            break
