"""Right answers to assignment 04 in many styles; each must pass."""

import functools
import math
import warnings

import numpy as np

from benchmarks.corpus import right


def sig(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


# graph_forward


@right("04-graph-forward")
def _(p, q, r):
    u, v, s = np.zeros(p.shape), np.zeros(p.shape), np.zeros(p.shape)
    J = 0.0
    for i in range(p.shape[0]):
        for j in range(p.shape[1]):
            u[i, j] = p[i, j] * q[i, j]
            v[i, j] = u[i, j] + r[i, 0]
            s[i, j] = 1 / (1 + math.exp(-v[i, j])) if v[i, j] > -700 else 0.0
            J += p[i, j] * s[i, j]
    return J, {"s": s, "v": v, "u": u}


@right("04-graph-forward")
def _(p, q, r):
    with np.errstate(over="ignore"):
        u = np.multiply(p, q)
        v = u + np.tile(r, (1, p.shape[1]))
        s = 1 / (1 + np.exp(-v))
    return np.einsum("ij,ij->", p, s), {"u": u, "v": v, "s": s}


@right("04-graph-forward")
def _(p: np.ndarray, q: np.ndarray, r: np.ndarray) -> tuple[np.floating, dict[str, np.ndarray]]:
    cache = {"u": p * q}
    cache["v"] = cache["u"] + r
    cache["s"] = 0.5 * (1 + np.tanh(cache["v"] / 2))
    print("J computed")
    return np.sum(p * cache["s"], keepdims=True), cache


@right("04-graph-forward")
def _(p, q, r):
    warnings.warn("slow", stacklevel=1)
    u = p * q
    v = np.add(u, r)
    s = np.exp(-np.logaddexp(0, -v))
    return np.vdot(p, s), {"u": u, "v": v, "s": s, "gated": p * s}


class GraphForward:
    def __call__(self, p, q, r):
        nodes = self.nodes(p, q, r)
        return [np.asarray(np.trace(p @ nodes["s"].T)), nodes]

    def nodes(self, p, q, r):
        u = p * q
        return {"u": u, "v": u + r, "s": sig(u + r)}


right("04-graph-forward")(GraphForward())


# graph_backward


@right("04-graph-backward")
def _(p, q, r, cache):
    s = cache["s"]
    grads = {"ds": p, "dp": s.copy()}
    grads["dv"] = grads["ds"] * s * (1 - s)
    grads["du"] = grads["dv"]
    grads["dr"] = np.sum(grads["dv"], axis=1, keepdims=True)
    grads["dp"] += grads["du"] * q
    grads["dq"] = grads["du"] * p
    return grads


@right("04-graph-backward")
def _(p, q, r, cache):
    dp, dq, dr = np.zeros(p.shape), np.zeros(p.shape), np.zeros(r.shape)
    ds, dv = np.zeros(p.shape), np.zeros(p.shape)
    for i, j in np.ndindex(p.shape):
        s = cache["s"][i, j]
        ds[i, j] = p[i, j]
        dv[i, j] = ds[i, j] * (s - s * s)
        dr[i, 0] += dv[i, j]
        dp[i, j] = s + dv[i, j] * q[i, j]
        dq[i, j] = dv[i, j] * p[i, j]
    return {"ds": ds, "dv": dv, "du": dv, "dp": dp, "dq": dq, "dr": dr}


@right("04-graph-backward")
def _(p, q, r, cache):
    gate = sig(p * q + r)
    slope = sig(p * q + r) * sig(-p * q - r)
    du = p * slope
    return {
        "dr": du @ np.ones((p.shape[1], 1)),
        "dq": p**2 * slope,
        "dp": gate + p * q * slope,
        "du": du,
        "dv": du.view(),
        "ds": p,
    }


@right("04-graph-backward")
def _(p, q, r, cache):
    def through_sigmoid(d, s):
        return d * s * (1 - s)

    def through_product(d, first, second):
        return d * second, d * first

    dp_direct, ds = through_product(np.float64(1.0), p, cache["s"])
    dp_direct, ds = cache["s"], p + 0 * ds
    dv = through_sigmoid(ds, cache["s"])
    dp_long, dq = through_product(dv, p, q)
    return {"ds": ds, "dv": dv, "du": dv, "dp": dp_direct + dp_long, "dq": dq, "dr": dv.sum(1)[:, np.newaxis]}


@right("04-graph-backward")
def _(p, q, r, cache):
    print(cache.keys())
    p64, q64, s = p.astype(np.float64), q.astype(np.float64), cache["s"].astype(np.float64)
    dv = np.einsum("ij,ij,ij->ij", p64, s, 1 - s)
    return {
        "ds": p64,
        "dv": dv,
        "du": np.array(dv, order="F"),
        "dp": np.sum([s, dv * q64], axis=0),
        "dq": dv * p64,
        "dr": np.einsum("ij->i", dv).reshape(-1, 1),
    }


# numerical_gradient


@right("04-numerical-gradient")
def _(f, theta, epsilon):
    slope = np.zeros(theta.shape)
    for i in range(theta.shape[0]):
        moved = theta.copy()
        moved[i] += epsilon
        up = f(moved)
        moved[i] -= 2 * epsilon
        slope[i] = (up - f(moved)) / (2 * epsilon)
    return slope


@right("04-numerical-gradient")
def _(f, theta, epsilon):
    steps = epsilon * np.eye(len(theta))
    return np.array([[(f(theta + e.reshape(-1, 1)) - f(theta - e.reshape(-1, 1))) / (2 * epsilon)] for e in steps])


@right("04-numerical-gradient")
def _(f, theta, epsilon):
    def one(i):
        above, below = np.copy(theta), np.copy(theta)
        above[i, 0], below[i, 0] = theta[i, 0] + epsilon, theta[i, 0] - epsilon
        return (f(above) - f(below)) / (above[i, 0] - below[i, 0])

    return np.fromiter(map(one, range(theta.size)), dtype=float).reshape(theta.shape)


@right("04-numerical-gradient")
def _(f, theta, epsilon):
    work, slopes = theta.tolist(), []
    for row in work:
        old = row[0]
        row[0] = old + epsilon
        up = f(np.array(work))
        row[0] = old - epsilon
        down = f(np.array(work))
        row[0] = old
        slopes.append([np.float64(up - down) / 2 / epsilon])
        print(up, down)
    return np.array(slopes)


@right("04-numerical-gradient")
def _(f, theta, epsilon):
    slope = np.empty_like(theta)
    for i in range(len(theta)):
        old = theta[i].copy()
        theta[i] = old + epsilon
        up = f(theta)
        theta[i] = old - epsilon
        down = f(theta)
        theta[i] = old  # exactly as it was
        slope[i] = 0.5 * (up - down) / epsilon
    return slope


@right("04-numerical-gradient")
def _(f, theta, epsilon):
    here = f(theta)  # the mean of both one-sided slopes is the central one
    slope = np.zeros((theta.shape[0], 1))
    for i in range(theta.shape[0]):
        e = np.zeros_like(theta)
        e[i, 0] = epsilon
        slope[i, 0] = ((f(theta + e) - here) / epsilon + (here - f(theta - e)) / epsilon) / 2
    return slope


# relative_error


@right("04-relative-error")
def _(gradient, numeric):
    a = math.sqrt(sum(float(x) ** 2 for x in gradient.flat))
    b = math.sqrt(sum(float(x) ** 2 for x in numeric.flat))
    gap = math.sqrt(sum((float(x) - float(y)) ** 2 for x, y in zip(gradient.flat, numeric.flat)))
    return gap / (a + b) if a + b > 0 else 0


@right("04-relative-error")
def _(gradient, numeric):
    if not gradient.any() and not numeric.any():
        return 0.0
    return np.linalg.norm(gradient - numeric) / (np.linalg.norm(gradient) + np.linalg.norm(numeric))


@right("04-relative-error")
def _(gradient, numeric):
    length = lambda x: np.sqrt(x.T @ x)  # noqa: E731
    return length(gradient - numeric) / (length(gradient) + length(numeric) + 1e-16)


@right("04-relative-error")
def _(gradient, numeric):
    result = np.nan_to_num(
        np.divide(np.linalg.norm(gradient - numeric), np.linalg.norm(gradient) + np.linalg.norm(numeric))
    )
    return np.asarray(result)


@right("04-relative-error")
def _(gradient, numeric):
    try:
        bottom = float(np.sqrt(np.sum(np.square(gradient))) + np.sqrt(np.sum(np.square(numeric))))
        return float(np.sqrt(np.sum(np.square(gradient - numeric)))) / bottom
    except ZeroDivisionError:
        return 0


@right("04-relative-error")
def _(gradient, numeric):
    bottom = max(np.linalg.norm(gradient) + np.linalg.norm(numeric), 1e-12)
    return np.float32(np.linalg.norm(numeric - gradient) / bottom)


# flatten_parameters


@right("04-flatten-parameters")
def _(parameters):
    return np.concatenate([a.ravel() for a in parameters.values()]).reshape(-1, 1)


@right("04-flatten-parameters")
def _(parameters):
    theta = []
    for name in parameters:
        for row in parameters[name]:
            theta.extend([float(x)] for x in row)
    return np.array(theta)


@right("04-flatten-parameters")
def _(parameters):
    return np.hstack([np.reshape(a, -1) for a in parameters.values()])[:, None]


@right("04-flatten-parameters")
def _(parameters: dict[str, np.ndarray]) -> np.ndarray:
    theta = np.empty((sum(a.size for a in parameters.values()), 1))
    start = 0
    for a in parameters.values():
        theta[start : start + a.size, 0] = a.flatten()
        start += a.size
    return theta


@right("04-flatten-parameters")
def _(parameters):
    theta = None
    for name, array in parameters.items():
        print(name, array.shape)
        column = array.reshape((-1, 1))
        theta = column if theta is None else np.concatenate((theta, column), axis=0)
    return theta


right("04-flatten-parameters")(
    functools.partial(lambda join, parameters: join([a.reshape(a.size, 1) for a in parameters.values()]), np.vstack)
)


# unflatten_parameters


@right("04-unflatten-parameters")
def _(theta, shapes):
    out, k = {}, 0
    for name, (rows, columns) in shapes.items():
        out[name] = theta[k : k + rows * columns].reshape(rows, columns)
        k += rows * columns
    return out


@right("04-unflatten-parameters")
def _(theta, shapes):
    ends = np.cumsum([np.prod(shape) for shape in shapes.values()])[:-1]
    return {name: piece.reshape(shapes[name]) for name, piece in zip(shapes, np.split(theta, ends))}


@right("04-unflatten-parameters")
def _(theta, shapes):
    numbers = iter(theta.ravel().tolist())
    return {
        name: np.array([[next(numbers) for _ in range(columns)] for _ in range(rows)])
        for name, (rows, columns) in shapes.items()
    }


@right("04-unflatten-parameters")
def _(theta, shapes):
    rest, out = theta.flatten(), {}
    for name, shape in shapes.items():
        n = math.prod(shape)
        out[name], rest = np.reshape(rest[:n], shape), rest[n:]
        print(name)
    return out


@right("04-unflatten-parameters")
def _(theta, shapes):
    out, k = {}, 0
    for name in shapes:
        out[name] = np.zeros(shapes[name])
        for i, j in np.ndindex(*shapes[name]):
            out[name][i, j] = theta[k, 0]
            k += 1
    return dict(reversed(out.items()))


# gradient_check


@right("04-gradient-check")
def _(f, parameters, grads, epsilon):
    gaps = mine = theirs = 0.0
    for name in parameters:
        for index in np.ndindex(parameters[name].shape):
            up = {key: value.copy() for key, value in parameters.items()}
            down = {key: value.copy() for key, value in parameters.items()}
            up[name][index] += epsilon
            down[name][index] -= epsilon
            measured = (f(up) - f(down)) / (2 * epsilon)
            stated = grads["d" + name][index]
            gaps, mine, theirs = gaps + (stated - measured) ** 2, mine + stated**2, theirs + measured**2
    return math.sqrt(gaps) / (math.sqrt(mine) + math.sqrt(theirs))


@right("04-gradient-check")
def _(f, parameters, grads, epsilon):
    shapes = {name: a.shape for name, a in parameters.items()}

    def apart(theta):
        out, k = {}, 0
        for name, (rows, columns) in shapes.items():
            out[name] = theta[k : k + rows * columns].reshape(rows, columns)
            k += rows * columns
        return out

    theta = np.concatenate([a.reshape(-1, 1) for a in parameters.values()])
    stated = np.concatenate([grads[f"d{name}"].reshape(-1, 1) for name in parameters])
    steps = epsilon * np.eye(len(theta))
    measured = np.array([(f(apart(theta + e[:, None])) - f(apart(theta - e[:, None]))) / (2 * epsilon) for e in steps])
    measured = measured[:, None]
    return np.linalg.norm(stated - measured) / (np.linalg.norm(stated) + np.linalg.norm(measured))


@right("04-gradient-check")
def _(f, parameters, grads, epsilon):
    stated, measured = [], []
    for name in sorted(parameters):  # any order, as long as it is the same for both
        array = parameters[name]
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = epsilon
            rise = f({**parameters, name: array + step}) - f({**parameters, name: array - step})
            measured.append(rise / 2 / epsilon)
            stated.append(float(grads["d" + name][index]))
    a, b = np.array(stated), np.array(measured)
    print("entries:", len(a))
    return np.asarray(np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b) + 1e-15))


