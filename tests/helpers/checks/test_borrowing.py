"""Is a function of the course noticed behind any name, and is everything else left alone?"""

import functools
import importlib
import inspect
import sys
from pathlib import Path

import numpy as np
import pytest

from helpers import activations, checks, data, evaluation, network
from helpers.checks import borrowing, registry
from helpers.checks.borrowing import Watch
from helpers.checks.engine import Examination
from helpers.checks.exercise import Exercise

relu = activations.relu
RELU = registry.find("02-relu")
EXAMPLE = (np.array([[-1.0, 2.0]]),)


def entered(function, *args, watch=None):
    watch = watch or Watch((), "relu", "a02_vectorization")
    with watch.over(args):
        function(*args)
    return watch.borrowed


class Unit:
    @property
    def g(self):
        return relu

    def __call__(self, Z):
        return self.g(Z)


def by_loop(Z):
    return np.array([[float(relu(np.array([[z]]))[0, 0]) for z in row] for row in Z])


def by_import(Z):
    from helpers.activations import relu as secret

    return secret(Z)


def by_generator(Z):
    def rows():
        for row in Z:
            yield relu(row)

    return np.array(list(rows()))


def by_catching(Z):
    try:
        return relu(np.zeros((0, 0)))
    except ValueError:
        return np.maximum(Z, 0)


DISGUISES = [
    relu,
    lambda Z: relu(Z),
    functools.partial(relu),
    functools.wraps(abs)(lambda Z: relu(Z)),
    Unit(),
    Unit().__call__,
    by_loop,
    by_import,
    by_generator,
    by_catching,
    lambda Z: network.layer_forward(Z, np.eye(len(Z)), np.zeros((len(Z), 1)), "relu")[0],
    lambda Z: eval("activations.relu(Z)", {"activations": activations, "Z": Z}),
]


@pytest.mark.parametrize("function", DISGUISES, ids=range(len(DISGUISES)))
def test_the_course_behind_any_name_is_noticed(function):
    report = checks.run("02-relu", function, seed=0)
    assert not report.passed
    assert report.points == 0
    assert report.diagnosis == "borrowed"
    assert "the course's own code" in report.message


def test_the_message_says_what_was_called():
    report = checks.run("02-relu", relu, seed=0)
    assert [finding.id for finding in report.findings] == ["borrowed"]
    assert "The function calls activations.relu," in report.message
    assert "data.standardize" in checks.run("02-standardize", data.standardize, seed=0).message
    assert "evaluation.report" in checks.run("03-accuracy-report", evaluation.report, seed=0).message


@pytest.mark.parametrize("exercise_id", checks.exercises())
def test_the_answers_of_the_checks_are_borrowed_too(exercise_id):
    exercise = registry.find(exercise_id)
    report = checks.run(exercise_id, exercise.reference, seed=0)
    assert not report.passed
    assert "borrowed" in report.causes
    assert checks.run(exercise_id, exercise.reference, seed=0, watch=False).passed


def test_they_are_borrowed_also_by_way_of_the_registry_within_the_call():
    def looks_up(Z):
        return registry.find("02-relu").reference(Z)

    assert checks.run("02-relu", looks_up, seed=0).diagnosis == "borrowed"


def test_a_wrong_answer_keeps_its_own_cause_and_gets_this_one_besides():
    report = checks.run("03-neuron-forward", lambda X, p: 1 - network.forward(X, p)[0], seed=0)
    assert (report.diagnosis, report.causes[-1]) == ("wrong-sign-in-exp", "borrowed")


# What is no borrowing


def test_what_the_task_allows_is_no_borrowing():
    def neuron_forward(X, parameters):
        return activations.sigmoid(parameters["W1"] @ X + parameters["b1"])

    assert checks.run("03-neuron-forward", neuron_forward, seed=0).passed
    assert entered(relu, *EXAMPLE) == "activations.relu"
    assert entered(relu, *EXAMPLE, watch=Watch(["activations.relu"], "relu", "a02_vectorization")) is None
    assert entered(relu, *EXAMPLE, watch=Watch(["activations"], "rectify", "a02_vectorization")) is None
    # A whole room does not stand for the answer itself.
    assert entered(relu, *EXAMPLE, watch=Watch(["activations"], "relu", "a02_vectorization")) == "activations.relu"


def test_data_may_be_used_but_for_an_answer_among_them():
    def uses_data(Z):
        scaled = data.standardize(data.penguins().X)[0]
        return np.maximum(Z, 0) + 0 * scaled.sum()

    assert entered(uses_data, *EXAMPLE) is None
    watch = Watch((), "standardize", "a02_vectorization")
    assert entered(data.standardize, np.eye(2), watch=watch) == "data.standardize"


