"""A stream of boto3 that is watched: the very same events, and an end however it ends."""

import weakref


class WatchedStream:
    """Yields the events of a stream as they arrive. `end(kind, error)` is called once: complete, abandoned or failed."""

    def __init__(self, stream, see, end):
        self._stream, self._see, self._end = stream, see, end
        self._events = None
        # A stream of which nobody read, or that was left in a loop, ends when nothing holds it any more.
        self._finalizer = weakref.finalize(self, end, "abandoned", None)

    def __iter__(self):
        try:
            for event in self._stream:
                self._see(event)
                yield event
        except GeneratorExit:
            self._finish("abandoned")
            raise
        except BaseException as error:
            self._finish("failed", error)
            raise
        self._finish("complete")

    def __next__(self):
        self._events = self._events or iter(self)
        return next(self._events)

    def close(self):
        self._finish("abandoned")
        close = getattr(self._stream, "close", None)
        if close:
            close()

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def _finish(self, kind, error=None):
        if self._finalizer.detach():
            self._end(kind, error)