@right("04-gradient-check")
def _(f, parameters, grads, epsilon):
    squares = np.zeros(3)
    for name, array in parameters.items():
        for index, old in np.ndenumerate(array):
            array[index] = old + epsilon
            up = f(parameters)
            array[index] = old - epsilon
            down = f(parameters)
            array[index] = old
            a, b = grads["d" + name][index], (up - down) / (2 * epsilon)
            squares += np.array([(a - b) ** 2, a**2, b**2])
    gap, a, b = np.sqrt(squares)
    return (gap / (a + b)).reshape(1, 1)


class Checker:
    """Looks at one entry after the other."""

    def __call__(self, f, parameters, grads, epsilon):
        pairs = np.array(list(self.pairs(f, parameters, grads, epsilon)))
        stated, measured = pairs.T
        return np.float64(np.linalg.norm(stated - measured)) / (np.linalg.norm(pairs, axis=0).sum() or 1)

    def pairs(self, f, parameters, grads, epsilon):
        for key, slope in grads.items():
            name = key[1:]
            for index in np.ndindex(slope.shape):
                yield slope[index], self.slope(f, parameters, name, index, epsilon)

    @staticmethod
    def slope(f, parameters, name, index, epsilon):
        J = []
        for sign in (1, -1):
            moved = {other: array.copy() for other, array in parameters.items()}
            moved[name][index] += sign * epsilon
            J.append(f(moved))
        return (J[0] - J[1]) / (2 * epsilon)


