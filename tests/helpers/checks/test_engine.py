"""Does the engine judge what a function does, whatever kind of thing the function is and however it misbehaves?"""

import functools
import subprocess
import sys
import warnings

import numpy as np
import pytest

from helpers import checks
from helpers.checks import engine, registry, texts
from helpers.checks.calling import Raised
from helpers.checks.exercise import Exercise, Finding

FORWARD = registry.find("03-neuron-forward")


def forward(X, parameters):
    return 1 / (1 + np.exp(-(parameters["W1"] @ X + parameters["b1"])))


def step(parameters, grads, rate):
    return {name: value - rate * grads[f"d{name}"] for name, value in parameters.items()}


def run(function, exercise_id="03-neuron-forward", seed=0):
    report = checks.run(exercise_id, function, seed=seed)
    assert not report.broken, report.message
    return report


def failing(function, exercise_id="03-neuron-forward"):
    report = run(function, exercise_id)
    assert not report.passed
    assert report.points == 0
    assert report.message
    return report


# What a program and a notebook see


def test_a_report_says_what_a_grader_needs():
    report = run(forward)
    assert (report.passed, report.points, report.max_points, report.findings) == (True, 2, 2, ())
    assert report.diagnosis is None
    assert "2 of 2 points" in report.message
    report = failing(FORWARD.misconceptions["forgot-bias"])
    assert (report.points, report.max_points, report.diagnosis) == (0, 2, "forgot-bias")
    assert all(finding.text for finding in report.findings)
    assert texts.load("a03_one_neuron")["03-neuron-forward"]["causes"]["forgot-bias"] in report.message


def test_check_prints_the_good_news_and_raises_the_bad(capsys):
    assert checks.check("03-neuron-forward", forward) is None
    assert "is right" in capsys.readouterr().out
    with pytest.raises(AssertionError, match="not right yet") as caught:
        checks.check("03-neuron-forward", lambda X, parameters: X)
    assert caught.value.__suppress_context__
    assert caught.value._render_traceback_() == str(caught.value).split("\n")


def test_the_message_names_place_size_and_seed():
    report = checks.run("03-neuron-forward", lambda X, p: forward(X, p) + 0.25, seed=77)
    assert (
        "A[0, 0] (row 0, column 0, counted from 0) is 0.774979, and we expect 0.524979: off by 0.25." in report.message
    )
    assert "X = np.array([[1.0, 0.0, 4.0], [2.0, -1.0, 0.0]])" in report.message
    assert 'checks.run("03-neuron-forward", neuron_forward, seed=77)' in report.message


def test_a_seed_repeats_exactly_and_none_draws_anew():
    wrong = FORWARD.misconceptions["forgot-bias"]
    assert checks.run("03-neuron-forward", wrong, seed=5) == checks.run("03-neuron-forward", wrong, seed=5)
    assert checks.run("03-neuron-forward", forward).seed != checks.run("03-neuron-forward", forward).seed


def test_each_run_asks_other_questions():
    seen = []

    def remember(X, parameters):
        seen.append(X.tobytes())
        return forward(X, parameters)

    run(remember, seed=1)
    first = set(seen)
    seen.clear()
    run(remember, seed=2)
    assert len(first & set(seen)) <= 2  # the worked example and its like


@pytest.mark.parametrize("unknown", ["03-neuron-forwrd", "99-nothing", "", None, 3])
def test_an_unknown_exercise_is_a_sentence_with_near_ones(unknown):
    with pytest.raises(ValueError, match=r"There is no exercise .*checks\.exercises\(\)") as caught:
        checks.run(unknown, forward)
    assert ("03-neuron-forward" in str(caught.value)) == (unknown == "03-neuron-forwrd")


