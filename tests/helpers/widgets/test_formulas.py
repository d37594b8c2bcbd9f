"""Are small formulas read, worked out, differentiated and written as in school?"""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpers.widgets.formula_words import name, number, written
from helpers.widgets.formulas import derivative, names_in, read, value_of

FORMULAS = [
    "l * w", "2 * (l + w)", "8 * l", "l - w", "l / w", "w / (l + 2)", "l ** 2", "l ** -1", "(l - w) ** 3", "-l",
    "-(l - w)", "exp(l)", "exp(-l * w)", "log(l + w)", "-log(l)", "sigmoid(l)", "sigmoid(l * w - 1)", "tanh(l)",
    "2 * tanh(w) - l", "relu(l - w)", "l * sigmoid(l)", "l * l * w", "1 - l", "-l * -w", "l - (w - l)", "3",
]  # fmt: skip
NUMBERS = st.floats(0.2, 3).map(lambda x: round(x, 3))


@settings(deadline=None)
@given(text=st.sampled_from(FORMULAS), l=NUMBERS, w=NUMBERS)
def test_values_are_those_of_python(text: str, l: float, w: float) -> None:
    functions = {
        "exp": math.exp, "log": math.log, "tanh": math.tanh, "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
        "relu": lambda z: max(0.0, z),
    }  # fmt: skip
    assert value_of(read(text), {"l": l, "w": w}) == pytest.approx(eval(text, functions, {"l": l, "w": w}))


@settings(deadline=None, max_examples=200)
@given(text=st.sampled_from(FORMULAS), l=NUMBERS, w=NUMBERS, by=st.sampled_from(["l", "w"]))
def test_derivatives_agree_with_central_differences(text: str, l: float, w: float, by: str) -> None:
    assume(abs(l - w) > 1e-3)  # the kink of the ReLU
    formula, at, h = read(text), {"l": l, "w": w}, 1e-6
    up, down = (value_of(formula, at | {by: at[by] + step}) for step in (h, -h))
    assert value_of(derivative(formula, by), at) == pytest.approx((up - down) / (2 * h), rel=1e-6, abs=1e-7)


@pytest.mark.parametrize(
    ("text", "by", "said"),
    [
        ("l * w", "l", "w"),
        ("2 * (l + w)", "w", "2"),
        ("8 * a", "a", "8"),
        ("s + t", "t", "1"),
        ("s - t", "t", "−1"),
        ("w1 * x1 + w2 * x2 + b", "w2", "x₂"),
        ("w1 * x1 + w2 * x2 + b", "b", "1"),
        ("sigmoid(z)", "z", "a · (1 − a)"),
        ("tanh(z)", "z", "1 − a²"),
        ("exp(z)", "z", "a"),
        ("-log(z)", "z", "−1 / z"),
        ("relu(z)", "z", "[z > 0]"),
        ("z ** 2", "z", "2 · z"),
        ("sigmoid(z)", "y", "0"),
    ],
)
def test_slopes_are_as_simple_as_on_paper(text: str, by: str, said: str) -> None:
    assert written(derivative(read(text), by, ("name", "a"))) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2*(l+w)", "2 · (ℓ + w)"),
        ("a - (b - c)", "a − (b − c)"),
        ("a - b - c", "a − b − c"),
        ("a / (b * c)", "a / (b · c)"),
        ("-(a + b)", "−(a + b)"),
        ("(a + b) ** 2", "(a + b)²"),
        ("a * -b", "a · (−b)"),
        ("-log(sigmoid(z1))", "−log(σ(z₁))"),
        ("relu(z)", "ReLU(z)"),
    ],
)
def test_formulas_are_written_for_people(text: str, said: str) -> None:
    assert written(read(text)) == said


@settings(deadline=None)
@given(text=st.sampled_from(FORMULAS), l=NUMBERS, w=NUMBERS)
def test_what_is_written_means_the_same(text: str, l: float, w: float) -> None:
    back = str.maketrans({"·": "*", "−": "-", "ℓ": "l", "σ": "S", "²": "@2", "³": "@3"})
    said = written(read(text)).translate(back).replace("S(", "sigmoid(").replace("ReLU", "relu")
    said = said.replace("⁻¹", "@(-1)").replace("@", "**")
    at = {"l": l, "w": w}
    assert value_of(read(said), at) == pytest.approx(value_of(read(text), at))


def test_numbers_in_the_place_of_names() -> None:
    at = {"w1": 0.4, "x1": 1.5, "w2": 0.8, "x2": -1.0, "b": 0.1}
    assert written(read("w1 * x1 + w2 * x2 + b"), at) == "0.4 · 1.5 + 0.8 · (−1) + 0.1"
    assert written(read("-log(a)"), {"a": 0.475}) == "−log(0.475)"
    assert written(read("x2 ** 2"), at) == "(−1)²"
    assert written(read("1 / p"), {"p": 1e-7}) == "1 / (1·10⁻⁷)"
    assert written(read("p ** 2 + p"), {"p": 1e-7}) == "(1·10⁻⁷)² + 1·10⁻⁷"


@pytest.mark.parametrize(
    ("value", "said"),
    [(26.0, "26"), (-0.52498, "−0.525"), (-0.0, "0"), (12345.6, "12,346"), (1e-7, "1·10⁻⁷"), (-2.5e9, "−2.5·10⁹")],
)
def test_numbers_have_three_digits_and_a_true_minus(value: float, said: str) -> None:
    assert number(value) == said


def test_names() -> None:
    assert [name(letters) for letters in ("l", "w1", "x12", "J")] == ["ℓ", "w₁", "x₁₂", "J"]
    assert names_in(read("w * l + w")) == ["w", "l"]


@pytest.mark.parametrize(
    "text", ["", "l +", "l // w", "open('x')", "l.real", "log(l, 2)", "l if w else 1", "'l'", "True", "l; w"]
)
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a formula"):
        read(text)


@pytest.mark.parametrize("text", ["log(l)", "1 / (l + 1)", "(l + 0.5) ** 0.5", "exp(-1000 * l)"])
def test_what_has_no_value_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no finite number"):
        value_of(read(text), {"l": -1.0})
