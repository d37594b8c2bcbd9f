"""Small formulas such as "2 * (l + w)" or "-log(a)": read, worked out, differentiated and written for people.

A formula is a nested tuple: ("number", 2.0), ("name", "l"), (sign, left, right) with a sign out of + - * / **,
("neg", inside) or (function, inside). Derivatives are the rules of school calculus, simplified as far as a reader
would: no sum with 0, no product with 1 or 0.
"""

import ast
import math
from collections.abc import Callable, Mapping
from typing import Any

Formula = tuple[Any, ...]
ZERO, ONE = ("number", 0.0), ("number", 1.0)
SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}

FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "log": math.log,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z)),
    "tanh": math.tanh,
    "relu": lambda z: max(z, 0.0),
    "step": lambda z: float(z > 0),
}


def read(text: str) -> Formula:
    """ValueError where the text is not a formula of numbers, names, + - * / **, parentheses and FUNCTIONS."""
    try:
        return _formula(ast.parse(text, mode="eval").body)
    except (SyntaxError, ValueError, TypeError) as error:
        raise ValueError(f"{text!r} is not a formula: {error}") from None


def _formula(node: ast.AST) -> Formula:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return ("number", float(value))
        case ast.Name(id=name):
            return ("name", name)
        case ast.UnaryOp(op=ast.USub(), operand=inside):
            formula = _formula(inside)
            return ("number", -formula[1]) if formula[0] == "number" else ("neg", formula)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in SIGNS:
            return (SIGNS[type(op)], _formula(left), _formula(right))
        case ast.Call(func=ast.Name(id=name), args=[inside], keywords=[]) if name in FUNCTIONS:
            return (name, _formula(inside))
    known = ", ".join(name for name in FUNCTIONS if name != "step")
    raise ValueError(f"known are numbers, names, + - * / **, parentheses and the functions {known}.")


def names_in(formula: Formula) -> list[str]:
    """Each name once, in the order of reading."""
    if formula[0] == "name":
        return [formula[1]]
    inside = [name for part in formula[1:] if isinstance(part, tuple) for name in names_in(part)]
    return list(dict.fromkeys(inside))


def value_of(formula: Formula, at: Mapping[str, float]) -> float:
    """A finite number, or ValueError: the logarithm of a negative number, a division by zero, an overflow."""
    try:
        value = _value(formula, at)
    except (ArithmeticError, ValueError):
        value = math.nan
    if isinstance(value, complex) or not math.isfinite(value):
        raise ValueError("no finite number")
    return value


def _value(formula: Formula, at: Mapping[str, float]) -> float:
    kind, *parts = formula
    if kind == "number":
        return parts[0]
    if kind == "name":
        return at[parts[0]]
    values = [_value(part, at) for part in parts]
    match kind:
        case "neg":
            return -values[0]
        case "+":
            return values[0] + values[1]
        case "-":
            return values[0] - values[1]
        case "*":
            return values[0] * values[1]
        case "/":
            return values[0] / values[1]
        case "**":
            return values[0] ** values[1]
    return FUNCTIONS[kind](values[0])


def derivative(formula: Formula, by: str, itself: Formula | None = None) -> Formula:
    """The derivative by one name.

    itself: what the value of the formula is called, so that the slope of a = sigmoid(z) can be told as a · (1 − a).
    """
    kind, *parts = formula
    if kind == "number":
        return ZERO
    if kind == "name":
        return ONE if parts[0] == by else ZERO
    if kind == "neg":
        return neg(derivative(parts[0], by))
    if kind in ("+", "-"):
        left, right = (derivative(part, by) for part in parts)
        return plus(left, right) if kind == "+" else plus(left, neg(right))
    if kind == "*":
        u, v = parts
        return plus(times(derivative(u, by), v), times(u, derivative(v, by)))
    if kind == "/":
        u, v = parts
        outer = neg(over(times(u, derivative(v, by)), ("**", v, ("number", 2.0))))
        return plus(over(derivative(u, by), v), outer)
    if kind == "**":
        return _power(parts[0], parts[1], by)
    return times(_outer(kind, parts[0], formula if itself is None else itself), derivative(parts[0], by))


def _power(base: Formula, exponent: Formula, by: str) -> Formula:
    if exponent[0] != "number":
        raise ValueError("a power needs a number as its exponent.")
    n = exponent[1]
    lower = base if n == 2 else ("**", base, ("number", n - 1))
    return times(times(exponent, lower), derivative(base, by))


def _outer(function: str, inside: Formula, itself: Formula) -> Formula:
    """The derivative of a function of one number, where it can be said by its own value."""
    return {
        "exp": itself,
        "log": over(ONE, inside),
        "sigmoid": ("*", itself, ("-", ONE, itself)),
        "tanh": ("-", ONE, ("**", itself, ("number", 2.0))),
        "relu": ("step", inside),
        "step": ZERO,
    }[function]


def plus(u: Formula, v: Formula) -> Formula:
    if u == ZERO:
        return v
    if v == ZERO:
        return u
    return ("-", u, v[1]) if v[0] == "neg" else ("+", u, v)


def times(u: Formula, v: Formula) -> Formula:
    if ZERO in (u, v):
        return ZERO
    if ONE in (u, v):
        return v if u == ONE else u
    if "neg" in (u[0], v[0]):
        product = times(*(part[1] if part[0] == "neg" else part for part in (u, v)))
        return product if u[0] == v[0] else neg(product)
    if u[0] == v[0] == "number":
        return ("number", u[1] * v[1])
    return ("*", v, u) if v[0] == "number" else ("*", u, v)


def over(u: Formula, v: Formula) -> Formula:
    return ZERO if u == ZERO else u if v == ONE else ("/", u, v)


def neg(u: Formula) -> Formula:
    if u == ZERO:
        return ZERO
    return u[1] if u[0] == "neg" else ("neg", u)
