"""Code that ends its process, never ends, or takes more than its share.

Each deed is done twice: in a cell of the learner's own, which costs nothing but a flag, and within a call of `square`,
which costs that item alone.
"""
# ruff: noqa: E501 - pieces of code as learners write them

from tests.grading.corpus.courses import SLOW
from tests.grading.corpus.kind import DONE, Kind, square

ENDED = "Your code stopped the grading of this exercise"

# name -> (code, words of the reason): it always ends the process.
DEADLY = {
    "exits": ("import os\nos._exit(0)", "left Python (exit code 0)"),
    "exits-with-a-code": ("import os\nos._exit(3)", "left Python (exit code 3)"),
    "aborts": ("import os\nos.abort()", "it crashed"),
    "segfault": ("import ctypes\nctypes.string_at(0)", "it crashed (SIGSEGV)"),
    "recursion-in-c": (
        "import sys, threading\nsys.setrecursionlimit(10**9)\ndef f(*a): return sorted([1, 2], key=f)\nf()",
        "it crashed (SIGSEGV)",
    ),
    "loop": ("while True: pass", "longer than allowed"),
    "loop-without-interrupts": (
        "import signal\nfor number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):\n"
        "    signal.signal(number, signal.SIG_IGN)\n"
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        "longer than allowed",
    ),
    "loop-in-c": ("import itertools\nsum(itertools.repeat(1))", "longer than allowed"),
    "sleeps": ("import time\ntime.sleep(1000)", "longer than allowed"),
    "waits-for-itself": ("import threading\nlock = threading.Lock()\nlock.acquire(); lock.acquire()", "longer than"),
    "stops-itself": (
        "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\nimport time\ntime.sleep(99)",
        "longer than allowed",
    ),
    "becomes-another-program": ("import os\nos.execv('/bin/sleep', ['sleep', '1000'])", "closed its connection"),
    "closes-everything": ("import os\nos.closerange(0, 300)", "closed its connection to the grader"),
    "floods-its-connection": (
        "import os\nfor n in range(3, 200):\n    try: os.write(n, b'x' * 100000)\n    except OSError: pass",
        "",
    ),
    "kills-all-and-itself": (
        "import os\ntry: os.kill(-1, 9)\nexcept ProcessLookupError: pass\nos.kill(os.getpid(), 9)\nos._exit(9)",
        "left Python (exit code 9)",  # nobody else is there, and the first process of a jail is safe from itself
    ),
    "children-take-memory": (
        "import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n"
        "        x = bytearray(b'x') * (300 * 2**20)\n        time.sleep(100)\ntime.sleep(100)",
        "more memory than allowed",
    ),
    "children-whose-names-are-no-text-take-memory": (
        "import ctypes, os, time\nctypes.CDLL(None).prctl(15, b'\\xff) 1 \\xfe', 0, 0, 0)\nfor _ in range(8):\n    if os.fork() == 0:\n"
        "        x = bytearray(b'x') * (300 * 2**20)\n        time.sleep(100)\ntime.sleep(100)",
        "more memory than allowed",
    ),
}

