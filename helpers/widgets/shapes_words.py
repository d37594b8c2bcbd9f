"""What happened to two shapes, in sentences: the rule as it applies, one entry followed, and what to watch out for."""

import numpy as np

from helpers.widgets.array_rules import Index, Outcome, axis_of, is_sum, sources

Text = dict[str, str]


def explained(
    operation: str, A: np.ndarray, B: np.ndarray, found: Outcome, index: Index | None, text: Text
) -> str:  # fmt: skip
    """One to three lines."""
    if found.result is None:
        return "\n".join(_refusal(operation, A, B, found, text))
    said = [_rule(operation, A, B, found, text), followed(operation, A, B, found.result, index, text)]
    return "\n".join([*said, *_surprises(operation, A, B, found.result, text)])


def _rule(operation: str, A: np.ndarray, B: np.ndarray, found: Outcome, text: Text) -> str:
    place = {"a": A.shape, "b": B.shape, "result": found.result.shape}
    if is_sum(operation):
        axis = axis_of(operation)
        kept = "summed_kept" if "keepdims" in operation else "summed"
        said = text["one_entry" if A.shape[axis] == 1 else "many_entries"].format(n=A.shape[axis])
        return text[kept].format(**place, axis=axis, entries=said)
    if operation == "A @ B":
        return text["product"].format(**place, n=A.shape[-1])
    if B.ndim == 0:
        return text["single"].format(**place)
    return text["broadcast"].format(**place, pairs=", ".join(_pairs(found, text)))


def _pairs(found: Outcome, text: Text) -> list[str]:
    """For each axis from the right, what meets what."""
    said = []
    for a, b in reversed(list(zip(found.lines["A"], found.lines["B"], strict=True))):
        short = "A" if a.look == "put in" else "B" if b.look == "put in" else None
        if short:
            stretched = text["missing_stretched"] if (a if short == "A" else b).to > 1 else ""
            said.append(text["missing"].format(n=max(a.n, b.n), name=short, stretched=stretched))
        elif a.n == b.n:
            said.append(text["equal"].format(n=a.n, m=b.n))
        else:
            said.append(text["stretch"].format(n=a.n, m=b.n, name="A" if a.n == 1 else "B"))
    return said


def followed(operation: str, A: np.ndarray, B: np.ndarray, result: np.ndarray, index: Index, text: Text) -> str:
    """How one entry of the result comes about, in numbers."""
    from_a, from_b = sources(operation, A, B, index)
    if operation == "A @ B":
        terms = " + ".join(f"{A[i]} · {B[j]}" for i, j in zip(from_a, from_b, strict=True))
    elif is_sum(operation):
        terms = " + ".join(str(A[i]) for i in from_a)
    else:
        terms = f"{A[from_a[0]]} {'·' if operation == 'A * B' else '+'} {B[from_b[0]]}"
    name = text["index"].format(index=", ".join(map(str, index))) if index else text["number"]
    value = str(result[index])
    # A sum over a single entry is that entry: there is nothing to work out.
    how = value if terms == value else text["worked_out"].format(terms=terms, value=value)
    return text["marked"].format(name=name, how=how)


def _refusal(operation: str, A: np.ndarray, B: np.ndarray, found: Outcome, text: Text) -> list[str]:
    says = text["says"].format(message=found.refusal)
    if is_sum(operation):
        return [text["no_such_axis"].format(a=A.shape), says]
    if operation == "A @ B":
        if B.ndim == 0:
            return [text["no_axis"].format(a=A.shape), says]
        hint = [text["product_turned"].format(shape=B.T.shape)] if B.ndim == 2 and A.shape[-1] == B.shape[1] else []
        said = text["inner_differ"].format(a=A.shape, b=B.shape, n=A.shape[-1], m=B.shape[0])
        return [" ".join([said, *hint]), says]
    k = found.wrong
    n, m = found.lines["A"][k].n, found.lines["B"][k].n
    said = text["disagree"].format(a=A.shape, b=B.shape, n=n, m=m, axis=k)
    return [" ".join([said, *_remedies(A, B, text)]), says]


def _remedies(A: np.ndarray, B: np.ndarray, text: Text) -> list[str]:
    """A way in which the two would fit, where there is one that people mean."""
    for name, array, other in (("B", B, A), ("A", A, B)):
        if array.ndim == 1 and other.ndim == 2 and len(array) == len(other):
            return [text["second_axis"].format(name=name, shape=(len(array), 1))]
        if array.ndim == 2 and _fits(array.shape[::-1], other.shape):
            return [text["turned"].format(name=name, shape=array.shape[::-1])]
    return []


def _fits(a: tuple, b: tuple) -> bool:
    try:
        np.broadcast_shapes(a, b)
    except ValueError:
        return False
    return True


def _surprises(operation: str, A: np.ndarray, B: np.ndarray, result: np.ndarray, text: Text) -> list[str]:
    """What runs without a complaint and may not be what was meant; at most one sentence."""
    same_square = A.shape == B.shape and A.ndim == 2 and A.shape[0] == A.shape[1] > 1
    if is_sum(operation):
        lost = result.ndim == 1 and len(result) > 1
        return [text["surprise_sum"].format(result=result.shape)] if lost else []
    if operation == "A @ B":
        short = "A" if A.ndim == 1 else "B"
        if A.ndim == B.ndim == 1:
            return [text["surprise_number"]]
        if result.ndim == 1:
            return [text["surprise_lost"].format(name=short, result=result.shape)]
        return [text["surprise_at"]] if same_square else []
    if 1 < A.size < result.size > B.size > 1:
        return [text["surprise_outer"].format(total=result.size, a=A.size, b=B.size)]
    for name, array, other in (("A", A, B), ("B", B, A)):
        if array.ndim == 1 and other.ndim == 2 and len(array) > 1:
            square = other.shape == (len(array),) * 2
            return [text["surprise_lies_down" if square else "surprise_row"].format(name=name)]
    return [text["surprise_star"]] if operation == "A * B" and same_square else []


def alternative(operation: str, A: np.ndarray, B: np.ndarray, found: Outcome, text: Text) -> str:
    """The picture for those who do not see it."""
    if found.result is None:
        told = text["alt_refused"]
    else:
        told = text["alt_result"].format(result=found.result.shape, numbers=found.result.tolist())
    b = "" if is_sum(operation) else text["alt_b"].format(b=B.shape)
    how = text["alt_inner" if operation == "A @ B" else "alt_right"]
    return text["alt"].format(operation=operation, a=A.shape, b=b, outcome=told, how=how)
