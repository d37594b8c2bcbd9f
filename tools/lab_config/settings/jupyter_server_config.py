"""Settings of the server behind JupyterLab that need code."""

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Between page and kernel: each message leaves when it is there.

    TCP holds a small message back until the other side has acknowledged the one before, and a browser takes up to 40 ms
    for that. A kernel's answer to a slider is three small messages, so every picture would come that much later.
    """

    def connect(self) -> object:
        if self.websocket_handler.ws_connection is not None:  # a page may be gone again already
            self.websocket_handler.set_nodelay(True)
        return super().connect()


get_config().ServerApp.kernel_websocket_connection_class = PromptConnection  # noqa: F821 - Jupyter's name in its settings
