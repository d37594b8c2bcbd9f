"""The sandbox as a Jupyter kernel provisioner, for verbs of nbgrader's that start a kernel: autograde, validate.

The kernel runs in the jail that submissions run in. It has no network, so it is spoken to over sockets in a folder that
both sides see. `python -m grading kernel` installs it under the name `grading-sandbox`; in nbgrader_config.py:

    c.Execute.kernel_name = "grading-sandbox"

Tests then still run beside the learner's code, in one process; `grading.plugin` is what keeps them apart.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import nbformat
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.provisioning import LocalProvisioner
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from grading import jail, orphans, settings
from grading.jail import View
from grading.worker import Plan

NAME = "grading-sandbox"  # of the kernel, and of the entry point in pyproject.toml
SPECIFICATION = {
    "argv": ["{python}", "-P", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    "display_name": "Python 3 (sandboxed)",
    "language": "python",
    "metadata": {"debugger": False, "kernel_provisioner": {"provisioner_name": NAME}},
}


class SandboxProvisioner(LocalProvisioner):
    """Starts a kernel under bubblewrap. Raises NoSandboxError, and starts nothing, where that is not to be had."""

    _folder: Path | None = None
    _about: int | None = None  # where bubblewrap tells the number of the jail's first process
    _first: int | None = None

    async def pre_launch(self, **kwargs: object) -> dict:
        """Choose sockets in place of ports, and put the kernel's command into the jail's."""
        if self._folder is None:
            # The address of a socket may be 107 bytes long, so not below a TMPDIR of any length.
            self._folder = Path(tempfile.mkdtemp(prefix="grading-", dir="/tmp"))
        inside = self._folder / "kernel"  # the folder above stays closed to other users, this one the kernel may enter
        sockets = inside / "sockets"
        sockets.mkdir(parents=True, exist_ok=True)
        inside.chmod(0o755)
        sockets.chmod(0o777)
        manager = self.parent
        manager.transport, manager.ip = "ipc", str(sockets / "k")
        kwargs = await super().pre_launch(**kwargs)
        (inside / "connection.json").write_bytes(Path(manager.connection_file).read_bytes())
        (inside / "connection.json").chmod(0o644)
        own = [part.replace(manager.connection_file, str(inside / "connection.json")) for part in kwargs["cmd"]]
        kwargs["cmd"] = self._shut_in(own, inside, sockets, kwargs.get("cwd"), kwargs.get("env") or {})
        return kwargs

    def _shut_in(self, own: list[str], inside: Path, sockets: Path, folder: object, env: dict) -> list[str]:
        folder = Path(folder).resolve() if folder else None
        plan = plan_of(self.parent.config, folder)
        if own[0] in (sys.executable, "python", "python3"):
            own[0] = jail.python()
        view = View((*plan.shown, inside, *([folder] if folder else [])), plan.hidden, (sockets,))
        jail.check_readable(View(plan.shown, plan.hidden))
        limits = json.dumps(asdict(plan.limits))
        launcher = [jail.python(), "-P", "-m", "grading.kernel", limits, str(folder or ""), *own]
        line = jail.command(view, launcher, keep_admin=True)
        mode = env.get("NBGRADER_EXECUTION")  # nbgrader tells cells by it whether they are graded or validated
        place = line.index("--chdir")
        return line[:place] + (["--setenv", "NBGRADER_EXECUTION", mode] if mode else []) + line[place:]

    async def launch_kernel(self, cmd: list[str], **kwargs: object) -> KernelConnectionInfo:
        """Start it, and keep hold of where bubblewrap tells which process is the kernel's."""
        self._forget_about()
        self._about, told = os.pipe()
        place = cmd.index("--chdir")
        line = [*cmd[:place], "--info-fd", str(told), *cmd[place:]]
        # What learners' code writes past its notebook could be anything; a terminal would obey some of it.
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": None}
        try:
            return await super().launch_kernel(line, pass_fds=(told,), **(kwargs | silent))
        finally:
            os.close(told)

    async def send_signal(self, signum: int) -> None:
        """An interrupt is for the kernel in the jail, every other signal for the jail as a whole."""
        if signum != signal.SIGINT:
            await super().send_signal(signum)
        elif self.process and (kernel := self._kernel()) is not None:
            os.kill(kernel, signum)

    async def cleanup(self, restart: bool = False) -> None:
        """Take the sockets away, and what may be left of a jail that was ended as it began."""
        await super().cleanup(restart)
        orphans.end()
        if not restart:
            self._forget_about()
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder = None

    def _kernel(self) -> int | None:
        """The kernel's process: the child of the jail's first one."""
        if self._about is not None:
            first = json.loads(os.read(self._about, 4096) or b"{}").get("child-pid")
            self._forget_about()
            self._first = first
        try:
            children = Path(f"/proc/{self._first}/task/{self._first}/children").read_text().split()
        except OSError:
            return None
        return int(children[0]) if children else None

    def _forget_about(self) -> None:
        if self._about is not None:
            os.close(self._about)
            self._about = None


def plan_of(config: Config, folder: Path | None) -> Plan:
    """What the kernel of a notebook in `folder` may see, from the course's c.Grading.

    Only what is hidden from all assignments is hidden from it: the tests run in the same kernel, and need their own.
    """
    sources = {}
    if folder is not None and (config.CourseDirectory or Path("nbgrader_config.py").is_file()):
        course = CourseDirectory(config=config)
        place = Path(course.format_path(course.source_directory, ".", folder.name))
        sources = {file.stem: nbformat.read(file, 4) for file in sorted(place.glob("*.ipynb"))}
    return settings.plan(config, "", sources)


def install(prefix: str | None = None) -> Path:
    """Install the kernel's description into the environment; returns where it lies. prefix: another environment."""
    specification = json.loads(json.dumps(SPECIFICATION).replace("{python}", jail.python()))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "kernel.json").write_text(json.dumps(specification, indent=1), encoding="utf-8")
        return Path(KernelSpecManager().install_kernel_spec(folder, NAME, prefix=prefix or sys.prefix))
