"""Code that knows how the two processes speak, takes the learner's end of the line, and says what it likes."""
# ruff: noqa: E501 - pieces of code as learners write them

from tests.grading.corpus.kind import DONE, Kind, lines

LINE = """
import gc, os, struct, threading, time
from grading import wire
me = next(o for o in gc.get_objects() if type(o).__name__ == "Learner")
plain, raw = me._send, me._channel.end
def forge(message):
    message = dict(message)
    made = change(message) if message["is"] == KIND else message
    if isinstance(made, bytes): raw.sendall(struct.pack(">Q", len(made)) + made)
    elif made is not None: plain(made)
me._send = forge
def square(x): return 1
def scale(data): return 0
"""
WRONG = {"test-square": 0, "test-scale": 0}
# Whoever talks nonsense for one function talks it for all of them.
ALL = WRONG | {"test-vowels": 0, "test-ask": 0}


def forged(kind: str, change: str) -> dict[str, str]:
    """Answers in which `change(message)` replaces each message of a kind: "answer", "names", "ran"."""
    code = lines(LINE).replace("KIND", repr(kind)) + "\n" + change
    return {"square": code, "scale": ""}


def answering(change: str) -> dict[str, str]:
    return forged("answer", f"def change(message):\n    {change}")


# name -> how each answer to a call is changed
ANSWERS = {
    "noise": "return os.urandom(1000)",
    "nothing": "return b''",
    "a-number": "return wire.pack(4)",
    "a-list": "return wire.pack([4])",
    "no-form": "return {'is': 'answer'}",
    "wrong-types": "return {'is': 'answer', 'value': 4, 'printed': 7, 'complained': None, 'changed': 'x', 'raised': 3}",
    "an-unknown-type": "return b'\\x92\\xa4quux\\x01'",
    "too-deep": "return b'\\x91' * 10**6",
    "too-many": "return b'\\xdd' + struct.pack('>I', 150_000_000) + b'\\x90' * 150_000_000",
    "too-long": "raw.sendall(struct.pack('>Q', 2**60)); time.sleep(99)",
    "cut-short": "raw.sendall(struct.pack('>Q', 1000) + b'x'); os._exit(0)",
    "slowly": "[(raw.send(b'\\0'), time.sleep(0.05)) for _ in range(1000)]",
    "never": "return None",
    "twice": "plain(message | {'value': 4}); plain(message | {'value': 9}); return message | {'value': 144}",
    "an-array-of-any-size": "return b'\\x96\\xa1a\\xa3<f8\\x91\\xcf' + struct.pack('>Q', 2**62) + b'\\xc4\\x00\\xc3\\xc3'",
    "an-array-of-objects": "return b'\\x95\\xa1a\\xa1O\\x91\\x01\\xc4\\x0812345678\\xc3'",
    "colliding-keys": "return message | {'value': {k * (2**61 - 1): 0 for k in range(1, 40_000)}}",
    "a-huge-number": "return message | {'value': 1 << (8 * 10**8)}",
    "much-text": "return message | {'printed': 'x' * 10**8, 'complained': 'y' * 10**8}",
    "half-characters": "return message | {'printed': '\\ud800', 'value': '\\udfff'}",
    "the-testers-own-things": "return message | {'value': [wire.Handle(n, 'function', 'f', owner='tester') for n in (0, -1)]}",
    "things-that-are-not-there": "return message | {'value': wire.Handle(10**9, 'class', 'int', ('object',), signature=(('x', 99, True),))}",
    "error-classes": "return message | {'value': wire.Handle(1, 'error-class', 'KeyboardInterrupt', ('BaseException',))}",
    "an-error-that-ends-python": "return message | {'raised': [{'type': 'SystemExit', 'builtin': True, 'text': '0'}]}",
    "an-interrupt": "return message | {'raised': [{'type': 'KeyboardInterrupt', 'builtin': True}]}",
    "an-error-of-the-graders": "return message | {'raised': [{'type': 'CellTimeoutError', 'bases': ('BaseException',)}]}",
    "an-error-without-a-name": "return message | {'raised': [{'type': 'a\\0b\\ud800' * 99, 'bases': (7, None), 'line': 'x'}]}",
    "an-error-of-odd-types": "return message | {'raised': [[7], 'x', None]}",
    "an-error-group": "return message | {'raised': [{'type': 'E', 'bases': ('BaseExceptionGroup', 'BaseException')}]}",
    "a-call-back-to-nobody": "return {'is': 'callback', 'function': 10**30, 'args': (), 'kwargs': {}}",
    "a-call-back-of-odd-types": "return {'is': 'callback', 'function': '__import__', 'args': 7, 'kwargs': [1]}",
    "a-call-back-for-input": "return {'is': 'callback', 'function': 'input', 'args': ('x' * 10**6,), 'kwargs': {}}",
}

