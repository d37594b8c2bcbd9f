"""From `course.py lab …` to the command that starts JupyterLab on the learner's workspace."""

import argparse
import difflib
import errno
import os
import socket
from pathlib import Path

from tools import workspace
from tools.trouble import Trouble

CONFIG = Path(__file__).with_name("lab_config")
START_PAGE = "notebooks/00_start_here.ipynb"
# The interfaces Jupyter listens on unless told otherwise, and the first port it tries.
DEFAULT_IP, DEFAULT_PORT = "localhost", 8888

PORT_TAKEN = (
    "Port {port} is taken: another program, perhaps another Lab, listens on it. Choose another one with --port, for"
    " example --port {other}, or leave --port out and Lab looks for a free one itself."
)
PORT_FORBIDDEN = (
    "Port {port} may not be used by you: ports below 1024 belong to the system. Choose one above, such as 8888."
)
NO_SUCH_ADDRESS = "This machine has no address {ip} to listen on. Leave --ip out, or give --ip 0.0.0.0 for all it has."
WORKSPACE_INSIDE = (
    "The workspace cannot be {workspace}: that is inside the course's own files, which an update replaces. Choose"
    " {default} (the default) or a folder outside of {root}."
)
WORKSPACE_UNWRITABLE = (
    "Your workspace {workspace} cannot be written: {reason}. Choose another place for it:"
    " python3 course.py lab --workspace FOLDER (or set COURSE_WORKSPACE)."
)


def parse(arguments: list[str]) -> argparse.Namespace:
    """Read the options of `lab`; what follows `--` is left for JupyterLab."""
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    parser = argparse.ArgumentParser(prog="course.py lab", description="Open JupyterLab on the lessons.")
    parser.add_argument("--no-browser", action="store_true", help="print the address instead of opening a browser")
    parser.add_argument(
        "--port", type=port_number, help=f"the port to listen on (otherwise {DEFAULT_PORT} or the next free)"
    )
    parser.add_argument("--ip", help="the address to listen on (otherwise this machine only)")
    parser.add_argument(
        "--workspace", help="where your copies live (otherwise COURSE_WORKSPACE or the folder workspace)"
    )
    parser.add_argument("--restore", metavar="FILE", help="bring the course's version of one file back")
    options = parser.parse_args(arguments[:cut])
    options.lab_arguments = arguments[cut + 1 :]
    return options


def port_number(text: str) -> int:
    """Read a port; argparse turns the ValueError's message into a sentence."""
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to 65535, not {text}")
    return int(text)


def check(root: str, options: argparse.Namespace) -> None:
    """Raise what can be known before the environment is made, rather than after the minutes that takes."""
    workspace_of(Path(root), options.workspace)
    if options.port:
        require_free(options.ip or DEFAULT_IP, options.port)


def prepare(root: str, python: str, options: argparse.Namespace) -> tuple[list[str], dict[str, str]]:
    """Bring the workspace up to date; return the arguments and variables with which `python` becomes Lab."""
    place = workspace_of(Path(root), options.workspace)
    update(Path(root), place, options.restore)
    print(f"JupyterLab is starting. Your copies are in {place}. Press Ctrl-C here, twice, to stop.", flush=True)
    return command(place, options), variables(Path(python), place)


def workspace_of(root: Path, chosen: str | None) -> Path:
    """Return the folder of the learner's copies: as chosen, or the variable's, or `workspace` in the course."""
    default = root / "workspace"
    place = Path(chosen or os.environ.get("COURSE_WORKSPACE") or default).expanduser().resolve()
    inside = place.is_relative_to(root) and not place.is_relative_to(default)
    if inside:
        raise Trouble(WORKSPACE_INSIDE.format(workspace=place, default=default, root=root))
    return place


def update(root: Path, place: Path, restore: str | None) -> None:
    """Synchronise and say what happened."""
    offered = [path for path, _ in workspace.shipped(root)]
    restore = restore and Path(restore).as_posix()
    if restore and restore not in offered:
        near = difflib.get_close_matches(restore, offered, n=1, cutoff=0.4)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise Trouble(f"The course has no file {restore} (files are named from the workspace on).{hint}")
    try:
        outcome = workspace.synchronise(root, place, restore)
    except OSError as error:
        raise Trouble(WORKSPACE_UNWRITABLE.format(workspace=place, reason=error.strerror or error)) from None
    for line in workspace.in_words(outcome):
        print(line, flush=True)