def test_assignments_that_use_networks_may_use_them():
    X, rng = np.ones((2, 3)), np.random.default_rng(0)
    build = lambda X: network.predict(X, network.initialize([2, 1], rng))  # noqa: E731
    assert entered(build, X, watch=Watch((), "train_deep", "a07_image_recognition")) is None
    assert entered(build, X, watch=Watch((), "model_forward", "a06_deep_networks")) == "network.initialize"


@pytest.mark.parametrize("handed", [relu, functools.partial(relu), [relu], {"g": relu}])
def test_a_function_that_was_handed_over_may_be_called(handed):
    def calls(Z, given):
        g = given["g"] if isinstance(given, dict) else given[0] if isinstance(given, list) else given
        return g(Z)

    assert entered(calls, *EXAMPLE, handed) is None
    assert entered(calls, *EXAMPLE, lambda Z: Z) is None
    assert entered(lambda Z, given: activations.tanh(given(Z)), *EXAMPLE, relu) == "activations.tanh"


def test_carried_functions_may_be_called_but_not_for_their_own_exercise():
    """A file in the place of carry.py hands on an answer of assignment 02."""
    code = compile(
        "def model(Z):\n    return answer(Z)\n", str(Path(borrowing.HELPERS) / "checks" / "carry.py"), "exec"
    )
    names = {"answer": RELU.reference}
    exec(code, names)
    assert entered(names["model"], *EXAMPLE, watch=Watch((), "model_forward", "a06_deep_networks")) is None
    assert "relu" in entered(names["model"], *EXAMPLE, watch=Watch((), "relu", "a02_vectorization"))


def test_printing_inside_a_check_is_no_borrowing():
    def talks(Z):
        print(Z)
        return np.maximum(Z, 0)

    assert checks.run("02-relu", talks, seed=0).passed


# Manners of the hook


def right(Z):
    return np.maximum(Z, 0)


def hook(frame, event, arg):
    pass


@pytest.mark.parametrize("former", [None, hook])
@pytest.mark.parametrize("function", [right, relu, lambda Z: 1 / 0])
def test_a_former_hook_is_there_again(former, function):
    before = sys.getprofile()
    try:
        sys.setprofile(former)
        checks.run("02-relu", function, seed=0)
        after = sys.getprofile()
    finally:
        sys.setprofile(before)
    assert after is former


def test_stopping_by_hand_takes_the_hook_away():
    def endless(Z):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        checks.run("02-relu", endless)
    assert sys.getprofile() is None


def test_a_trace_of_a_debugger_stays():
    seen = []

    def trace(frame, event, arg):
        seen.append(frame.f_code.co_name)

    before = sys.gettrace()
    try:
        sys.settrace(trace)
        checks.run("02-relu", right, seed=0)
        kept = sys.gettrace()
    finally:
        sys.settrace(before)
    assert kept is trace
    assert "right" in seen


def test_a_function_of_many_calls_is_soon_left_alone():
    """Events are counted, not seconds: after so many the hook is gone."""
    left = []

    def one():
        return None

    def busy(Z):
        for _ in range(borrowing.EVENTS_A_CALL):
            one()
        left.append(sys.getprofile())
        return np.maximum(Z, 0)

    assert checks.run("02-relu", busy, seed=0).passed
    assert set(left) == {None}


def test_what_runs_elsewhere_may_say_itself_that_it_borrowed():
    """A callable that stands for a function in another process is no code of the course, whatever happens there."""

    class Remote:
        borrowed = None

        def __call__(self, Z):
            self.borrowed = "activations.relu"
            return np.maximum(Z, 0)

    report = checks.run("02-relu", Remote(), seed=0)
    assert (report.passed, report.diagnosis) == (False, "borrowed")
    assert "activations.relu" in report.message


def test_it_names_a_function_as_one_writes_it():
    names = {
        data.standardize: "data.standardize",
        data.penguins: "data.penguins",
        activations.relu: "activations.relu",
        evaluation.Report.__str__: "evaluation.Report.__str__",
    }
    for function, name in names.items():
        code = function.__code__
        module = Path(code.co_filename).relative_to(borrowing.HELPERS).with_suffix("").as_posix().replace("/", ".")
        assert borrowing.name_of(module, code) == name


def test_every_name_that_an_exercise_may_use_is_there():
    for exercise in registry.every().values():
        for name in exercise.may_use:
            room, *inner = name.split(".")
            thing = importlib.import_module(f"helpers.{room}")
            for part in inner:
                thing = getattr(thing, part)
            assert not inner or inspect.isfunction(thing) or inspect.ismodule(thing), f"{exercise.id}: {name}"


def test_an_exercise_names_what_may_be_used():
    exercise = Exercise(
        id="02-relu", points=1, reference=RELU.reference, cases=RELU.cases, may_use=("activations.relu",)
    )
    assert Examination(exercise, relu, 0).report().passed