# name -> code: whatever comes of it, the process goes on or is replaced.
GREEDY = {
    "kills-all": "import os, signal\nfor who in (-1, 0, 1, os.getppid()):\n    try: os.kill(who, 15)\n    except OSError: pass",
    "memory-at-once": "try: x = bytearray(10**12)\nexcept MemoryError: pass",
    "memory-bit-by-bit": "x = []\ntry:\n    while True: x.append(bytearray(2**24))\nexcept MemoryError: x = None",
    "forks": "import os\ntry:\n    while True:\n        if os.fork() == 0: pass\nexcept OSError: pass",
    "threads": (
        "import threading, time\ntry:\n    for _ in range(5000):\n"
        "        threading.Thread(target=time.sleep, args=(900,), daemon=True).start()\nexcept RuntimeError: pass"
    ),
    "disk": (
        "try:\n    for n in range(100):\n        with open(f'big{n}', 'wb') as f:\n"
        "            for _ in range(50): f.write(bytes(2**20))\nexcept OSError: pass"
    ),
    "one-big-file": "try:\n    with open('big', 'wb') as f: f.truncate(2**40)\nexcept OSError: pass",
    "inodes": "try:\n    for n in range(10**5): open(f'/tmp/{n}', 'w').close()\nexcept OSError: pass",
    "shared-memory": (
        "try:\n    for n in range(100):\n        with open(f'/dev/shm/{n}', 'wb') as f:\n"
        "            for _ in range(50): f.write(bytes(2**20))\nexcept OSError: pass"
    ),
    "memory-files": (
        "import os\nkept = []\ntry:\n    for n in range(60):\n        kept.append(os.memfd_create(str(n)))\n"
        "        for _ in range(50): os.write(kept[-1], bytes(2**20))\n    print('HELD-BY-NOBODY')\nexcept OSError: pass\n"
        "for fd in kept: os.close(fd)"
    ),
    "system-v-memory": (
        "import ctypes\nlibc = ctypes.CDLL(None)\n"
        "if libc.shmget(0, ctypes.c_size_t(2**30), 0o1600) >= 0: print('HELD-BY-NOBODY')"
    ),
    "a-disk-of-its-own": (
        "import ctypes\nlibc = ctypes.CDLL(None)\nif libc.unshare(0x10000000 | 0x20000) == 0 and "
        "libc.mount(b'x', b'/tmp', b'tmpfs', 0, None) == 0: print('HELD-BY-NOBODY')"
    ),
    "descriptors": "kept = []\ntry:\n    while True: kept.append(open('/dev/null'))\nexcept OSError: kept = None",
    "watches": (
        "import ctypes\nlibc = ctypes.CDLL(None)\nfor _ in range(500): libc.inotify_init()\n"
        "import os\nos.closerange(40, 300)"
    ),
    "prints-lines": "for n in range(30_000): print(n)",
    "prints-one-line": "print('x' * 10**8)",
    "prints-errors": "import sys\nfor n in range(1000): sys.stderr.write('e' * 10**4)",
    "writes-past-python": "import os\nfor n in range(200): os.write(1, b'x' * 10**5); os.write(2, b'y' * 10**5)",
    "shows-much": "from IPython.display import display, HTML\nfor n in range(3000): display(HTML('<b>x</b>' * 1000))",
    "prints-through-a-program": "import subprocess\nsubprocess.run('yes | head -c 20000000', shell=True)",
    "leaves-a-daemon": (
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        os.execv('/bin/sleep', ['sleep', '31415'])\n    os._exit(0)\nos.wait()"
    ),
    "leaves-a-program": "import subprocess\nsubprocess.Popen(['nohup', 'sleep', '31415'], start_new_session=True)",
    "leaves-a-thread": (
        "import threading, time\ndef talk():\n    while True: print('still here', flush=True); time.sleep(0.01)\n"
        "threading.Thread(target=talk, daemon=True).start()"
    ),
    "ends-later": "import atexit, os, weakref\natexit.register(os._exit, 7)",
    "recursion": "def f(n): return f(n + 1)\ntry: f(0)\nexcept RecursionError: pass",
    "recursion-without-limit": "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f()\nf()",
    "an-alarm": "import signal\nsignal.signal(signal.SIGALRM, lambda *a: None)\nsignal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)",
    "no-garbage-collection": "import gc\ngc.disable(); gc.set_threshold(0)",
    "traces-everything": "import sys\nsys.settrace(lambda *a: None); sys.setprofile(lambda *a: None)\nsys.settrace(None); sys.setprofile(None)",
}

KINDS = [
    *(
        Kind(f"cell-{name}", before=code, state="graded_with_flags", says=("A cell was stopped", words))
        for name, (code, words) in DEADLY.items()
    ),
    *(
        Kind(f"call-{name}", {"square": square(code)}, points={"test-square": 0}, says=(ENDED, words))
        for name, (code, words) in DEADLY.items()
    ),
    *(Kind(f"cell-{name}", before=code, state=DONE) for name, code in GREEDY.items()),
    *(
        Kind(f"call-{name}", {"square": square(GREEDY[name])})
        for name in ("memory-at-once", "disk", "prints-lines", "prints-one-line", "writes-past-python", "recursion")
    ),
    Kind(
        "exits-politely",
        {"square": "import sys\nsys.exit(0)", "scale": "def scale(data):\n    exit()", "vowels": "quit()"},
        points={"test-square": 0, "test-scale": 0, "test-vowels": 0},
        says=("NameError",),
    ),
    Kind(
        "takes-too-long-in-all",
        {
            name: f"import time\ntime.sleep({2 * SLOW})\ndef {name}(*a):\n    time.sleep({2 * SLOW})\n    return 4"
            for name in ("square", "scale", "vowels", "ask")
        },
        points={"test-square": 0, "test-scale": 0, "test-vowels": 0, "test-ask": 0},
        state=DONE,
        says=("longer than allowed",),
    ),
    Kind(
        "exits-while-it-is-asked",
        {
            "square": "import os\nclass Trap:\n    def __getattr__(self, name): os._exit(1)\n"
            "    def __call__(self, x): return x * x\nsquare = Trap()",
        },
        points={"test-square": 0},
        state=DONE,
    ),
]
