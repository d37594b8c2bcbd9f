"""Does course.py say in a sentence what a newcomer meets, and is a half-made .venv never taken for a whole one?"""

import ast
import importlib.util
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tools import lab, venv

ROOT = Path(__file__).resolve().parents[2]


def base_python():
    """The Python that .venv was made from."""
    return getattr(sys, "_base_executable", sys.executable)


@pytest.fixture
def clone(tmp_path):
    """The course without its environment, as someone who has just cloned it has it."""
    keep_out = shutil.ignore_patterns(".venv", ".git", "workspace", "__pycache__", "*.egg-info", ".hypothesis")
    return Path(shutil.copytree(ROOT, tmp_path / "course", ignore=keep_out))


def course(clone, *arguments, python=None, **variables):
    """Run course.py; return (exit code, what it said)."""
    answer = subprocess.run(
        [python or base_python(), "course.py", *arguments],
        cwd=clone,
        env={k: v for k, v in os.environ.items() if not k.startswith("COURSE_")} | variables,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return answer.returncode, answer.stdout + answer.stderr


def says(output, *words):
    assert "Traceback" not in output, output
    for word in words:
        assert word in output, output


def test_help_and_unknown_commands(clone):
    code, output = course(clone, "--help")
    assert code == 0
    says(output, "lab", "test", "doctor")
    assert course(clone)[0] == course(clone, "lap")[0] == 2


def test_it_is_standard_library_only():
    for path in [
        ROOT / "course.py",
        *(ROOT / "tools" / f"{n}.py" for n in ("environment", "lab", "doctor", "workspace")),
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.level == 0 else []
            for name in names:
                assert name.split(".")[0] in {*sys.stdlib_module_names, "tools"}, f"{path.name} imports {name}"


def test_too_old_a_python_is_told_so(clone):
    """course.py keeps to old words up to the sentence about the age."""
    ast.parse((clone / "course.py").read_text(encoding="utf-8"), feature_version=(3, 4))
    pretend = (
        "import sys, runpy; sys.version_info = (3, 8, 1); sys.argv = ['course.py', 'lab'];"
        " runpy.run_path('course.py', run_name='__main__')"
    )
    answer = subprocess.run([base_python(), "-c", pretend], cwd=clone, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    says(answer.stderr, "needs Python 3.11 or later", "is Python 3.8")


def test_no_network_at_the_first_start(clone):
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
    code, output = course(clone, "lab", "--no-browser", **nowhere, PIP_NO_CACHE_DIR="1", PIP_FIND_LINKS="")
    assert code == 1
    says(output, "the network")
    assert not venv.is_complete(str(clone))
    code, output = course(clone, "doctor", **nowhere)
    assert code == 1
    says(output, "python3 course.py lab")


def in_sandbox(clone, *options, prepare=""):
    """Run `course.py lab` from `clone` in a file system changed by bubblewrap's `options`, on Python without uv."""
    command = ["bwrap", "--dev-bind", "/", "/", *map(str, options), "--setenv", "PATH", "/usr/bin:/bin"]
    command += ["sh", "-c", f'{prepare} cd "$0" && exec "$1" course.py lab --no-browser', str(clone), base_python()]
    answer = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    return answer.returncode, answer.stdout + answer.stderr


@pytest.mark.needs("bubblewrap")
def test_no_venv_module(clone):
    """Debian splits venv and ensurepip off."""
    ensurepip = Path(importlib.util.find_spec("ensurepip").origin).parent
    code, output = in_sandbox(clone, "--tmpfs", ensurepip)
    assert code == 1
    says(output, "ensurepip is missing", f"sudo apt install python3.{sys.version_info.minor}-venv")


@pytest.mark.needs("bubblewrap")
def test_a_folder_that_may_only_be_read(clone):
    """Not even root can write there."""
    code, output = in_sandbox(clone, "--ro-bind", clone, clone)
    assert code == 1
    says(output, "No file can be written in", "Copy the course's folder to a place of your own")


@pytest.mark.needs("bubblewrap")
def test_a_full_disk(clone, tmp_path):
    """A file system of 8 MB holds the course's own files and half a pip."""
    small = tmp_path / "small"
    small.mkdir()
    program = f'cd "{clone}"; cp -r course.py tools *.t* "{small}"; cp --parents tests/requirements.txt "{small}";'
    code, output = in_sandbox(small, "--size", 8_000_000, "--tmpfs", small, prepare=program)
    assert code == 1
    says(output, "The disk is full", "Free about 1 GB")


def test_a_file_in_the_place_of_the_environment(clone):
    (clone / ".venv").write_text("not a folder", encoding="utf-8")
    code, output = course(clone, "lab")
    assert code == 1
    says(output, "is in the way", "Rename or remove it")


def test_a_folder_that_is_no_environment_is_left_alone(clone):
    (clone / ".venv").mkdir()
    (clone / ".venv" / "thesis.txt").write_text("mine", encoding="utf-8")
    code, output = course(clone, "lab")
    assert code == 1
    says(output, "is in the way")
    assert (clone / ".venv" / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_an_interrupted_installation_is_not_believed(clone):
    folder = clone / ".venv"
    folder.mkdir()
    (folder / venv.MARKER).touch()
    assert venv.was_interrupted(folder)
    assert not venv.is_complete(str(clone))
    (folder / venv.STAMP).write_text("{ half", encoding="utf-8")
    assert not venv.is_complete(str(clone))


def test_changed_pins_are_noticed(clone):
    (clone / ".venv").mkdir()
    stamp = venv.wanted(clone) | {"python": None}
    venv.write_stamp(clone / ".venv", stamp)
    assert venv.stamp_of(clone / ".venv") == stamp
    with open(clone / "requirements.txt", "a", encoding="utf-8") as file:
        file.write("six==1.17.0\n")
    assert not venv.is_complete(str(clone))


@pytest.fixture
def installed():
    """The environment that these tests run in, where course.py made it."""
    if Path(sys.prefix) != ROOT / ".venv" or not venv.is_complete(str(ROOT)):
        pytest.fail("Run the tests with `python3 course.py test`: it completes .venv first.")
    return ROOT


def free_port():
    with socket.create_server(("localhost", 0)) as listener:
        return listener.getsockname()[1]


def test_a_taken_port_is_told(installed, tmp_path):
    with socket.create_server(("localhost", 0)) as listener:
        port = listener.getsockname()[1]
        code, output = course(installed, "lab", "--no-browser", "--port", str(port), "--workspace", str(tmp_path / "w"))
    assert code == 1
    says(output, f"Port {port} is taken", "--port")


def test_a_workspace_that_cannot_be_written_is_told(installed, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, output = course(installed, "lab", "--no-browser", "--workspace", str(tmp_path / "file" / "w"))
    assert code == 1
    says(output, "cannot be written", "--workspace")


def test_a_workspace_inside_the_course_is_refused(installed):
    code, output = course(installed, "lab", "--workspace", str(installed / "notebooks"))
    assert code == 1
    says(output, "an update replaces")


def test_doctor_is_content_here(installed):
    code, output = course(installed, "doctor")
    assert code == 0, output
    says(output, "All a learner needs is here", "all pins of requirements.txt")


def test_lab_starts_offline_on_the_workspace_with_the_courses_kernel_and_settings(installed, tmp_path):
    """A kernel named python3 of the user's own must not win, and nothing may be fetched."""
    home, place, port = tmp_path / "home", tmp_path / "workspace", free_port()
    kernel = home / ".local" / "share" / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text(
        json.dumps({"argv": ["nowhere", "{connection_file}"], "display_name": "someone else's", "language": "python"}),
        encoding="utf-8",
    )
    nowhere = "http://127.0.0.1:9"
    process = subprocess.Popen(
        [base_python(), "course.py", "lab", "--no-browser", "--port", str(port), "--workspace", str(place)]
        + ["--", "--IdentityProvider.token="],
        cwd=installed,
        env=os.environ | {"HOME": str(home), "https_proxy": nowhere, "http_proxy": nowhere, "no_proxy": "localhost"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        specs = answer_of(f"http://localhost:{port}/api/kernelspecs", process)
        argv = specs["kernelspecs"]["python3"]["spec"]["argv"]
        assert specs["default"] == "python3"
        assert argv[0] != "nowhere"
        overrides = answer_of(f"http://localhost:{port}/lab/api/settings/@jupyterlab/apputils-extension:notification")
        assert overrides["schema"]["properties"]["fetchNews"]["default"] == "false"
        kernels = answer_of(f"http://localhost:{port}/lab/api/settings/@jupyterlab/apputils-extension:kernels-settings")
        assert kernels["schema"]["properties"]["commsOverSubshells"]["default"] == "disabled"
        listing = answer_of(f"http://localhost:{port}/api/contents/notebooks")
        assert "03_one_neuron.ipynb" in {entry["name"] for entry in listing["content"]}
        disabled = page_config(f"http://localhost:{port}/lab")["disabledExtensions"]
        assert "@jupyter/nbgrader:formgrader" in disabled
        assert "@jupyter/nbgrader:validate-assignment" not in disabled
        assert status(f"http://localhost:{port}/formgrader") == 404
        assert status(f"http://localhost:{port}/assignments/validate") != 404
    finally:
        process.terminate()
        process.communicate(timeout=60)
    assert (place / "assignments" / "03_one_neuron" / "03_one_neuron.ipynb").is_file()


def answer_of(url, process=None, patience=60):
    """The JSON at url, waiting for the server to come up."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + patience
    while True:
        try:
            with opener.open(url, timeout=10) as answer:
                return json.load(answer)
        except OSError:
            if time.monotonic() > deadline or (process and process.poll() is not None):
                said = process.stdout.read() if process and process.poll() is not None else ""
                pytest.fail(f"{url} does not answer. {said}")
            time.sleep(0.2)


def page_config(url):
    """What the page tells the front end."""
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=10) as answer:
        html = answer.read().decode()
    return json.loads(re.search(r'<script id="jupyter-config-data"[^>]*>(.*?)</script>', html, re.DOTALL)[1])


def status(url):
    """The code of the server's answer."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_the_start_page_is_opened_where_there_is_one(tmp_path):
    options = lab.parse(["--no-browser", "--", "--debug"])
    assert "--LabApp.default_url=/lab/tree/notebooks" in lab.command(tmp_path, options)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / lab.START_PAGE).write_text("{}", encoding="utf-8")
    command = lab.command(tmp_path, options)
    assert f"--LabApp.default_url=/lab/tree/{lab.START_PAGE}" in command
    assert command[-1] == "--debug"


def test_the_course_comes_with_its_start_page(tmp_path):
    """After a first synchronisation the page that Lab opens on is there."""
    lab.update(ROOT, tmp_path, None)
    assert (tmp_path / lab.START_PAGE).is_file()
    assert f"--LabApp.default_url=/lab/tree/{lab.START_PAGE}" in lab.command(tmp_path, lab.parse(["--no-browser"]))
