"""Runs commands of the AWS CLI for a shell, without starting Python anew for each of them: a copy of this process runs each.

A connection sends the number of arguments and the arguments, each with a NUL behind it. It gets what the command prints, and then its exit code.
Runbooks ask the same again and again: what a command that only reads has answered is remembered.
"""

import hashlib
import os
import socket
import sys
import tempfile

from awscli.clidriver import create_clidriver

# Said again, because the CLI does not read the variable for each service.
ENDPOINT = ["--endpoint-url", os.environ["AWS_ENDPOINT_URL"]]
# The emulator does not have these. Their commands are checked by their models only.
NOT_EMULATED = ("ce",)
# Removed with the other files of the test.
answers = os.environ["ANSWERS"]


def read_arguments(connection):
    stream = connection.makefile("rb")
    parts = b""
    while True:
        parts += stream.read1(65536)
        fields = parts.split(b"\0")
        if len(fields) > 1 and len(fields) - 2 == int(fields[0]):
            return [field.decode() for field in fields[1:-1]]


def remembered(arguments):
    """The file for the answer of a command that only reads; None for one that changes something, or waits for a change."""
    operation = arguments[1] if len(arguments) > 1 else ""
    if not operation.startswith(("list-", "describe-", "get-")) or operation == "get-query-results":
        return None
    return os.path.join(answers, hashlib.sha256("\0".join(arguments).encode()).hexdigest())


def run(arguments, file):
    """Runs a command in a copy of this process, and leaves what it prints and its exit code in a file."""
    os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
    os.dup2(1, 2)
    code = 255
    try:
        code = driver.main([*ENDPOINT, *arguments])
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    os.write(1, f"\nexit {code}".encode())
    return code


def serve(connection, arguments):
    file = tempfile.mktemp(dir=answers)
    code = run(arguments, file)
    with open(file, "rb") as answer:
        connection.sendall(answer.read())
    connection.shutdown(socket.SHUT_RDWR)
    known = remembered(arguments)
    if code == 0 and known:
        os.rename(file, known)


listener = socket.create_server(("127.0.0.1", 0))
driver = create_clidriver()
# Read once: most of the time of a command goes into the models of its service.
for service in ("bedrock", "cloudtrail", "cloudwatch", "events", "iam", "lambda", "logs", "sns", "sqs"):
    driver.session.create_client(service)
print(listener.getsockname()[1], flush=True)
while True:
    connection, _ = listener.accept()
    arguments = read_arguments(connection)
    known = remembered(arguments)
    if arguments and arguments[0] in NOT_EMULATED:
        connection.sendall(b"\nexit 0")
        connection.shutdown(socket.SHUT_RDWR)
    elif known and os.path.exists(known):
        with open(known, "rb") as answer:
            connection.sendall(answer.read())
        connection.shutdown(socket.SHUT_RDWR)
    elif os.fork() == 0:
        serve(connection, arguments)
        os._exit(0)
    connection.close()
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                break
        except ChildProcessError:
            break
