"""Formulas and numbers as people write them: ℓ · w, 2 · (3 + 2), −log(a), w₁."""

from collections.abc import Mapping

from helpers.widgets.formulas import Formula
from helpers.widgets.written_numbers import SUPERSCRIPTS, with_power

BINDING = {"+": 1, "-": 1, "neg": 2, "*": 3, "/": 3, "**": 4}
WRITTEN = {"+": " + ", "-": " − ", "*": " · ", "/": " / "}
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def written(formula: Formula, at: Mapping[str, float] | None = None) -> str:
    """With names, or with the numbers `at` in their place."""
    kind, *parts = formula
    if kind == "number":
        return number(parts[0])
    if kind == "name":
        return name(parts[0]) if at is None else number(at[parts[0]])
    if kind == "neg":
        return f"−{_inside(parts[0], at, 2)}"
    if kind == "**":
        return f"{_inside(parts[0], at, 5)}{f'{parts[1][1]:g}'.translate(SUPERSCRIPTS)}"
    if kind in WRITTEN:
        # 7 − (2 − 1) and 8 / (4 / 2) need their parentheses, 7 + (2 + 1) does not.
        least = BINDING[kind] + (kind in "-/")
        return f"{_inside(parts[0], at, BINDING[kind])}{WRITTEN[kind]}{_inside(parts[1], at, least, second=True)}"
    if kind == "step":
        return f"[{written(parts[0], at)} > 0]"
    return f"{'σ' if kind == 'sigmoid' else 'ReLU' if kind == 'relu' else kind}({written(parts[0], at)})"


def _inside(formula: Formula, at: Mapping[str, float] | None, least: int, second: bool = False) -> str:
    said = written(formula, at)
    loose = BINDING.get(formula[0], 9) < least
    # A minus after another sign, or under a power, stands in parentheses: 0.8 · (−1).
    signed = said.startswith("−") and (second or least == 5 or least == 2)
    # A power of ten is a product: 8 / (1·10⁻⁷).
    tiny = formula[0] in ("number", "name") and "·" in said and least >= 3
    return f"({said})" if loose or signed or tiny else said


def name(letters: str) -> str:
    """w1 as w₁, and l as ℓ, which nobody takes for a one."""
    return ("ℓ" if letters == "l" else letters).translate(SUBSCRIPTS)


def number(value: float) -> str:
    """Three digits, with a true minus sign."""
    said = f"{value:,.0f}" if 1000 <= abs(value) < 1e6 else f"{value:.3g}"
    return with_power(said).replace("-", "−") if float(said.replace(",", "")) else "0"