def test_exercises_are_listed_in_the_order_of_the_notebook():
    assert checks.exercises("03") == [
        "03-initialize-neuron",
        "03-neuron-forward",
        "03-logistic-cost",
        "03-neuron-backward",
        "03-gradient-step",
        "03-fit-neuron",
        "03-predict",
        "03-accuracy-report",
    ]
    assert set(checks.exercises("03")) < set(checks.exercises()) or checks.exercises("03") == checks.exercises()


def test_a_program_that_only_checks_loads_no_pictures_and_no_networks():
    code = (
        "import sys; from helpers import checks; checks.exercises('03');"
        "bad = [m for m in ('matplotlib', 'sklearn', 'torch', 'helpers.network', 'IPython') if m in sys.modules];"
        "sys.exit(', '.join(bad) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# Right functions of every kind


def test_warnings_prints_and_strict_floating_point_are_no_mistakes(capsys):
    def noisy(X, parameters):
        print("Z =", X)
        print("to stderr", file=sys.stderr)
        warnings.warn("look out", stacklevel=2)
        return 1 / (1 + np.exp(-(parameters["W1"] @ X + parameters["b1"])))

    with np.errstate(all="raise"), warnings.catch_warnings():
        warnings.simplefilter("error")
        assert run(noisy).passed
        assert np.geterr()["over"] == "raise"
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "function",
    [
        lambda a, b: forward(a, b),
        lambda X, parameters, clip=500: forward(X, parameters),
        lambda *args: forward(*args),
        functools.partial(lambda g, X, p: g(X, p), forward),
        functools.wraps(forward)(lambda X, parameters: forward(X, parameters)),
        type("Neuron", (), {"__call__": lambda self, X, parameters: forward(X, parameters)})(),
    ],
)
def test_any_callable_of_two_arguments_will_do(function):
    assert run(function).passed


# Wrong or hostile ones


@pytest.mark.parametrize("thing", [None, 3, "neuron_forward", np.zeros((1, 2)), {}, np])
def test_what_is_no_function_is_named_so(thing):
    report = failing(thing)
    assert report.diagnosis == "not-a-function"


def test_a_wrong_number_of_parameters_is_named_with_the_right_ones():
    report = failing(lambda X: X)
    assert report.diagnosis == "wrong-parameters"
    assert "(X, parameters)" in report.message


def recursive(X, parameters):
    return recursive(X, parameters)


def leaves(X, parameters):
    sys.exit(0)


class OddError(Exception):
    def __str__(self):
        raise RuntimeError("not even this works")


def odd(X, parameters):
    raise OddError


