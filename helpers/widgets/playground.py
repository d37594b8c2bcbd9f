"""The playground: choose points, features and a network, and watch every unit learn; with your own code too."""

from typing import Any

import numpy as np
import traitlets

from helpers.plots.style import BLUE, FAINT, GRID, INK, ORANGE, PAPER
from helpers.widgets import messages
from helpers.widgets import playground_settings as table
from helpers.widgets.controls import Control, button, choice, disabled, grouped, play, slider, switch
from helpers.widgets.panel import Drawing, Panel, script, style
from helpers.widgets.playground_networks import Functions
from helpers.widgets.playground_picture import still_picture
from helpers.widgets.playground_run import GRID as SIDE
from helpers.widgets.playground_run import REACH, Run
from helpers.widgets.playground_settings import FEATURES, Settings
from helpers.widgets.playground_words import alt_in_words, in_words

SPEEDS = ("1", "10", "100")
SECONDS = 0.015
"""How long a tick trains at most; as much again is for the pictures."""
THUMB = 32


class Playground(Panel):
    """The interactive of lesson 06, and of 08.

    functions: what trains; by default the course's own network. Else anything that has initialize_deep, model_forward,
    model_backward and update_parameters in the form of assignment 06: `globals()` in its notebook, or what
    `checks.carry` gives. state: a line copied from a playground, or a part of one, such as
    "playground data=moons hidden=4".
    """

    _esm = script("sheet.js", "playground.js")
    _css = style("playground.css")

    def __init__(self, functions: Any = None, *, state: str = table.HEAD) -> None:
        self.given, self.begin = functions, state
        self.text = messages.load("playground")
        self.run: Run | None = None
        self._functions: Functions | None = None
        super().__init__(self.text["title"])

    def prepare(self) -> bool:
        self.front = "playground"
        self.width = 860
        if self.given is not None:
            self._functions = Functions.of(self.given, self.text["no_function"])
        settings, step, parameters = self._read(self.begin)
        self.values = self._values_of(settings) | {"speed": "10", "fresh": False, "look": self.text["answer"]}
        self.run = self._new_run(settings)
        if parameters:
            self.run.begin_at(step, parameters)
        return True

    @property
    def line(self) -> str:
        """The present state as one line of text; `Playground(state=line)` brings it back."""
        return table.to_line(self.run.settings, self.run.step, self.run.network.parameters)

    @property
    def parameters(self) -> dict[str, np.ndarray]:
        """W[l] and b[l] as they are now, copied."""
        return self.run.network.parameters

    def draw(self, values: dict[str, Any]) -> Drawing:
        settings = self._settings_of(values)
        if self.run is None or not self.run.follow(settings):
            self.run = None  # a new one may fail, and the old one is none of these settings
            self.run = self._new_run(settings)
        self._show_controls(settings)
        outputs = self._outputs()
        look = self._looks(settings).get(values["look"])
        told = in_words(self.run, outputs, look, self.text, self._whose())
        return Drawing(b"", alt_in_words(self.run, look, self.text), told, self._data(values, outputs, look))

    def tick(self) -> None:
        if self.run:
            self.run.advance(int(self.values["speed"]), SECONDS)

    def press(self, name: str) -> None:
        if name == "step" and self.run:
            self.run.advance(1, SECONDS)
            self.refresh()
        elif name == "restart":
            self.run = None
            self.refresh()
        elif name in ("start", "draw"):
            self.values = {**self.values, name: self.values[name] + 1}

    def received(self, content: dict[str, Any], buffers: list[memoryview]) -> None:
        if "restore" in content:
            self.restore(str(content["restore"]))

    def restore(self, line: str) -> None:
        """Bring back the state of a line. Raises ValueError with a sentence where it is none."""
        settings, step, parameters = self._read(line)
        run = self._new_run(settings)
        if parameters:
            run.begin_at(step, parameters)
        self.playing, self.run = False, run
        self.values = {**self.values, **self._values_of(settings)}
        self.refresh()

    def still(self) -> bytes:
        if self.run is None:
            return b""  # the settings of the last drawing are gone
        outputs = self._outputs()
        return still_picture(self.run, outputs, self._looks(self.run.settings).get(self.values["look"]), self.text)

    def _read(self, line: str) -> tuple[Settings, int, dict[str, np.ndarray] | None]:
        try:
            settings, step, parameters = table.from_line(line)
        except ValueError as error:
            raise ValueError(self.text["bad_line"].format(part=error)) from None
        if self._functions and settings.activation != "relu":
            raise ValueError(self.text["only_relu"])
        return settings, step, parameters

    def _new_run(self, settings: Settings) -> Run:
        with np.errstate(all="ignore"):
            return Run(settings, self._functions, self.text)

    def _outputs(self) -> list[np.ndarray]:
        """What each column of the picture shows: the features, then A[1], …, A[L], over the plane."""
        with np.errstate(all="ignore"):
            return [self.run.X_plane, *self.run.network.outputs(self.run.X_plane)]

    def _whose(self) -> str:
        if self._functions is None:
            return ""
        own = [
            name
            for name in self._functions._fields
            if getattr(getattr(self._functions, name), "origin", "") != "course"
        ]
        return self.text["own" if own else "none_own"].format(names=", ".join(own))

    # Between the controls' labels and the settings' names.

    def _values_of(self, settings: Settings) -> dict[str, Any]:
        values = settings._asdict() | {"hidden": list(settings.hidden)}
        for name in ("data", "activation"):
            values[name] = self.text[f"{name}_{values[name]}"]
        values["batch"] = self.text["batch_all"] if settings.batch == "all" else settings.batch
        del values["features"]
        return values | {f"feature_{name}": name in settings.features for name in FEATURES}

    def _settings_of(self, values: dict[str, Any]) -> Settings:
        kept = {name: values[name] for name in Settings._fields if name != "features"}
        for name, options in (("data", table.DATA), ("activation", table.ACTIVATIONS)):
            kept[name] = next(option for option in options if self.text[f"{name}_{option}"] == values[name])
        kept["batch"] = "all" if values["batch"] == self.text["batch_all"] else values["batch"]
        features = tuple(name for name in FEATURES if values[f"feature_{name}"])
        return table.tidy(Settings(**kept | {"features": features, "hidden": tuple(values["hidden"])}))

    def _looks(self, settings: Settings) -> dict[str, tuple[int, int]]:
        """The choices of what the large picture shows: label -> (layer, unit), both counted from 1; the answer last."""
        looks = {
            self.text["unit"].format(l=l, k=k): (l, k)
            for l, n in enumerate(settings.hidden, 1)
            for k in range(1, n + 1)
        }
        return {self.text["answer"]: (len(settings.sizes) - 1, 1)} | looks

    def _show_controls(self, settings: Settings) -> None:
        controls = self._controls(settings)
        if controls != self.controls:
            self.controls = controls

    def _controls(self, settings: Settings) -> list[Control]:
        text = self.text

        def labels(name: str, options: Any) -> list[str]:
            return [text[f"{name}_{option}"] for option in options]

        activation = choice("activation", text["activation"], labels("activation", table.ACTIVATIONS))
        batches = [text["batch_all"] if batch == "all" else batch for batch in table.BATCHES]
        points = [
            choice("data", text["data"], labels("data", table.DATA)),
            slider("noise", text["noise"], 0, table.MOST_NOISE, 0.05),
            choice("points", text["points"], list(table.POINTS)),
            switch("fresh", text["fresh"]),
        ]
        learning = [
            disabled(activation) if self._functions else activation,
            choice("rate", text["rate"], list(table.RATES)),
            choice("l2", text["l2"], list(table.PENALTIES)),
            choice("batch", text["batch"], batches),
        ]
        looks = list(self._looks(settings))
        shown = [choice("speed", text["speed"], list(SPEEDS)), choice("look", text["look"], looks)]
        return [
            *grouped(text["group_points"], *points),
            *grouped(text["group_features"], *(self._feature(name, settings.features) for name in FEATURES)),
            *grouped(text["group_learning"], *learning),
            *grouped(text["group_shown"], *shown),
            play(text["play"], text["pause"]),
            *(button(name, text[f"button_{name}"]) for name in ("step", "restart", "start", "draw")),
        ]

    def _feature(self, name: str, chosen: tuple[str, ...]) -> Control:
        control = switch(f"feature_{name}", self.text[f"feature_{name}"])
        return disabled(control) if chosen == (name,) else control  # the last one stays on

    @traitlets.validate("values")
    def _possible(self, proposal: dict[str, Any]) -> dict[str, Any]:
        """The last feature stays on; the large picture is the answer again where its unit has been taken away."""
        values, switches = dict(proposal["value"]), [f"feature_{name}" for name in FEATURES]
        if not any(values[name] for name in switches):
            values |= {name: self.values.get(name, name == "feature_x1") for name in switches}
        if values["look"] not in self._looks(Settings(hidden=tuple(values["hidden"]))):
            values["look"] = self.text["answer"]
        return values

    # What the page draws.

    def _data(self, values: dict[str, Any], outputs: list[np.ndarray], look: tuple[int, int] | None) -> dict[str, Any]:
        run, settings = self.run, self.run.settings
        l, k = look or (len(outputs) - 1, 1)
        scaled = [_scaled(A, _middle(settings, l)) for l, A in enumerate(outputs)]
        small = np.concatenate([v.reshape(-1, SIDE, SIDE)[:, :: SIDE // THUMB, :: SIDE // THUMB] for v in scaled])
        shown = run.test if values["fresh"] else run.train
        parameters = run.network.parameters
        weights = [parameters[f"W{l}"].ravel() for l in range(1, len(settings.sizes))]
        return {
            "sizes": settings.sizes,
            "features": [self.text[f"feature_{name}"] for name in settings.features],
            "thumb": THUMB,
            "side": SIDE,
            "reach": REACH,
            "thumbs": np.round(128 + 127 * small).astype(np.uint8).tobytes(),
            "surface": scaled[l][k - 1].astype(np.float32).tobytes(),
            "look": [l, k],
            "answer": l == len(settings.sizes) - 1,
            "weights": np.concatenate(weights).astype(np.float32).tobytes(),
            "points": shown.X.astype(np.float32).tobytes(),
            "labels": shown.Y.astype(np.uint8).tobytes(),
            "fresh": values["fresh"],
            "cloud": f"{settings.data} {settings.noise} {settings.points} {settings.draw} {values['fresh']}",
            "curves": np.array(run.history, np.float32).T.tobytes(),
            "line": self.line,
            "most": [table.MOST_LAYERS, table.MOST_UNITS],
            "text": {name[3:]: text for name, text in self.text.items() if name.startswith("js_")},
            "colours": {"low": BLUE, "high": ORANGE, "paper": PAPER, "ink": INK, "faint": FAINT, "grid": GRID},
        }


def _middle(settings: Settings, l: int) -> float:
    """What counts as neither high nor low among the answers of layer l: one half for a sigmoid, else zero."""
    sigmoid = l == len(settings.sizes) - 1 or (l > 0 and settings.activation == "sigmoid")
    return 0.5 if sigmoid else 0.0


def _scaled(A: np.ndarray, middle: float) -> np.ndarray:
    """From −1 to 1, 0 at the middle; what has bounds by them, what has none by the unit's largest answer."""
    if middle:
        return 2 * A - 1
    return A / np.maximum(np.abs(A).max(axis=1, keepdims=True), 1e-9)
