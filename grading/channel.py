"""Messages over a socket: a length, then the bytes; with a limit on size and on time."""

import socket
import struct
import time

LENGTH = struct.Struct(">Q")
LARGEST = 256 * 2**20
AT_LEAST = 2**16  # read at a time: most messages come whole, with their length


class ChannelClosedError(ConnectionError):
    """The other side is gone."""


class ChannelTimeoutError(TimeoutError):
    """The other side did not answer in time."""


class Channel:
    """One end of a connection. Its file descriptor is not inherited by programs that are started."""

    def __init__(self, end: socket.socket) -> None:
        self.end = end
        self._early = b""  # what came together with the message before

    def send(self, message: bytes, deadline: float | None = None) -> None:
        """Send one message. Raises ChannelClosedError, and ChannelTimeoutError where the other side does not read."""
        try:
            self.end.settimeout(_left(deadline))
            self.end.sendall(LENGTH.pack(len(message)) + message)
        except TimeoutError:
            raise ChannelTimeoutError from None
        except OSError as error:
            raise ChannelClosedError(str(error)) from None

    def receive(self, deadline: float | None = None) -> bytes:
        """Return the next message. deadline: of time.monotonic().

        Raises ChannelClosedError also where a message is too long to be honest, ChannelTimeoutError.
        """
        (size,) = LENGTH.unpack(self._exactly(LENGTH.size, deadline))
        if size > LARGEST:
            raise ChannelClosedError(f"a message of {size:,} bytes; {LARGEST:,} is the most")
        return self._exactly(size, deadline)

    def close(self) -> None:
        """Close this end."""
        self.end.close()

    def _exactly(self, size: int, deadline: float | None) -> bytes:
        if size <= len(self._early):
            found, self._early = self._early[:size], self._early[size:]
            return found
        parts, missing = [self._early], size - len(self._early)
        self._early = b""
        while missing > 0:
            try:
                self.end.settimeout(_left(deadline))
                part = self.end.recv(max(AT_LEAST, min(missing, 2**20)))
            except TimeoutError:
                raise ChannelTimeoutError from None
            except OSError as error:
                raise ChannelClosedError(str(error)) from None
            if not part:
                raise ChannelClosedError("the other side is gone")
            missing -= len(part)
            if missing < 0:
                part, self._early = part[:missing], part[missing:]
            parts.append(part)
        return b"".join(parts)


def _left(deadline: float | None) -> float | None:
    if deadline is None:
        return None
    left = deadline - time.monotonic()
    if left <= 0:
        raise ChannelTimeoutError
    return left
