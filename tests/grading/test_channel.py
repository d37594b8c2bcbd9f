"""Do messages arrive whole, in their order and in time, however the socket cuts them?"""

import socket
import threading
import time

import pytest

from grading.channel import AT_LEAST, LARGEST, LENGTH, Channel, ChannelClosedError, ChannelTimeoutError

MESSAGES = [b"", b"a", b"b" * (AT_LEAST - LENGTH.size), b"c" * AT_LEAST, b"", b"d" * (3 * AT_LEAST + 1), b"end"]


@pytest.fixture
def pair():
    here, there = socket.socketpair()
    with here, there:
        yield Channel(here), Channel(there)


def test_messages_that_come_together_are_told_apart(pair):
    sender, receiver = pair
    sending = threading.Thread(target=lambda: [sender.send(one) for one in MESSAGES])
    sending.start()
    time.sleep(0.05)  # so that several lie there
    assert [receiver.receive(time.monotonic() + 10) for _ in MESSAGES] == MESSAGES
    sending.join()


def test_a_message_in_small_pieces_is_put_together(pair):
    sender, receiver = pair
    whole = b"".join(LENGTH.pack(len(one)) + one for one in MESSAGES[:3])

    def drip() -> None:
        for start in range(0, len(whole), 5000):
            sender.end.sendall(whole[start : start + 5000])

    sending = threading.Thread(target=drip)
    sending.start()
    assert [receiver.receive(time.monotonic() + 10) for _ in MESSAGES[:3]] == MESSAGES[:3]
    sending.join()


def test_what_came_before_the_end_is_still_received(pair):
    sender, receiver = pair
    sender.send(b"last words")
    sender.send(b"more")
    sender.close()
    assert [receiver.receive(), receiver.receive()] == [b"last words", b"more"]
    with pytest.raises(ChannelClosedError):
        receiver.receive()


def test_silence_and_boasting_end_the_waiting(pair):
    sender, receiver = pair
    with pytest.raises(ChannelTimeoutError):
        receiver.receive(time.monotonic() + 0.01)
    sender.end.sendall(LENGTH.pack(LARGEST + 1))
    with pytest.raises(ChannelClosedError, match="a message of"):
        receiver.receive()
