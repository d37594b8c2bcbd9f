"""Does plain `nbgrader autograde`, with nothing of ours but the kernel, run learners' code in the sandbox?"""
# ruff: noqa: E501 - pieces of code as learners write them, a line each

import asyncio
import importlib.metadata
import json
import os
import socket
import stat
import subprocess
import sys
import sysconfig
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from grading import provisioner
from grading.course import Course
from grading.jail import NoSandboxError
from grading.kernel import plain_files
from grading.namespaces import Limits

pytestmark = pytest.mark.needs("bubblewrap")

RIGHT = {"square": "def square(x):\n    return x * x", "root": "def root(x):\n    return x ** 0.5", "essay": "Mine."}
# What learner code must not do -> code that leaves in `found` what it got hold of. {port}, {root}: of the test.
HOSTILE = {
    "read the gradebook": "found.append(open('{root}/gradebook.db', 'rb').read(20))",
    "read the solutions": "found.append(open('{root}/source/squares/squares.ipynb').read(20))",
    "read another submission": "found.append(open('{root}/submitted/ben/squares/squares.ipynb').read(20))",
    "write a mark": "found.append(open('{root}/marked', 'w').name)",
    "read the host's files": "found.append(open('/etc/hostname').read())",
    "write where Python lies": "found.append(open(sys.prefix + '/x', 'w').name)",
    "reach a port of the host": "found.append(str(socket.create_connection(('127.0.0.1', {port}), 2)))",
    "see a network": "found.extend(name for _, name in socket.if_nameindex() if name != 'lo')",
    "see the environment": "found.append(os.environ['GRADING_BAIT'])",
    "see other processes": "found.extend(p for p in os.listdir('/proc') if p.isdigit() and int(p) > 2 and p != str(os.getpid()))",
    "become root": "found.append(os.setuid(0) or 'root')",
    "mount": "ctypes.CDLL(None).mount(b'x', b'/tmp', b'tmpfs', 0, None) == 0 and found.append('mounted')",
    "take all memory": "found.append(len(bytearray(2**33)))",
    "fill the disk": "[open(f'f{{n}}', 'wb').write(bytes(2**24)) for n in range(20)] and found.append('filled')",
}


@pytest.fixture(scope="module", autouse=True)
def kernel(tmp_path_factory):
    """The kernel, installed where these tests alone look for it."""
    prefix = tmp_path_factory.mktemp("prefix")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(prefix / "share" / "jupyter"))
        yield provisioner.install(str(prefix))


def test_it_is_installed_into_this_environment_unless_told_otherwise(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert provisioner.install() == tmp_path / "share" / "jupyter" / "kernels" / provisioner.NAME


def test_the_provisioner_is_known_to_jupyter():
    found = importlib.metadata.entry_points(group="jupyter_client.kernel_provisioners", name=provisioner.NAME)
    assert [entry.value for entry in found] == ["grading.provisioner:SandboxProvisioner"], (
        "this environment was installed before the provisioner was written: python3 course.py doctor"
    )


def run(*cells, folder, timeout=60, **options):
    """Run code cells in the sandboxed kernel; returns the notebook."""
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    client = NotebookClient(
        notebook, kernel_name=provisioner.NAME, timeout=timeout, kernel_manager_class=AsyncKernelManager,
        resources={"metadata": {"path": str(folder)}}, allow_errors=True, **options,
    )  # fmt: skip
    client.execute()
    return notebook


def told(cell):
    return "".join(output.get("text", output.get("evalue", "")) for output in cell.outputs)


@pytest.fixture
def open_port():
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept():
            while True:
                try:
                    server.accept()[0].close()
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1]


def test_nothing_hostile_gets_anything(make_course, open_port, monkeypatch):
    monkeypatch.setenv("GRADING_BAIT", "secret")
    root, hand_in = make_course
    hand_in("ben", RIGHT)
    folder = hand_in("ann")
    root.chmod(0o777)
    tries = [
        "import ctypes, os, socket, sys\nfound = []\ntry:\n    "
        + code.format(port=open_port, root=root)
        + "\nexcept BaseException:\n    pass\nprint('got', found)"
        for code in HOSTILE.values()
    ]
    notebook = run(*tries, folder=folder)
    assert {what: told(cell) for what, cell in zip(HOSTILE, notebook.cells)} == dict.fromkeys(HOSTILE, "got []\n")
    assert not (root / "marked").exists()


@pytest.mark.parametrize(
    "what", ["read the gradebook", "write a mark", "reach a port of the host", "see other processes"]
)
def test_the_same_attempts_succeed_without_the_sandbox(make_course, open_port, what):
    root, _ = make_course
    code = HOSTILE[what].format(port=open_port, root=root)
    done = subprocess.run(
        [sys.executable, "-c", f"import os, socket, sys\nfound = []\n{code}\nprint(found)"],
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() not in ("", "[]"), done.stderr


def test_a_cell_that_never_ends_is_interrupted_and_the_rest_goes_on(tmp_path):
    notebook = run("while True:\n    pass", "print('on')", folder=tmp_path, timeout=4, interrupt_on_timeout=True)
    assert told(notebook.cells[1]) == "on\n"


def test_the_files_beside_the_notebook_are_there_and_stay_as_they_are(tmp_path):
    (tmp_path / "data.csv").write_text("1,2")
    (tmp_path / "out").symlink_to("/etc")
    (tmp_path / "data.csv").chmod(0o600)
    notebook = run(
        "print(open('data.csv').read())\nopen('data.csv', 'w').write('3')\nimport glob\nprint(glob.glob('*'))",
        folder=tmp_path,
    )
    assert told(notebook.cells[0]) == "1,2\n['data.csv']\n"
    assert (tmp_path / "data.csv").read_text() == "1,2"


def test_links_and_what_is_too_large_are_left_out(tmp_path):
    (tmp_path / "kept").write_text("x")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "kept").write_text("y")
    (tmp_path / "link").symlink_to("kept")
    os.mkfifo(tmp_path / "pipe")
    with open(tmp_path / "holes", "wb") as file:
        file.truncate(2**40)
    assert plain_files(tmp_path, Limits()) == {"kept": b"x", "sub/kept": b"y"}