@pytest.mark.parametrize(
    ("function", "cause", "name"),
    [
        (recursive, "endless-recursion", "RecursionError"),
        (leaves, "exits", "SystemExit"),
        (lambda X, p: 1 // 0, "division-by-zero", "ZeroDivisionError"),
        (lambda X, p: p["w"], "unknown-key", "KeyError"),
        (lambda X, p: X[0, 99], "index-out-of-range", "IndexError"),
        (lambda X, p: X.sigmoid(), "unknown-attribute", "AttributeError"),
        (lambda X, p: X @ X @ X, "shapes-do-not-fit", "ValueError"),
        (lambda X, p: forward(X), "wrong-number-of-arguments", "TypeError"),
        (lambda X, p: "a" + 1, "raises-error", "TypeError"),
        (odd, "raises-error", "OddError"),
    ],
)
def test_an_error_is_named_with_its_type(function, cause, name):
    report = failing(function)
    assert report.diagnosis == cause
    assert name in report.message


class UnreadableError(Exception):
    def __getattribute__(self, name):
        raise RuntimeError("no")


class Stubborn:
    """A callable that cannot be looked into, and raises what cannot be looked into."""

    def __getattribute__(self, name):
        raise RuntimeError("no")

    def __call__(self, X, parameters):
        raise UnreadableError


def test_what_cannot_be_looked_into_fails_all_the_same():
    report = failing(Stubborn())
    assert report.diagnosis == "raises-error"
    assert "UnreadableError" in report.message


def test_the_placeholder_of_the_notebook_is_not_written_yet():
    def neuron_forward(X, parameters):
        # YOUR CODE HERE
        raise NotImplementedError()

    assert failing(neuron_forward).diagnosis == "not-written-yet"


def test_the_learners_own_line_is_shown():
    def neuron_forward(X, parameters):
        Z = parameters["W1"] @ X
        return Z + np.zeros((99, 98))  # here

    report = failing(neuron_forward)
    line = neuron_forward.__code__.co_firstlineno + 2
    assert f"line {line}: return Z + np.zeros((99, 98))" in report.message


def test_an_error_from_another_process_is_shown_as_it_was_there():
    class FarError(Exception):
        as_raised = Raised("NameError", "name 'W1' is not defined", 3, "Z = W1 @ X")

    def remote(X, parameters):
        raise FarError

    report = failing(remote)
    assert "NameError: name 'W1' is not defined" in report.message
    assert "line 3: Z = W1 @ X" in report.message
    assert report.diagnosis == "undefined-name"


def test_stopping_by_hand_passes_through_run_and_is_a_sentence_in_check():
    def endless(X, parameters):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        checks.run("03-neuron-forward", endless)
    with pytest.raises(AssertionError, match="stopped while neuron_forward"):
        checks.check("03-neuron-forward", endless)


def changes_entry(parameters, grads, rate):
    answer = step(parameters, grads, rate)
    parameters["W1"][0, 0] += 1
    return answer


def adds_key(parameters, grads, rate):
    answer = step(parameters, grads, rate)
    parameters["dW1"] = grads["dW1"]
    return answer


def reshapes(parameters, grads, rate):
    answer = step(parameters, grads, rate)
    grads["dW1"] = grads["dW1"].ravel()
    return answer


@pytest.mark.parametrize(
    ("function", "place"),
    [(changes_entry, 'parameters["W1"]'), (adds_key, "parameters"), (reshapes, 'grads["dW1"]')],
)
def test_a_changed_argument_fails_even_with_the_right_answer(function, place):
    report = failing(function, "03-gradient-step")
    assert report.diagnosis == "mutated-argument"
    assert f"changed its argument {place}." in report.message


def test_answers_may_not_depend_on_earlier_calls():
    calls = []

    def tired(X, parameters):
        calls.append(1)
        return forward(X, parameters) * (1 if len(calls) < 12 else 1.01)

    assert failing(tired).causes[-1] == "different-each-call"


def test_one_array_filled_again_and_again_is_noticed():
    buffers = {}

    def reuses(X, parameters):
        A = forward(X, parameters)
        buffer = buffers.setdefault(A.shape, np.empty_like(A))
        buffer[:] = A
        return buffer

    assert failing(reuses).diagnosis == "overwrites-answers"


def test_a_hard_coded_answer_is_called_so():
    args, answer = FORWARD.examples[0]
    report = failing(lambda X, parameters: answer)
    assert report.diagnosis == "only-visible-example"
    by_size = {X.tobytes(): A for (X, _), A in [(args, answer)]}
    assert not run(lambda X, parameters: by_size.get(X.tobytes(), np.zeros((1, X.shape[1])))).passed


class Equal:
    def __eq__(self, other):
        return True

    __hash__ = None

    def __getattr__(self, name):
        return Equal()

    def __le__(self, other):
        return True

    def __abs__(self):
        return Equal()


@pytest.mark.parametrize(
    "thing",
    [Equal(), [Equal()], {"W1": Equal()}, object(), lambda: 1, iter([1]), {1, 2}, b"x"],
    ids=["equal", "in-list", "in-dict", "object", "function", "iterator", "set", "bytes"],
)
def test_an_object_that_claims_to_be_equal_gains_nothing(thing):
    for exercise_id in checks.exercises("03"):
        report = checks.run(exercise_id, lambda *args: thing, seed=0)
        assert not report.broken, report.message
        assert not report.passed


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        0,
        1.5,
        "text",
        [],
        (),
        {},
        [None],
        float("nan"),
        10**30,
        1j,
        np.zeros(0),
        np.zeros((1, 0)),
        np.array("a"),
    ]
    + [np.array([{}]), np.float16(1), np.zeros((2, 2, 2)), {"W1": None, "b1": None}, ({}, []), [[1], [1, 2]], ("", "")]
    + [{"accuracy": "1", "n": None, "interval": 3, "baseline": []}, {"dW1": 1, "db1": "x"}, {1: 2}, np.array([["a"]])],
)
def test_no_strange_value_breaks_a_check_or_passes_it(value):
    for exercise_id in checks.exercises("03"):
        report = checks.run(exercise_id, lambda *args: value, seed=0)
        assert not report.broken, report.message
        assert not report.passed