NAMES = """
class Fake:
    def __getattr__(self, name): return Fake()
    def __call__(self, *args, **kwargs): return True
def change(message):
    yes = Fake()
    wanted = ("np", "math", "mock", "abs", "all", "sum", "len", "square", "scale", "print", "LIMIT", "data", "AssertionError")
    return message | {"values": message["values"] | dict.fromkeys(wanted, yes) | {"__builtins__": {"abs": yes}, "__name__": 7}}
"""

OUTPUTS = {
    "half-characters": "[{'output_type': 'stream', 'name': 'stdout', 'text': '\\ud800'}]",
    "objects": "[{'output_type': 'display_data', 'data': {'text/plain': me, 'text/html': 7, 'image/png': [b'x']}, 'metadata': me}]",
    "of-any-size": "[{'output_type': 'stream', 'name': 'stdout', 'text': 'x' * 10**8}]",
    "errors-of-any-size": "[{'output_type': 'error', 'ename': 'e', 'evalue': 'x' * 10**7, 'traceback': ['y' * 10**7]}] * 3",
    "many": "[{'output_type': 'stream', 'name': 'stdout', 'text': 'x'}] * 20_000",
    "more-keys": "[{'output_type': 'stream', 'name': 'x' * 99, 'text': 'x', 'more': me, 'metadata': {'a': {1: 2}}}]",
    "of-no-kind": "[7, {'output_type': ['a']}, {'output_type': 'update_display_data', 'data': {}}, None]",
}

KINDS = [
    *(Kind(f"forged-{name}", answering(change), points=ALL, state=DONE) for name, change in ANSWERS.items()),
    Kind(
        "forged-changed-arguments",
        answering("return message | {'changed': [wire.pack((([1], {}, 'x'), {'a': 1}))]}"),
        points=WRONG,
        state=DONE,
    ),
    Kind("forged-names-nobody-asked-for", forged("names", lines(NAMES)), points=WRONG, state=DONE),
    Kind("forged-no-names", forged("names", "change = lambda m: m | {'values': [7]}"), points=ALL, state=DONE),
    *(
        Kind(
            f"outputs-{name}",
            forged("ran", f"change = lambda m: m | {{'outputs': {outputs}}}"),
            points=WRONG,
            state=DONE,
        )
        for name, outputs in OUTPUTS.items()
    ),
    Kind(
        "answered-by-a-child",
        {
            "square": lines(LINE).replace("KIND", "''")
            + "\nif os.fork() == 0:\n    while True:\n        try: raw.sendall(struct.pack('>Q', 1) + b'\\x04'); time.sleep(0.01)\n"
            "        except OSError: os._exit(0)",
            "scale": "",
        },
        points=WRONG,
        races={"test-vowels", "test-ask"},
        state=DONE,
    ),
    Kind(
        "calls-back-without-end",
        {"ask": "def ask(question):\n    while True: input('again')\ndef each(function, items): return [1, 2]"},
        points={"test-ask": 0},
        state=DONE,
    ),
    Kind(
        "a-display-of-objects",
        {
            "proof": "from IPython.display import display\ndisplay({'text/plain': object(), 'a/b': {1: object()}}, raw=True)"
        },
        state=DONE,
    ),
    Kind(
        "prints-half-characters",
        {"proof": "print('\\ud800 and \\x00 and \\x1b[31m')\nprint(repr(chr(0xdfff)))"},
        state=DONE,
    ),
    Kind("a-cell-without-a-type", {"proof": "class A:\n    def __repr__(self): raise SystemExit\nA()"}, state=DONE),
    Kind(
        "an-object-that-fights",
        {
            "square": "class A:\n    __class__ = property(lambda s: 1 / 0)\n    def __getattribute__(s, n): raise SystemExit\n"
            "    def __call__(s, x): return x * x\nsquare = A()",
        },
        points={"test-square": 2},
        state=DONE,
    ),
]
