"""Does Lab find the course's settings, kernel and ports, and whose nbgrader is it?"""

import os
import socket
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from traitlets.config.loader import PyFileConfigLoader

from tools import environment, lab
from tools.trouble import Trouble

PYTHON = Path(sys.prefix) / "bin" / "python"


@pytest.fixture(autouse=True)
def no_configuration_of_the_machine(monkeypatch, tmp_path):
    """The tests see a home of their own, without any Jupyter settings."""
    for name in ("JUPYTER_CONFIG_PATH", "JUPYTER_CONFIG_DIR", "JUPYTER_PATH", "COURSE_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))


def layers(variables):
    """The folders of settings that are the course's, first one first."""
    folders = map(Path, variables["JUPYTER_CONFIG_PATH"].split(os.pathsep))
    return [folder.name for folder in folders if folder.parent == lab.CONFIG]


def test_a_learner_alone_gets_no_tools_of_instructors(tmp_path):
    assert layers(lab.variables(PYTHON, tmp_path)) == ["learner", "settings"]


@pytest.mark.parametrize("place", ["home/.jupyter", "named", "also named"])
def test_where_nbgrader_is_configured_a_class_decides_itself(tmp_path, monkeypatch, place):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", os.pathsep.join([str(tmp_path / "named"), str(tmp_path / "also named")]))
    (tmp_path / place).mkdir(parents=True)
    (tmp_path / place / "nbgrader_config.py").touch()
    assert layers(lab.variables(PYTHON, tmp_path)) == ["settings"]


def test_paths_that_were_set_before_come_after_ours(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_PATH", "/of/the/user")
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/settings/of/the/user")
    variables = lab.variables(PYTHON, tmp_path)
    assert variables["JUPYTER_PATH"].split(os.pathsep) == [str(Path(sys.prefix) / "share" / "jupyter"), "/of/the/user"]
    assert variables["JUPYTER_CONFIG_PATH"].split(os.pathsep)[-1] == "/settings/of/the/user"


@pytest.mark.parametrize("users_variable", ["JUPYTER_PATH", "JUPYTER_DATA_DIR"])
def test_a_kernel_python3_of_the_users_own_does_not_win(tmp_path, users_variable):
    """Asked of Jupyter itself, with a kernel of that name where the variable points."""
    kernel = tmp_path / "of the user" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text('{"argv": ["nowhere"], "display_name": "x", "language": "python"}')
    program = (
        "from jupyter_client.kernelspec import KernelSpecManager as M; print(M().get_kernel_spec('python3').argv[0])"
    )
    users = {users_variable: str(tmp_path / "of the user"), "JUPYTER_PREFER_ENV_PATH": "0"}
    found = []
    for ours in ({}, lab.variables(PYTHON, tmp_path)):
        if "JUPYTER_PATH" in ours and users_variable == "JUPYTER_PATH":
            ours["JUPYTER_PATH"] += os.pathsep + users["JUPYTER_PATH"]
        answer = subprocess.run(
            [sys.executable, "-c", program], env=os.environ | users | ours, capture_output=True, text=True, check=True
        )
        found.append(answer.stdout.strip())
    assert found[0] == "nowhere", "without the course's variables the user's kernel wins, or this test shows nothing"
    assert found[1] != "nowhere"


def test_options_are_passed_on(tmp_path):
    options = lab.parse(["--no-browser", "--port", "9005", "--ip", "0.0.0.0", "--", "--debug", "--port-retries=3"])
    command = lab.command(tmp_path, options)
    assert command[:2] == ["-m", "jupyterlab"]
    assert {"--no-browser", "--port=9005", "--ip=0.0.0.0"} < set(command)
    assert command[-2:] == ["--debug", "--port-retries=3"]
    assert f"--ServerApp.root_dir={tmp_path}" in command
    assert not [
        argument for argument in lab.command(tmp_path, lab.parse([])) if argument.startswith(("--port", "--ip"))
    ]


@pytest.mark.parametrize("port", ["-1", "65536", "eight", "1.5", ""])
def test_what_is_no_port_is_told(port, capsys):
    with pytest.raises(SystemExit):
        lab.parse([f"--port={port}"])
    assert "a port is a number from 0 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("ip", "family"), [("localhost", socket.AF_INET), ("::1", socket.AF_INET6), ("*", socket.AF_INET)]
)
def test_a_taken_port_is_told_and_free_again_afterwards(ip, family):
    with socket.socket(family) as listener:
        listener.bind(("127.0.0.1" if family == socket.AF_INET else "::1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(Trouble, match=f"Port {port} is taken"):
            lab.require_free(ip, port)
    lab.require_free(ip, port)


def test_an_address_of_another_machine_is_told():
    with pytest.raises(Trouble, match=r"no address 192\.0\.2\.1"):  # set aside for documentation: nobody's
        lab.require_free("192.0.2.1", 9005)


def test_the_workspace_is_chosen_by_option_then_variable_then_default(tmp_path, monkeypatch):
    assert lab.workspace_of(tmp_path, None) == tmp_path / "workspace"
    monkeypatch.setenv("COURSE_WORKSPACE", str(tmp_path.parent / "by variable"))
    assert lab.workspace_of(tmp_path, None) == tmp_path.parent / "by variable"
    assert lab.workspace_of(tmp_path, str(tmp_path.parent / "by option")) == tmp_path.parent / "by option"
    for inside in (tmp_path, tmp_path / "notebooks", tmp_path / "helpers" / "data"):
        with pytest.raises(Trouble, match="inside the course's own files"):
            lab.workspace_of(tmp_path, str(inside))


def test_a_file_to_restore_that_does_not_exist_is_told_with_the_nearest(tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "03_one_neuron.ipynb").touch()
    with pytest.raises(
        Trouble, match=r"no file notebooks/03_neuron\.ipynb.*Did you mean notebooks/03_one_neuron\.ipynb"
    ):
        lab.update(tmp_path, tmp_path / "workspace", "notebooks/03_neuron.ipynb")


def test_a_conda_environment_with_the_course_is_used_as_it_is(tmp_path, monkeypatch, capsys):
    """environment.yml's way: nothing is installed a second time."""
    root, site = tmp_path / "course", tmp_path / "conda" / "site-packages"
    info = site / "neurons_to_networks-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: neurons-to-networks\nVersion: 0.1.0\n", encoding="utf-8"
    )
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "conda"))
    monkeypatch.setattr(sys, "path", [str(root), str(site)])
    assert not environment.in_conda_environment(str(root))  # no conda environment
    (tmp_path / "conda" / "conda-meta").mkdir()
    assert not environment.in_conda_environment(str(root))  # a course, but which?
    (info / "direct_url.json").write_text(f'{{"url": "{(tmp_path / "another").as_uri()}"}}', encoding="utf-8")
    assert not environment.in_conda_environment(str(root))
    (info / "direct_url.json").write_text(f'{{"url": "{root.as_uri()}"}}', encoding="utf-8")
    assert environment.in_conda_environment(str(root))
    assert environment.ensure(str(root)) == sys.executable
    assert "Using the conda environment" in capsys.readouterr().out


def prompt_connection(monkeypatch):
    """The class that our settings put between page and kernel, and what its `connect` passes on to."""
    loaded = PyFileConfigLoader("jupyter_server_config.py", str(lab.CONFIG / "settings")).load_config()
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "connect", lambda self: "connected")
    return loaded.ServerApp.kernel_websocket_connection_class


def test_messages_between_page_and_kernel_are_not_held_back(monkeypatch):
    handler = Mock(spec=KernelWebsocketHandler, ws_connection=object())
    connection = prompt_connection(monkeypatch)(websocket_handler=handler)
    assert connection.connect() == "connected"
    handler.set_nodelay.assert_called_once_with(True)


def test_a_page_that_is_gone_already_is_no_error(monkeypatch):
    handler = Mock(spec=KernelWebsocketHandler, ws_connection=None)
    assert prompt_connection(monkeypatch)(websocket_handler=handler).connect() == "connected"
    handler.set_nodelay.assert_not_called()