# The engine's own mistakes


def broken_exercise(**changes):
    settings = {"id": "03-neuron-forward", "points": 1, "reference": forward, "cases": FORWARD.cases}
    return Exercise(**(settings | changes))


def bad_property(call, rng):
    raise KeyError("a mistake of ours")
    yield


def bad_cases(rng):
    raise KeyError("a mistake of ours")


def bad_reference(X, parameters):
    raise KeyError("a mistake of ours")


@pytest.mark.parametrize(
    "changes", [{"properties": [bad_property]}, {"cases": bad_cases}, {"reference": bad_reference}]
)
def test_an_error_of_the_check_passes_nobody_and_blames_nobody(changes, monkeypatch):
    monkeypatch.setattr(registry, "find", lambda exercise_id, language="en": broken_exercise(**changes))
    report = checks.run("03-neuron-forward", forward, seed=3)
    assert report.broken
    assert not report.passed
    assert report.points == 0
    assert report.diagnosis is None
    assert "says nothing about your code" in report.message
    assert "seed 3" in report.message
    with pytest.raises(checks.CheckBroken):
        checks.check("03-neuron-forward", forward)


def test_a_property_sees_only_answers_of_the_right_form(monkeypatch):
    seen = []

    def judge(call, rng):
        A = call(np.ones((2, 1)), FORWARD.examples[0][0][1])
        seen.append(A)
        yield Finding("rank-one", {"place": "A", "got_shape": (), "wanted_shape": ()}, cause="rank-one")

    exercise = broken_exercise(properties=[judge])
    monkeypatch.setattr(registry, "find", lambda exercise_id, language="en": exercise)
    for odd_answer in (None, 3, np.zeros(3), [[0.5]], np.full((1, 1), np.nan), Equal()):
        assert not run(lambda X, p, answer=odd_answer: answer).passed
    assert seen == []
    report = run(forward)
    assert (report.passed, report.diagnosis, len(seen)) == (False, "rank-one", 1)


def test_texts_of_another_language_lie_over_the_english_ones(tmp_path, monkeypatch):
    for name in ("engine", "a03_one_neuron"):
        (tmp_path / f"{name}.toml").write_text((texts.FOLDER / f"{name}.toml").read_text("utf-8"), "utf-8")
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "engine.toml").write_text('[frame]\nwrong = "{function} stimmt noch nicht."\n', "utf-8")
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    texts.load.cache_clear()
    try:
        report = checks.run("03-neuron-forward", lambda X, p: X, seed=0, language="de")
        assert report.message.startswith("neuron_forward stimmt noch nicht.\n")
        assert "Likely cause" in report.message
        assert checks.run("03-neuron-forward", lambda X, p: X, seed=0).message.startswith("neuron_forward is not right")
    finally:
        texts.load.cache_clear()


def test_a_generator_argument_starts_the_same_for_reference_and_learner():
    exercise = Exercise(
        id="03-neuron-forward",
        points=1,
        reference=lambda n, rng: rng.normal(size=(n, 1)),
        cases=lambda rng: [(n, np.random.default_rng(int(rng.integers(99)))) for n in (1, 2, 5)],
    )
    right = engine.Examination(exercise, lambda n, rng: rng.standard_normal((n, 1)), 0, "en").report()
    assert right.passed, right.message
    again = engine.Examination(exercise, lambda n, rng: (rng.normal(), rng.normal(size=(n, 1)))[1], 0, "en").report()
    assert not again.passed