def command(place: Path, options: argparse.Namespace) -> list[str]:
    """Return the arguments for Python that start Lab in `place`."""
    start = START_PAGE if (place / START_PAGE).is_file() else "notebooks"
    arguments = ["-m", "jupyterlab", f"--ServerApp.root_dir={place}", f"--LabApp.default_url=/lab/tree/{start}"]
    # Jupyter's log is for those who run servers; its address and its warnings are shown all the same.
    arguments += ["--ServerApp.log_level=WARN", "--LabApp.log_level=WARN"]
    if options.no_browser:
        arguments.append("--no-browser")
    if options.ip:
        arguments.append(f"--ip={options.ip}")
    if options.port is not None:
        arguments += [f"--port={options.port}", "--ServerApp.port_retries=0"]
    if hasattr(os, "geteuid") and os.geteuid() == 0 and "--allow-root" not in options.lab_arguments:
        print(
            "You are root: whoever reaches this Lab can do anything on this machine. A plain user is safer.", flush=True
        )
        arguments.append("--allow-root")
    return arguments + options.lab_arguments


def variables(python: Path, place: Path) -> dict[str, str]:
    """Return what Lab and its kernels find in their environment beside what is there already."""
    prefix = python.parent.parent if python.parent.name in ("bin", "Scripts") else python.parent
    layers = [CONFIG / "settings"]
    if not any((Path(folder) / "nbgrader_config.py").exists() for folder in site_configuration(prefix)):
        # Nobody has set up a class here: of nbgrader a learner alone can use the button that validates, nothing else.
        layers.insert(0, CONFIG / "learner")
    return {
        "JUPYTER_CONFIG_PATH": joined(*layers, before=os.environ.get("JUPYTER_CONFIG_PATH")),
        # Kernels named python3 are many; the one of this environment, which has the course, comes first.
        "JUPYTER_PATH": joined(prefix / "share" / "jupyter", before=os.environ.get("JUPYTER_PATH")),
        "JUPYTER_PREFER_ENV_PATH": "1",
        # Which tabs were open is remembered for each workspace, apart from whatever else the learner does in Lab.
        "JUPYTERLAB_WORKSPACES_DIR": str(place / ".course" / "tabs"),
    }


def site_configuration(prefix: Path) -> list[str]:
    """Return the folders in which nbgrader looks for the configuration of a user, an environment or a machine."""
    named = os.environ.get("JUPYTER_CONFIG_PATH", "").split(os.pathsep)
    user = os.environ.get("JUPYTER_CONFIG_DIR") or os.path.join(os.path.expanduser("~"), ".jupyter")
    machine = os.path.join(os.environ.get("PROGRAMDATA", ""), "jupyter") if os.name == "nt" else "/etc/jupyter"
    return [*filter(None, named), user, str(prefix / "etc" / "jupyter"), machine, "/usr/local/etc/jupyter"]


def joined(*folders: Path, before: str | None) -> str:
    """Return a search path of `folders`, then what it held before."""
    return os.pathsep.join([*map(str, folders), *([before] if before else [])])


def require_free(ip: str, port: int) -> None:
    """Raise unless `port` can be listened on at each address that `ip` stands for."""
    try:
        addresses = socket.getaddrinfo(
            None if ip == "*" else ip, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except socket.gaierror:
        raise Trouble(NO_SUCH_ADDRESS.format(ip=ip)) from None
    for family, kind, protocol, _, address in addresses:
        try:
            listener = socket.socket(family, kind, protocol)
        except OSError:  # no IPv6 here, say
            continue
        with listener:
            if os.name == "posix":  # a port that was just given up is free, as it will be for Lab
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            try:
                listener.bind(address)
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    other = port + 1 if port < 65535 else port - 1
                    raise Trouble(PORT_TAKEN.format(port=port, other=other)) from None
                if error.errno == errno.EACCES:
                    raise Trouble(PORT_FORBIDDEN.format(port=port)) from None
                if family == socket.AF_INET:
                    raise Trouble(NO_SUCH_ADDRESS.format(ip=ip)) from None