right("04-gradient-check")(Checker())


# repair_backward


@right("04-repair-backward")
def _(X, Y, parameters, cache):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dW2 = dZ2 @ cache["A1"].T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = parameters["W2"].T @ dZ2
    dZ1 = dA1 * cache["A1"] * (1 - cache["A1"])
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


@right("04-repair-backward")
def _(X, Y, parameters, cache):
    grads = {f"d{name}": np.zeros(array.shape) for name, array in parameters.items()}
    m = X.shape[1]
    for j in range(m):
        a1 = cache["A1"][:, [j]]
        d2 = cache["A2"][:, [j]] - Y[:, [j]]
        d1 = parameters["W2"].T * d2 * (a1 - a1**2)
        grads["dW2"] += d2 * a1.T / m
        grads["db2"] += d2 / m
        grads["dW1"] += d1 @ X[:, [j]].T / m
        grads["db1"] += d1 / m
    return grads


@right("04-repair-backward")
def _(X, Y, parameters, cache):
    d2 = (cache["A2"] - Y) / Y.shape[1]  # the mean at once
    d1 = np.einsum("ko,ki,oi,oi->oi", parameters["W2"], d2, cache["A1"], 1 - cache["A1"])
    return {
        "db2": d2.sum(axis=1, keepdims=True),
        "dW2": np.einsum("ki,oi->ko", d2, cache["A1"]),
        "db1": np.einsum("oi->o", d1)[:, None],
        "dW1": np.einsum("oi,fi->of", d1, X),
    }