def test_an_answer_of_zeros_is_no_factor():
    """Found by the slow test: m divided by a factor of 0."""
    report = failing(lambda X, A, Y: {"dW1": np.zeros((1, len(X))), "db1": np.zeros((1, 1))}, "03-neuron-backward")
    assert report.diagnosis is not None
    only_some = lambda X, A, Y: {"dW1": (A - Y) @ X.T * (X.shape[1] > 1), "db1": np.zeros((1, 1))}  # noqa: E731
    assert "db1" in failing(only_some, "03-neuron-backward").message


def test_a_function_that_lives_elsewhere_is_asked_for_its_answers_again():
    class Elsewhere:
        def __init__(self):
            self.asked = 0

        def __call__(self, *args):
            return forward(*args)

        def as_it_is_now(self, answer):
            self.asked += 1
            return answer + 1

    function = Elsewhere()
    assert failing(function).diagnosis == "overwrites-answers"
    assert function.asked == 1


def test_only_the_class_says_where_a_function_lives():
    class Odd(type):
        def __getattribute__(cls, name):
            if name in ("as_it_is_now", "__mro__"):
                raise RuntimeError(name)
            return super().__getattribute__(name)

    class Fights(metaclass=Odd):
        def __call__(self, *args):
            return forward(*args)

        def __getattr__(self, name):
            return self

    assert run(Fights()).passed


def test_what_a_process_that_forks_reads_beforehand_is_what_was_imported():
    code = (
        "from helpers import checks; from helpers.checks import registry, texts\n"
        "registry.of_assignment('03'); checks.get_ready()\n"
        "before = texts.load.cache_info().misses\n"
        "checks.run('03-predict', None)\n"
        "assert texts.load.cache_info().misses == before == 2, texts.load.cache_info()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_strict_notebook_does_not_reach_the_arithmetic_of_the_check():
    exercise = registry.find("04-graph-backward")
    with np.errstate(all="raise"):
        assert checks.run(exercise.id, exercise.reference, seed=0, watch=False).passed


def test_answers_kept_by_the_shapes_of_the_arguments_are_noticed():
    exercise, kept = registry.find("06-model-forward"), {}

    def remembering(X, parameters):
        key = X.shape, *(array.shape for array in parameters.values())
        if key not in kept:
            kept[key] = exercise.reference(X, parameters)
        return kept[key]

    for seed in range(5):
        kept.clear()
        assert not checks.run(exercise.id, remembering, seed=seed, watch=False).passed


def test_a_second_finding_on_another_input_says_so():
    def crooked(X, parameters):
        A = forward(X, parameters)
        return A.ravel() if X.shape[0] == 1 else A + 1

    assert "On another input: A has shape" in failing(crooked).message


def test_an_overflow_is_named_only_where_something_overflows():
    def cut(Z):
        return np.clip(Z, 0, 50)

    assert "overflow" not in failing(cut, "02-relu").causes


def test_labels_that_are_floats_are_no_index_past_the_end():
    def picked(A, Y):
        return -np.mean(np.log(np.vstack([1 - A, A]))[Y.astype(float)[0], np.arange(A.size)])

    assert failing(picked, "03-logistic-cost").diagnosis == "index-not-whole"


def test_a_part_that_is_missing_is_not_called_constant():
    def without(dZ, linear_cache):
        return registry.find("06-linear-backward").reference(dZ, linear_cache)[:2]

    report = checks.run("06-linear-backward", without, seed=0, watch=False)
    assert "constant-answer" not in report.causes
    assert "We expect 3 entries in dA_prev, dW, db, and get 2." in report.message