def test_plots_display_and_input_history_work_as_in_any_kernel(tmp_path):
    notebook = run("import matplotlib.pyplot as plt\nplt.plot([1, 2]);", "6 * 7", "print(_)", folder=tmp_path)
    assert "image/png" in notebook.cells[0].outputs[-1].data
    assert told(notebook.cells[2]) == "42\n"


def test_nothing_is_left_when_the_kernel_has_ended(tmp_path, monkeypatch):
    made, make = [], tempfile.mkdtemp
    monkeypatch.setattr(tempfile, "mkdtemp", lambda *args, **kwargs: made.append(make(*args, **kwargs)) or made[-1])
    run("import subprocess\nsubprocess.Popen(['sleep', '4321'], start_new_session=True)", folder=tmp_path)
    assert made
    assert [folder for folder in made if Path(folder).exists()] == []
    running = [p.read_bytes() for p in Path("/proc").glob("[0-9]*/cmdline")]
    assert not [line for line in running if b"sleep\x004321" in line]


def test_other_users_cannot_speak_to_the_kernel(tmp_path):
    async def look():
        manager = AsyncKernelManager(kernel_name=provisioner.NAME)
        await manager.start_kernel(cwd=str(tmp_path))
        try:
            return manager.transport, stat.S_IMODE(Path(manager.ip).parents[2].stat().st_mode)
        finally:
            await manager.shutdown_kernel(now=True)

    # In a thread, because a browser test before this one may have left a loop running in ours.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, look()).result() == ("ipc", 0o700)


def test_without_bubblewrap_no_kernel_starts(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(NoSandboxError, match="apt install bubblewrap"):
        run("1", folder=tmp_path)


def nbgrader(root, *arguments):
    path = f"{sysconfig.get_path('scripts')}:{os.environ['PATH']}"
    command = [sys.executable, "-m", "nbgrader", *arguments]
    return subprocess.run(command, cwd=root, env=os.environ | {"PATH": path}, capture_output=True, text=True)


def test_nbgraders_autograde_and_validate_use_it(make_course):
    root, hand_in = make_course
    with open(root / "nbgrader_config.py", "a") as file:
        file.write('c.Execute.kernel_name = "grading-sandbox"\n')
    steal = f"def square(x):\n    open({str(root / 'gradebook.db')!r}, 'r+b')\n    return x * x"
    hand_in("ann", RIGHT)
    hand_in("ben", RIGHT | {"square": steal})
    done = nbgrader(root, "autograde", "squares", "--log-level=INFO")
    assert done.returncode == 0, done.stderr
    with Course.at(root).gradebook() as book:
        found = {
            submission.student.id: {g.name: g.auto_score for nb in submission.notebooks for g in nb.grades}
            for submission in book.assignment_submissions("squares")
        }
    assert found["ann"] == {"test-square": 2, "test-root": 1, "essay": None}
    assert found["ben"] == {"test-square": 0, "test-root": 1, "essay": None}
    notebook = nbformat.read(root / "autograded" / "ben" / "squares" / "squares.ipynb", 4)
    assert "FileNotFoundError" in json.dumps(notebook)
    validated = nbgrader(root, "validate", "submitted/ann/squares/squares.ipynb")
    assert "Success" in validated.stdout + validated.stderr
    assert "FileNotFoundError" in (done := nbgrader(root, "validate", "submitted/ben/squares/squares.ipynb")).stdout, (
        done
    )


def test_what_a_course_hides_from_everybody_is_hidden_unless_its_tests_need_it(tmp_path):
    from traitlets.config import Config

    (tmp_path / "tools").mkdir()
    for name in ("solutions.py", "needed.py"):
        (tmp_path / "tools" / name).write_text("")
    source = tmp_path / "source" / "ps"
    source.mkdir(parents=True)
    about = {
        "nbgrader": {
            "grade": True,
            "solution": False,
            "locked": True,
            "grade_id": "t",
            "points": 1,
            "task": False,
            "schema_version": 3,
        }
    }
    nbformat.write(new_notebook(cells=[new_code_cell("import tools.needed", metadata=about)]), source / "ps.ipynb")
    config = Config()
    config.CourseDirectory.root = str(tmp_path)
    config.Grading.shown = [str(tmp_path / "tools")]
    config.Grading.hidden = {"*": [str(tmp_path / "tools" / name) for name in ("solutions.py", "needed.py")]}
    plan = provisioner.plan_of(config, tmp_path / "autograded" / "ann" / "ps")
    assert plan.hidden == (tmp_path / "tools" / "solutions.py",)
