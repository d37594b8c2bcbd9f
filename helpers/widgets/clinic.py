"""Patients of the clinic: read the curves, try an experiment, guess what ails the training, then see it cured."""

from string import ascii_uppercase
from typing import Any

from helpers.widgets import messages
from helpers.widgets.clinic_experiments import experiment
from helpers.widgets.clinic_patients import PATIENTS, Curves, train
from helpers.widgets.clinic_picture import ClinicPicture
from helpers.widgets.controls import choice, switch
from helpers.widgets.panel import Drawing, Panel
from helpers.widgets.written_numbers import percent, with_power


class Clinic(Panel):
    """The interactive of lesson 08: ten small trainings and experiments on them, all run when it is made.

    start: the patient to begin with.
    """

    def __init__(self, start: str = "A") -> None:
        self.start = start
        self.text = messages.load("clinic")
        super().__init__(self.text["title"])

    def prepare(self) -> bool:
        text = self.text
        self.ailments = dict(zip(ascii_uppercase, PATIENTS))
        if self.start not in self.ailments:
            raise ValueError(text["bad_letter"].format(got=repr(self.start), letters=", ".join(self.ailments)))
        self.patients = {name: make() for name, make in PATIENTS.items()}
        known: dict[int, Curves] = {}
        for case in (case for patient in self.patients.values() for case in patient):
            known[id(case)] = known.get(id(case)) or train(case)
        self.trained = {name: tuple(known[id(case)] for case in cases) for name, cases in self.patients.items()}
        # Now, since some of them train for longer than a change of a control may take.
        self._found = {
            (name, said): experiment(kind, patient.sick, text)
            for name, patient in self.patients.items()
            for kind, said in text["experiments"].items()
        }
        names = sorted(text["names"].values())
        self.controls = [
            choice("patient", text["patient"], list(self.ailments)),
            choice("experiment", text["experiment"], list(text["experiments"].values())),
            choice("guess", text["guess"], [text["no_guess"], *names]),
            switch("cure", text["cure"]),
        ]
        self.values = {
            "patient": self.start,
            "experiment": text["experiments"]["none"],
            "guess": text["no_guess"],
            "cure": False,
        }
        self.view = ClinicPicture(text)
        self.width = self.view.canvas.width
        return True

    def draw(self, values: dict[str, Any]) -> Drawing:
        name = self.ailments[values["patient"]]
        sick, cured = self.trained[name]
        picture = self.view.png(sick, cured if values["cure"] else None)
        return Drawing(picture, self._alt(sick, cured, values["cure"]), "\n".join(self._words(name, values)))

    def _words(self, name: str, values: dict[str, Any]) -> list[str]:
        text, (sick, _) = self.text, self.trained[name]
        lines = [text["curves"].format(letter=values["patient"], lowest=short(sick.cost_new.min()), **ends(sick))]
        if found := self._found[name, values["experiment"]]:
            lines.append(found)
        guess = next((key for key, said in text["names"].items() if said == values["guess"]), None)
        if values["cure"]:
            key = "hit" if guess == name else "told"
            lines.append(text[key].format(name=text["names"][name], sign=text["signs"][name], cured=self._cured(name)))
        elif guess is None:
            lines.append(text["none"])
        else:
            said = text["hit" if guess == name else "wrong"].format(sign=text["signs"][guess], cured="")
            lines.append(said.strip())
        return lines

    def _cured(self, name: str) -> str:
        return self.text["cured"].format(remedy=self.text["remedies"][name], **ends(self.trained[name][1]))

    def _alt(self, sick: Curves, cured: Curves, shown: bool) -> str:
        cure = self.text["alt_cure"].format(**ends(cured)) if shown else ""
        return self.text["alt"].format(steps=int(sick.steps[-1]), cure=cure, **ends(sick)).strip()


def ends(curves: Curves) -> dict[str, str]:
    """First and last numbers of the curves, as they are told."""
    last = {name: short(getattr(curves, name)[-1]) for name in ("cost", "cost_new")}
    last |= {name: percent(getattr(curves, name)[-1]) for name in ("right", "right_new")}
    return last | {"start": short(curves.cost[0])}


def short(cost: float) -> str:
    """Two digits after the point, none where there are many before it, and one that counts where both would be 0."""
    if cost >= 100:
        return f"{cost:.0f}"
    return f"{cost:.2f}" if cost >= 0.01 else with_power(f"{cost:.1g}")