@right("04-repair-backward")
def _(X, Y, parameters, cache):
    A1 = sig(parameters["W1"] @ X + parameters["b1"])
    A2 = sig(parameters["W2"] @ A1 + parameters["b2"])
    dA2 = -Y / A2 + (1 - Y) / (1 - A2)
    dZ2 = dA2 * A2 * (1 - A2)
    dZ1 = (parameters["W2"].T @ dZ2) * sig(cache["Z1"]) * sig(-cache["Z1"])
    ones = np.ones((1, X.shape[1]))
    print("repaired")
    return {
        "dW1": np.dot(dZ1, X.T) / ones.size,
        "db1": np.dot(dZ1, ones.T) / ones.size,
        "dW2": np.dot(dZ2, A1.T) / ones.size,
        "db2": np.dot(dZ2, ones.T) / ones.size,
        "dZ1": dZ1,
    }


@right("04-repair-backward")
def _(X, Y, parameters, cache):
    def back(dZ, A):
        m = dZ.shape[1]
        return dZ @ A.T / m, np.mean(dZ, axis=1).reshape(-1, 1)

    warnings.warn("repaired", stacklevel=2)
    dZ2 = np.subtract(cache["A2"], Y)
    dW2, db2 = back(dZ2, cache["A1"])
    dW1, db1 = back(np.multiply(parameters["W2"].T * dZ2, cache["A1"] * (1 - cache["A1"])), X)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
