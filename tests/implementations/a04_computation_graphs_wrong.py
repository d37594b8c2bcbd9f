"""Wrong answers to assignment 04, written as learners write them; each must fail, for the cause named."""

import math

import numpy as np

from benchmarks.corpus import wrong
from helpers import gradient_check as ready

# What a right solution of the other parts looks like, for those that build on them.


def sig(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def length(x):
    return math.sqrt(float((x * x).sum()))


def slopes_of(f, theta, h):
    g = np.empty_like(theta)
    for i in range(theta.size):
        e = np.zeros_like(theta)
        e[i, 0] = h
        g[i, 0] = (f(theta + e) - f(theta - e)) / (2 * h)
    return g


def stack(arrays):
    return np.vstack([np.reshape(a, (a.size, 1)) for a in arrays])


def unstack(theta, like):
    out, k = {}, 0
    for key, a in like.items():
        out[key] = theta[k : k + a.size].reshape(a.shape)
        k += a.size
    return out


def error_of(a, b):
    return length(a - b) / (length(a) + length(b))


# graph_forward


@wrong("04-graph-forward", cause="sum-for-product")
def _(p, q, r):
    u = p + q
    v = u + r
    s = sig(v)
    return (p * s).sum(), {"u": u, "v": v, "s": s}


@wrong("04-graph-forward", cause="p-not-used-again")
def _(p, q, r):
    u = p * q
    v = u + r
    s = sig(v)
    return np.sum(s), {"u": u, "v": v, "s": s}


@wrong("04-graph-forward", cause="mean-for-sum")
def _(p, q, r):
    u = p * q
    v = u + r
    s = sig(v)
    return np.mean(np.multiply(p, s)), {"u": u, "v": v, "s": s}


@wrong("04-graph-forward", cause="mean-over-columns")
def _(p, q, r):
    m = p.shape[1]
    u = p * q
    v = u + r
    s = sig(v)
    return 1 / m * np.sum(p * s), {"u": u, "v": v, "s": s}


@wrong("04-graph-forward", cause="not-summed")
def _(p, q, r):
    u = p * q
    v = u + r
    s = sig(v)
    J = s * p
    return J, {"u": u, "v": v, "s": s}


@wrong("04-graph-forward", cause="forgot-r")
def _(p, q, r):
    u = np.multiply(q, p)
    v = u
    s = sig(v)
    return float((p * s).sum()), {"u": u, "v": v, "s": s}


@wrong("04-graph-forward", cause="tanh-for-sigmoid")
def _(p, q, r):
    u = p * q
    v = u + r
    s = (np.exp(np.clip(2 * v, -700, 700)) - 1) / (np.exp(np.clip(2 * v, -700, 700)) + 1)
    return float((p * s).sum()), {"u": u, "v": v, "s": s}


@wrong("04-graph-forward", cause="overflow")
def _(p, q, r):
    u = p * q
    v = u + r
    s = np.exp(v) / (np.exp(v) + 1)
    return float((p * s).sum()), {"u": u, "v": v, "s": s}


@wrong("04-graph-forward", cause="forgot-sigmoid")
def _(p, q, r):
    u = p * q
    v = s = u + r
    return float((p * s).sum()), {"u": u, "v": v, "s": s}


@wrong("04-graph-forward", cause="cached-v-for-u")
def _(p, q, r):
    u = p * q
    u += r  # changes u as well
    v = u
    s = sig(v)
    return float((p * s).sum()), {"u": u, "v": v, "s": s}


@wrong("04-graph-forward", cause="matrix-product")
def _(p, q, r):
    u = np.dot(p, q)
    v = u + r
    s = sig(v)
    return float((p * s).sum()), {"u": u, "v": v, "s": s}


@wrong("04-graph-forward", cause="order-swapped")
def _(p, q, r):
    u = p * q
    v = u + r
    s = sig(v)
    return {"u": u, "v": v, "s": s}, float((p * s).sum())


@wrong("04-graph-forward", cause="only-first-part")
def _(p, q, r):
    return float((p * sig(p * q + r)).sum())


@wrong("04-graph-forward", cause="cache-without-names")
def _(p, q, r):
    u = p * q
    v = u + r
    s = sig(v)
    return float((p * s).sum()), (u, v, s)


@wrong("04-graph-forward", cause="cache-incomplete")
def _(p, q, r):
    v = p * q + r
    s = sig(v)
    return float((p * s).sum()), {"v": v, "s": s}


@wrong("04-graph-forward", cause="mutated-argument")
def _(p, q, r):
    u = p * q
    q *= p
    q += r
    s = sig(q)
    return float((p * s).sum()), {"u": u, "v": q, "s": s}


@wrong("04-graph-forward", cause="product-of-sums")
def _(p, q, r):
    u = p * q
    v = u + r
    s = sig(v)
    return p.sum() * s.sum(), {"u": u, "v": v, "s": s}


@wrong("04-graph-forward", cause="first-r-for-all-rows")
def _(p, q, r):
    u = p * q
    v = u + r[0]
    s = sig(v)
    return float((p * s).sum()), {"u": u, "v": v, "s": s}


@wrong("04-graph-forward", cause=("constant-answer", "only-visible-example"))
def _(p, q, r):
    u = np.array([[2.0, -3.0, 2.0], [-1.0, 2.0, 1.0]])
    v = np.array([[0.0, -5.0, 0.0], [0.0, 3.0, 2.0]])
    return 7.9344007343, {"u": u, "v": v, "s": 1 / (1 + np.exp(-v))}


@wrong("04-graph-forward", cause=None)
def _(p, q, r):
    u = p * q
    v = u + r
    s = np.clip(sig(v), 0.4, 0.6)
    return float((p * s).sum()), {"u": u, "v": v, "s": s}


# graph_backward


def backward_from(ds, dv, p, q, dp, dr=None):
    dr = dv.sum(axis=1, keepdims=True) if dr is None else dr
    return {"ds": ds, "dv": dv, "du": dv, "dp": dp, "dq": dv * p, "dr": dr}


@wrong("04-graph-backward", cause="only-the-long-way")
def _(p, q, r, cache):
    s = cache["s"]
    dv = p * s * (1 - s)
    return backward_from(p, dv, p, q, dp=dv * q)


@wrong("04-graph-backward", cause="only-the-long-way")
def _(p, q, r, cache):
    grads = {}
    grads["dp"] = cache["s"]
    grads["ds"] = p
    grads["dv"] = grads["ds"] * cache["s"] * (1 - cache["s"])
    grads["du"] = grads["dv"]
    grads["dr"] = grads["dv"].sum(axis=1).reshape(-1, 1)
    grads["dp"] = grads["du"] * q  # the second assignment forgets the first
    grads["dq"] = grads["du"] * p
    return grads


@wrong("04-graph-backward", cause="only-the-direct-way")
def _(p, q, r, cache):
    s = cache["s"]
    dv = p * s * (1 - s)
    return backward_from(p, dv, p, q, dp=s)


@wrong("04-graph-backward", cause="ways-multiplied")
def _(p, q, r, cache):
    s = cache["s"]
    dv = p * s * (1 - s)
    return backward_from(p, dv, p, q, dp=s * dv * q)


@wrong("04-graph-backward", cause="own-factor")
def _(p, q, r, cache):
    s = cache["s"]
    dv = p * (s - s**2)
    grads = backward_from(p, dv, p, q, dp=s + dv * p)
    grads["dq"] = dv * q
    return grads


@wrong("04-graph-backward", cause="forgot-slope")
def _(p, q, r, cache):
    dv = p
    return backward_from(p, dv, p, q, dp=cache["s"] + dv * q)


@wrong("04-graph-backward", cause="value-for-slope")
def _(p, q, r, cache):
    s = cache["s"]
    dv = p * s
    return backward_from(p, dv, p, q, dp=s + dv * q)


@wrong("04-graph-backward", cause="tanh-slope")
def _(p, q, r, cache):
    s = cache["s"]
    dv = p * (1 - s) * (1 + s)
    return backward_from(p, dv, p, q, dp=s + dv * q)


@wrong("04-graph-backward", cause="sigmoid-applied-again")
def _(p, q, r, cache):
    a = 1 / (1 + np.exp(-cache["s"]))
    dv = p * a * (1 - a)
    return backward_from(p, dv, p, q, dp=cache["s"] + dv * q)


@wrong("04-graph-backward", cause="slope-at-v")
def _(p, q, r, cache):
    v = cache["v"]
    dv = p * v * (1 - v)
    return backward_from(p, dv, p, q, dp=cache["s"] + dv * q)


@wrong("04-graph-backward", cause="slope-at-u")
def _(p, q, r, cache):
    a = sig(cache["u"])
    dv = p * a * (1 - a)
    return backward_from(p, dv, p, q, dp=cache["s"] + dv * q)


@wrong("04-graph-backward", cause="r-not-summed")
def _(p, q, r, cache):
    s = cache["s"]
    dv = p * s * (1 - s)
    return backward_from(p, dv, p, q, dp=s + dv * q, dr=dv.copy())


@wrong("04-graph-backward", cause="r-averaged")
def _(p, q, r, cache):
    s = cache["s"]
    dv = p * s * (1 - s)
    return backward_from(p, dv, p, q, dp=s + dv * q, dr=dv.mean(axis=1, keepdims=True))


@wrong("04-graph-backward", cause="r-summed-over-rows")
def _(p, q, r, cache):
    s = cache["s"]
    dv = p * s * (1 - s)
    return backward_from(p, dv, p, q, dp=s + dv * q, dr=dv.sum(axis=0)[None, :])


@wrong("04-graph-backward", cause="rank-one")
def _(p, q, r, cache):
    s = cache["s"]
    dv = p * s * (1 - s)
    return backward_from(p, dv, p, q, dp=s + dv * q, dr=dv.sum(axis=1))


@wrong("04-graph-backward", cause="one-number-in-all-rows")
def _(p, q, r, cache):
    s = cache["s"]
    dv = p * s * (1 - s)
    return backward_from(p, dv, p, q, dp=s + dv * q, dr=np.ones(r.shape) * dv.sum())


@wrong("04-graph-backward", cause="forgot-ds")
def _(p, q, r, cache):
    s = cache["s"]
    dv = s * (1 - s)
    return backward_from(p, dv, p, q, dp=s + dv * q)


@wrong("04-graph-backward", cause="ds-is-one")
def _(p, q, r, cache):
    s = cache["s"]
    ds = s * 0 + 1
    dv = ds * s * (1 - s)
    return backward_from(ds, dv, p, q, dp=s + dv * q)


@wrong("04-graph-backward", cause="missing-key")
def _(p, q, r, cache):
    s = cache["s"]
    dv = p * s * (1 - s)
    return {"dp": s + dv * q, "dq": dv * p, "dr": dv.sum(axis=1, keepdims=True)}


@wrong("04-graph-backward", cause="wrong-keys")
def _(p, q, r, cache):
    s = cache["s"]
    dv = p * s * (1 - s)
    return {"s": p, "v": dv, "u": dv, "p": s + dv * q, "q": dv * p, "r": dv.sum(axis=1, keepdims=True)}


@wrong("04-graph-backward", cause="sign-flipped")
def _(p, q, r, cache):
    s = cache["s"]
    dv = p * s * (1 - s)
    grads = backward_from(p, dv, p, q, dp=s + dv * q)
    return {name: -d for name, d in grads.items()}


@wrong("04-graph-backward", cause="mutated-argument")
def _(p, q, r, cache):
    s = cache["s"].copy()
    dv = p * s * (1 - s)
    dp = cache["s"]
    dp += dv * q  # += works in the cache
    return backward_from(p, dv, p, q, dp=dp)


@wrong("04-graph-backward", cause="sum-as-product")
def _(p, q, r, cache):
    s, u = cache["s"], cache["u"]
    dv = p * s * (1 - s)
    du = dv * r
    return {"ds": p, "dv": dv, "du": du, "dp": s + du * q, "dq": du * p, "dr": (dv * u).sum(axis=1, keepdims=True)}


@wrong("04-graph-backward", cause="direct-way-is-one")
def _(p, q, r, cache):
    s = cache["s"]
    dv = p * s * (1 - s)
    return backward_from(p, dv, p, q, dp=1 + dv * q)


# numerical_gradient


@wrong("04-numerical-gradient", cause="one-sided")
def _(f, theta, epsilon):
    J = f(theta)
    slope = np.zeros_like(theta)
    for i in range(theta.shape[0]):
        moved = theta.copy()
        moved[i] += epsilon
        slope[i] = (f(moved) - J) / epsilon
    return slope


@wrong("04-numerical-gradient", cause="one-sided-downwards")
def _(f, theta, epsilon):
    slope = np.zeros_like(theta)
    for i in range(theta.shape[0]):
        moved = theta.copy()
        moved[i] -= epsilon
        slope[i] = (f(theta) - f(moved)) / epsilon
    return slope


@wrong("04-numerical-gradient", cause="one-sided-over-two")
def _(f, theta, epsilon):
    slope = np.zeros_like(theta)
    for i in range(theta.shape[0]):
        moved = theta.copy()
        moved[i] += epsilon
        up = f(moved)
        moved[i] -= epsilon  # back at the start, not below it
        slope[i] = (up - f(moved)) / (2 * epsilon)
    return slope


@wrong("04-numerical-gradient", cause="divided-by-epsilon")
def _(f, theta, epsilon):
    return 2 * slopes_of(f, theta, epsilon)


@wrong("04-numerical-gradient", cause="own-epsilon")
def _(f, theta, epsilon):
    return slopes_of(f, theta, 1e-7)


@wrong("04-numerical-gradient", cause="own-epsilon")
def _(f, theta, epsilon):
    epsilon = 1e-4
    return slopes_of(f, theta, epsilon)


@wrong("04-numerical-gradient", cause="brackets-missing")
def _(f, theta, epsilon):
    slope = []
    for i in range(len(theta)):
        e = np.eye(len(theta))[:, [i]] * epsilon
        slope.append([(f(theta + e) - f(theta - e)) / 2 * epsilon])
    return np.array(slope)


@wrong("04-numerical-gradient", cause="all-entries-moved")
def _(f, theta, epsilon):
    slope = np.zeros(theta.shape)
    for i in range(len(theta)):
        slope[i] = (f(theta + epsilon) - f(theta - epsilon)) / (2 * epsilon)
    return slope


@wrong("04-numerical-gradient", cause="moves-down-pile-up")
def _(f, theta, epsilon):
    moved = theta.copy()
    slope = np.zeros(theta.shape)
    for i in range(len(theta)):
        moved[i] += epsilon
        up = f(moved)
        moved[i] -= 2 * epsilon
        slope[i] = (up - f(moved)) / (2 * epsilon)
    return slope


@wrong("04-numerical-gradient", cause="moves-pile-up")
def _(f, theta, epsilon):
    above = theta.copy()
    below = theta.copy()
    slope = np.zeros(theta.shape)
    for i in range(len(theta)):
        below[i] = theta[i] - epsilon
        above[i] = theta[i] + epsilon
        slope[i] = (f(above) - f(below)) / (2 * epsilon)
        below[i] = theta[i] + epsilon
    return slope


@wrong("04-numerical-gradient", cause="mutated-argument")
def _(f, theta, epsilon):
    slope = np.zeros(theta.shape)
    for i in range(len(theta)):
        old = float(theta[i, 0])
        theta[i] = old + epsilon
        up = f(theta.copy())
        theta[i] = old - epsilon
        slope[i] = (up - f(theta.copy())) / (2 * epsilon)
        theta[i] = old
    theta += 0.001
    return slope


@wrong("04-numerical-gradient", cause="raises-error")
def _(f, theta, epsilon):
    flat = theta.ravel()
    slope = np.zeros(flat.shape)
    for i in range(flat.size):
        e = np.zeros(flat.shape)
        e[i] = epsilon
        slope[i] = (f(flat + e) - f(flat - e)) / (2 * epsilon)
    return slope.reshape(-1, 1)


@wrong("04-numerical-gradient", cause="rank-one")
def _(f, theta, epsilon):
    return np.array(
        [(f(theta + e[:, None]) - f(theta - e[:, None])) / 2 / epsilon for e in epsilon * np.eye(len(theta))]
    )


@wrong("04-numerical-gradient", cause="sign-flipped")
def _(f, theta, epsilon):
    slope = np.zeros(theta.shape)
    for i in range(len(theta)):
        plus, minus = theta.copy(), theta.copy()
        plus[i] += epsilon
        minus[i] -= epsilon
        slope[i] = (f(minus) - f(plus)) / (2 * epsilon)
    return slope


@wrong("04-numerical-gradient", cause="last-entry-missing")
def _(f, theta, epsilon):
    slope = np.zeros(theta.shape)
    for i in range(len(theta) - 1):
        plus, minus = theta.copy(), theta.copy()
        plus[i] += epsilon
        minus[i] -= epsilon
        slope[i] = (f(plus) - f(minus)) / (2 * epsilon)
    return slope


@wrong("04-numerical-gradient", cause="first-entry-only")  # noqa: RET503
def _(f, theta, epsilon):
    slope = np.zeros(theta.shape)
    for i in range(len(theta)):
        plus, minus = theta.copy(), theta.copy()
        plus[i] += epsilon
        minus[i] -= epsilon
        slope[i] = (f(plus) - f(minus)) / (2 * epsilon)
        return slope


@wrong("04-numerical-gradient", cause="second-derivative")
def _(f, theta, epsilon):
    slope, J = np.zeros(theta.shape), f(theta)
    for i in range(len(theta)):
        plus, minus = theta.copy(), theta.copy()
        plus[i] += epsilon
        minus[i] -= epsilon
        slope[i] = (f(plus) + f(minus) - 2 * J) / epsilon**2
    return slope


@wrong("04-numerical-gradient", cause="step-scaled-by-theta")
def _(f, theta, epsilon):
    slope = np.zeros(theta.shape)
    for i in range(len(theta)):
        plus, minus = theta.copy(), theta.copy()
        plus[i] *= 1 + epsilon
        minus[i] *= 1 - epsilon
        slope[i] = (f(plus) - f(minus)) / (2 * epsilon)
    return slope


@wrong("04-numerical-gradient", cause="half-steps")
def _(f, theta, epsilon):
    slope = np.zeros(theta.shape)
    for i in range(len(theta)):
        plus, minus = theta.copy(), theta.copy()
        plus[i] += epsilon / 2
        minus[i] -= epsilon / 2
        slope[i] = (f(plus) - f(minus)) / epsilon
    return slope


@wrong("04-numerical-gradient", cause="index-out-of-range")
def _(f, theta, epsilon):
    slope = np.zeros((3, 1))
    for i in range(3):
        plus, minus = theta.copy(), theta.copy()
        plus[i] += epsilon
        minus[i] -= epsilon
        slope[i] = (f(plus) - f(minus)) / (2 * epsilon)
    return slope


@wrong("04-numerical-gradient", cause="absolute-difference")
def _(f, theta, epsilon):
    return np.sqrt(slopes_of(f, theta, epsilon) ** 2)


@wrong("04-numerical-gradient", cause="slopes-in-a-row")
def _(f, theta, epsilon):
    return slopes_of(f, theta, epsilon).reshape(1, -1)


# relative_error


@wrong("04-relative-error", cause="zero-by-zero")
def _(gradient, numeric):
    return np.linalg.norm(gradient - numeric) / (np.linalg.norm(gradient) + np.linalg.norm(numeric))


@wrong("04-relative-error", cause="absolute-error")
def _(gradient, numeric):
    return length(gradient - numeric)


@wrong("04-relative-error", cause="squared-norms")
def _(gradient, numeric):
    bottom = np.sum(gradient**2) + np.sum(numeric**2)
    return np.sum((gradient - numeric) ** 2) / bottom if bottom > 0 else 0.0


@wrong("04-relative-error", cause="root-of-whole")
def _(gradient, numeric):
    bottom = np.sum(gradient**2) + np.sum(numeric**2)
    return np.sqrt(np.sum((gradient - numeric) ** 2) / bottom) if bottom > 0 else 0.0


@wrong("04-relative-error", cause="sum-of-sizes")
def _(gradient, numeric):
    bottom = abs(gradient).sum() + abs(numeric).sum()
    return abs(gradient - numeric).sum() / bottom if bottom else 0


@wrong("04-relative-error", cause="largest-entry")
def _(gradient, numeric):
    bottom = abs(gradient).max() + abs(numeric).max()
    return abs(gradient - numeric).max() / bottom if bottom else 0


@wrong("04-relative-error", cause="divided-by-larger")
def _(gradient, numeric):
    bottom = max(length(gradient), length(numeric))
    return length(gradient - numeric) / bottom if bottom else 0


@wrong("04-relative-error", cause="divided-by-second")
def _(gradient, numeric):
    bottom = length(numeric)
    return length(gradient - numeric) / bottom if bottom else 0.0


@wrong("04-relative-error", cause="divided-by-first")
def _(gradient, numeric):
    bottom = length(gradient)
    return length(numeric - gradient) / bottom if bottom else 0.0


@wrong("04-relative-error", cause="norms-subtracted")
def _(gradient, numeric):
    a, b = length(gradient), length(numeric)
    return abs(a - b) / (a + b) if a + b else 0.0


@wrong("04-relative-error", cause="norms-multiplied")
def _(gradient, numeric):
    bottom = length(gradient) * length(numeric)
    return length(gradient - numeric) / bottom if bottom else 0.0


@wrong("04-relative-error", cause="norm-of-sum")
def _(gradient, numeric):
    bottom = length(gradient + numeric)
    return length(gradient - numeric) / bottom if bottom else 0.0


@wrong("04-relative-error", cause="divided-by-half-sum")
def _(gradient, numeric):
    bottom = 0.5 * (length(gradient) + length(numeric))
    return length(gradient - numeric) / bottom if bottom else 0.0


@wrong("04-relative-error", cause="mean-of-shares")
def _(gradient, numeric):
    shares = [abs(a - b) / (abs(a) + abs(b)) if a or b else 0 for a, b in zip(gradient.flat, numeric.flat)]
    return sum(shares) / len(shares)


@wrong("04-relative-error", cause="largest-share")
def _(gradient, numeric):
    return max(abs(a - b) / max(1e-8, abs(a) + abs(b)) for a, b in zip(gradient.ravel(), numeric.ravel()))


@wrong("04-relative-error", cause="sign-flipped")
def _(gradient, numeric):
    bottom = length(gradient) + length(numeric)
    return -length(gradient - numeric) / bottom if bottom else 0.0


@wrong("04-relative-error", cause="one-added")
def _(gradient, numeric):
    return length(gradient - numeric) / (length(gradient) + length(numeric) + 1)


@wrong("04-relative-error", cause="rounded")
def _(gradient, numeric):
    bottom = length(gradient) + length(numeric)
    return round(length(gradient - numeric) / bottom, 3) if bottom else 0.0


@wrong("04-relative-error", cause="yes-or-no")
def _(gradient, numeric):
    return bool(length(gradient - numeric) < 1e-7 * (length(gradient) + length(numeric) + 1e-30))


@wrong("04-relative-error", cause=("constant-answer", "only-visible-example"))
def _(gradient, numeric):
    return 1 / 3


@wrong("04-relative-error", cause="printed-not-returned")
def _(gradient, numeric):
    print(length(gradient - numeric) / (length(gradient) + length(numeric) + 1e-300))


# flatten_parameters


@wrong("04-flatten-parameters", cause="rank-one")
def _(parameters):
    return np.concatenate([a.ravel() for a in parameters.values()])


@wrong("04-flatten-parameters", cause="lying")
def _(parameters):
    return np.concatenate([a.reshape(1, -1) for a in parameters.values()], axis=1)


@wrong("04-flatten-parameters", cause="column-by-column")
def _(parameters):
    return stack([a.T for a in parameters.values()])


@wrong("04-flatten-parameters", cause="sorted-names")
def _(parameters):
    return stack([parameters[name] for name in sorted(parameters.keys())])


@wrong("04-flatten-parameters", cause="weights-first")
def _(parameters):
    weights = [a for name, a in parameters.items() if not name.startswith("b")]
    return stack(weights + [a for name, a in parameters.items() if name.startswith("b")])


@wrong("04-flatten-parameters", cause="only-weights")
def _(parameters):
    return stack([a for name, a in parameters.items() if not name.startswith("b")])


@wrong("04-flatten-parameters", cause="only-layer-1")
def _(parameters):
    return np.concatenate((parameters["W1"].reshape(-1, 1), parameters["b1"]), axis=0)


@wrong("04-flatten-parameters", cause="unknown-key")
def _(parameters):
    return stack([parameters[name] for name in ("W1", "b1", "W2", "b2")])


@wrong("04-flatten-parameters", cause="only-first-array")  # noqa: RET503
def _(parameters):
    for a in parameters.values():
        return a.reshape(-1, 1)


@wrong("04-flatten-parameters", cause="only-last-array")
def _(parameters):
    for name in parameters:
        theta = parameters[name].reshape((-1, 1))
    return theta


@wrong("04-flatten-parameters", cause="reversed-names")
def _(parameters):
    theta = np.zeros((0, 1))
    for a in parameters.values():
        theta = np.concatenate([a.reshape(-1, 1), theta])
    return theta


@wrong("04-flatten-parameters", cause="a-list-of-columns")
def _(parameters):
    theta = []
    for a in parameters.values():
        theta.append(a.reshape(-1, 1))
    return theta


@wrong("04-flatten-parameters", cause="list-for-array")
def _(parameters):
    return [float(x) for a in parameters.values() for x in a.flat]


@wrong("04-flatten-parameters", cause="unknown-key")
def _(parameters):
    n = len(parameters) // 2
    return stack([parameters[f"{kind}{l + 1}"] for l in range(n) for kind in "Wb"])


@wrong("04-flatten-parameters", cause="shapes-do-not-fit")
def _(parameters):
    return np.concatenate(list(parameters.values()))


@wrong("04-flatten-parameters", cause="mutated-argument")
def _(parameters):
    parts = []
    while parameters:
        name = next(iter(parameters))
        parts.append(parameters.pop(name).reshape(-1, 1))
    return np.concatenate(parts)


@wrong("04-flatten-parameters", cause="dict-of-columns")
def _(parameters):
    return {name: np.reshape(a, (a.size, 1)) for name, a in parameters.items()}


# unflatten_parameters


@wrong("04-unflatten-parameters", cause="starts-over")
def _(theta, shapes):
    return {name: theta[: rows * columns].reshape(rows, columns) for name, (rows, columns) in shapes.items()}


@wrong("04-unflatten-parameters", cause="column-by-column")
def _(theta, shapes):
    out, k = {}, 0
    for name, (rows, columns) in shapes.items():
        out[name] = theta[k : k + rows * columns].reshape(columns, rows).T
        k += rows * columns
    return out


@wrong("04-unflatten-parameters", cause="shapes-exchanged")
def _(theta, shapes):
    out, k = {}, 0
    for name, (rows, columns) in shapes.items():
        out[name] = theta[k : k + rows * columns].reshape(columns, rows)
        k += rows * columns
    return out


@wrong("04-unflatten-parameters", cause="not-reshaped")
def _(theta, shapes):
    out, k = {}, 0
    for name, shape in shapes.items():
        out[name] = theta[k : k + math.prod(shape)]
        k += math.prod(shape)
    return out


@wrong("04-unflatten-parameters", cause="rank-one")
def _(theta, shapes):
    out, k = {}, 0
    for name, shape in shapes.items():
        out[name] = theta[k : k + math.prod(shape), 0]
        k += math.prod(shape)
    return out


@wrong("04-unflatten-parameters", cause="advances-by-rows")
def _(theta, shapes):
    out, k = {}, 0
    for name, (rows, columns) in shapes.items():
        piece = np.append(theta, theta)[k : k + rows * columns]
        out[name] = piece.reshape(rows, columns)
        k += rows
    return out


@wrong("04-unflatten-parameters", cause=("shapes-do-not-fit", "advances-by-one-more"))
def _(theta, shapes):
    out, k = {}, 0
    for name, (rows, columns) in shapes.items():
        out[name] = theta[k : k + rows * columns].reshape(rows, columns)
        k += rows * columns + 1
    return out


@wrong("04-unflatten-parameters", cause="advances-by-one-less")
def _(theta, shapes):
    out, k = {}, 0
    for name, (rows, columns) in shapes.items():
        n = rows * columns
        out[name] = theta[k : k + n].reshape(rows, columns)
        k = k + n - 1
    return out


@wrong("04-unflatten-parameters", cause="sorted-names")
def _(theta, shapes):
    out, k = {}, 0
    for name in sorted(shapes):
        rows, columns = shapes[name]
        out[name] = theta[k : k + rows * columns].reshape(rows, columns)
        k += rows * columns
    return out


@wrong("04-unflatten-parameters", cause="weights-first")
def _(theta, shapes):
    out, k = {}, 0
    ordered = [n for n in shapes if not n.startswith("b")] + [n for n in shapes if n.startswith("b")]
    for name in ordered:
        rows, columns = shapes[name]
        out[name] = theta[k : k + rows * columns].reshape(rows, columns)
        k += rows * columns
    return {name: out[name] for name in shapes}


@wrong("04-unflatten-parameters", cause="shapes-do-not-fit")
def _(theta, shapes):
    return {"W1": theta[:6].reshape(2, 3), "b1": theta[6:8]}


@wrong("04-unflatten-parameters", cause="shapes-do-not-fit")
def _(theta, shapes):
    return {"W1": theta[:6].reshape(shapes["W1"]), "b1": theta[6:].reshape(shapes["b1"])}


@wrong("04-unflatten-parameters", cause="a-list-of-pieces")
def _(theta, shapes):
    ends = np.cumsum([rows * columns for rows, columns in shapes.values()])
    pieces = np.split(theta, ends[:-1])
    return [piece.reshape(shape) for piece, shape in zip(pieces, shapes.values())]


@wrong("04-unflatten-parameters", cause="missing-key")
def _(theta, shapes):
    out, k = {}, 0
    for name, (rows, columns) in shapes.items():
        out[name] = theta[k : k + rows * columns].reshape(rows, columns)
        k += rows * columns
    out.pop(name)
    return out


@wrong("04-unflatten-parameters", cause="reversed-entries")
def _(theta, shapes):
    out, stock = {}, list(theta.ravel())
    for name, (rows, columns) in shapes.items():
        out[name] = np.array([stock.pop() for _ in range(rows * columns)]).reshape(rows, columns)
    return out


@wrong("04-unflatten-parameters", cause="list-for-array")
def _(theta, shapes):
    out, k = {}, 0
    for name, (rows, columns) in shapes.items():
        out[name] = theta[k : k + rows * columns].reshape(rows, columns).tolist()
        k += rows * columns
    return out


@wrong("04-unflatten-parameters", cause="biases-lying")
def _(theta, shapes):
    out, k = {}, 0
    for name, (rows, columns) in shapes.items():
        piece = theta[k : k + rows * columns]
        out[name] = piece.T if name.startswith("b") else piece.reshape(rows, columns)
        k += rows * columns
    return out


@wrong("04-unflatten-parameters", cause="names-of-slopes")
def _(theta, shapes):
    out, k = {}, 0
    for name, (rows, columns) in shapes.items():
        out["d" + name] = theta[k : k + rows * columns].reshape(rows, columns)
        k += rows * columns
    return out


# gradient_check


@wrong("04-gradient-check", cause="grads-in-their-own-order")
def _(f, parameters, grads, epsilon):
    numeric = slopes_of(lambda t: f(unstack(t, parameters)), stack(parameters.values()), epsilon)
    return error_of(stack(grads.values()), numeric)


@wrong("04-gradient-check", cause="own-epsilon")
def _(f, parameters, grads, epsilon):
    numeric = slopes_of(lambda t: f(unstack(t, parameters)), stack(parameters.values()), 1e-6)
    return error_of(stack([grads["d" + name] for name in parameters]), numeric)


@wrong("04-gradient-check", cause="yes-or-no")
def _(f, parameters, grads, epsilon):
    numeric = slopes_of(lambda t: f(unstack(t, parameters)), stack(parameters.values()), epsilon)
    return error_of(stack([grads["d" + name] for name in parameters]), numeric) < 1e-7


@wrong("04-gradient-check", cause="one-sided")
def _(f, parameters, grads, epsilon):
    numeric = []
    for name, array in parameters.items():
        for index in np.ndindex(array.shape):
            moved = {key: value.copy() for key, value in parameters.items()}
            moved[name][index] += epsilon
            numeric.append((f(moved) - f(parameters)) / epsilon)
    return error_of(stack([grads["d" + name] for name in parameters]), np.array(numeric).reshape(-1, 1))


@wrong("04-gradient-check", cause="divided-by-epsilon")
def _(f, parameters, grads, epsilon):
    numeric = 2 * slopes_of(lambda t: f(unstack(t, parameters)), stack(parameters.values()), epsilon)
    return error_of(stack([grads["d" + name] for name in parameters]), numeric)


@wrong("04-gradient-check", cause="only-weights")
def _(f, parameters, grads, epsilon):
    numeric = slopes_of(lambda t: f(unstack(t, parameters)), stack(parameters.values()), epsilon)
    numeric = unstack(numeric, parameters)
    weights = [name for name in parameters if name.startswith("W")]
    return error_of(stack([grads["d" + name] for name in weights]), stack([numeric[name] for name in weights]))


@wrong("04-gradient-check", cause="only-layer-1")
def _(f, parameters, grads, epsilon):
    numeric = slopes_of(lambda t: f(unstack(t, parameters)), stack(parameters.values()), epsilon)
    numeric = unstack(numeric, parameters)
    return error_of(stack([grads["dW1"], grads["db1"]]), stack([numeric["W1"], numeric["b1"]]))


@wrong("04-gradient-check", cause="absolute-error")
def _(f, parameters, grads, epsilon):
    numeric = slopes_of(lambda t: f(unstack(t, parameters)), stack(parameters.values()), epsilon)
    return length(stack([grads["d" + name] for name in parameters]) - numeric)


@wrong("04-gradient-check", cause="squared-norms")
def _(f, parameters, grads, epsilon):
    b = slopes_of(lambda t: f(unstack(t, parameters)), stack(parameters.values()), epsilon)
    a = stack([grads["d" + name] for name in parameters])
    return np.sum((a - b) ** 2) / (np.sum(a**2) + np.sum(b**2))


@wrong("04-gradient-check", cause="worst-array")
def _(f, parameters, grads, epsilon):
    b = unstack(slopes_of(lambda t: f(unstack(t, parameters)), stack(parameters.values()), epsilon), parameters)
    return max(error_of(grads["d" + name], b[name]) for name in parameters)


@wrong("04-gradient-check", cause="error-of-each-array")
def _(f, parameters, grads, epsilon):
    b = unstack(slopes_of(lambda t: f(unstack(t, parameters)), stack(parameters.values()), epsilon), parameters)
    return {name: error_of(grads["d" + name], b[name]) for name in parameters}


@wrong("04-gradient-check", cause="mean-of-arrays")
def _(f, parameters, grads, epsilon):
    b = unstack(slopes_of(lambda t: f(unstack(t, parameters)), stack(parameters.values()), epsilon), parameters)
    return sum(error_of(grads["d" + name], b[name]) for name in parameters) / len(parameters)


@wrong("04-gradient-check", cause="mutated-argument")
def _(f, parameters, grads, epsilon):
    numeric = []
    for array in parameters.values():
        for index in np.ndindex(array.shape):
            array[index] += epsilon
            up = f(parameters)
            array[index] -= 2 * epsilon
            down = f(parameters)
            array[index] += 1.5 * epsilon  # not quite back
            numeric.append((up - down) / (2 * epsilon))
    return error_of(stack([grads["d" + name] for name in parameters]), np.array(numeric).reshape(-1, 1))


@wrong("04-gradient-check", cause="moves-down-pile-up")
def _(f, parameters, grads, epsilon):
    moved = {key: value.copy() for key, value in parameters.items()}
    numeric = []
    for array in moved.values():
        for index in np.ndindex(array.shape):
            array[index] += epsilon
            up = f(moved)
            array[index] -= 2 * epsilon
            numeric.append((up - f(moved)) / (2 * epsilon))
    return error_of(stack([grads["d" + name] for name in parameters]), np.array(numeric).reshape(-1, 1))


@wrong("04-gradient-check", cause="grads-with-themselves")
def _(f, parameters, grads, epsilon):
    a = stack([grads["d" + name] for name in parameters])
    return error_of(a, a)


@wrong("04-gradient-check", cause="slopes-returned")
def _(f, parameters, grads, epsilon):
    return slopes_of(lambda t: f(unstack(t, parameters)), stack(parameters.values()), epsilon)


@wrong("04-gradient-check", cause="unknown-key")
def _(f, parameters, grads, epsilon):
    numeric = slopes_of(lambda t: f(unstack(t, parameters)), stack(parameters.values()), epsilon)
    return error_of(stack([grads[name] for name in parameters]), numeric)


@wrong("04-gradient-check", cause="index-out-of-range")
def _(f, parameters, grads, epsilon):
    numeric = slopes_of(f, stack(parameters.values()), epsilon)
    return error_of(stack([grads["d" + name] for name in parameters]), numeric)


@wrong("04-gradient-check", cause="norms-subtracted")
def _(f, parameters, grads, epsilon):
    b = slopes_of(lambda t: f(unstack(t, parameters)), stack(parameters.values()), epsilon)
    a = stack([grads["d" + name] for name in parameters])
    return abs(length(a) - length(b)) / (length(a) + length(b))


# repair_backward


def network_grads(X, Y, parameters, cache, slope=None, into="A1", db1=None, db2=None):
    m = Y.shape[1]
    A1, dZ2 = cache["A1"], cache["A2"] - Y
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (A1 - A1**2 if slope is None else slope)
    return {
        "dW1": np.dot(dZ1, X.T) / m,
        "db1": dZ1.mean(axis=1, keepdims=True) if db1 is None else db1(dZ1),
        "dW2": np.dot(dZ2, cache[into].T) / m,
        "db2": dZ2.mean(axis=1, keepdims=True) if db2 is None else db2(dZ2),
    }


@wrong("04-repair-backward", cause="still-slope-input-mean-axis")
def _(X, Y, parameters, cache):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dW2 = dZ2 @ cache["Z1"].T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True)
    dA1 = parameters["W2"].T @ dZ2
    dZ1 = dA1 * cache["A1"]
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


@wrong("04-repair-backward", cause="still-slope-mean-axis")
def _(X, Y, parameters, cache):
    return network_grads(
        X,
        Y,
        parameters,
        cache,
        slope=cache["A1"],
        db1=lambda d: np.array([[d.sum() / X.shape[1]]]),
        db2=lambda d: d.sum(axis=1, keepdims=True),
    )


@wrong("04-repair-backward", cause="still-mean-axis")
def _(X, Y, parameters, cache):
    m = X.shape[1]
    total = lambda d: d.sum().reshape(1, 1)  # noqa: E731
    return network_grads(X, Y, parameters, cache, db1=lambda d: total(d) / m, db2=total)


@wrong("04-repair-backward", cause="still-slope-input")
def _(X, Y, parameters, cache):
    return network_grads(X, Y, parameters, cache, slope=cache["A1"], into="Z1")


@wrong("04-repair-backward", cause="still-slope-axis")
def _(X, Y, parameters, cache):
    return network_grads(
        X, Y, parameters, cache, slope=cache["A1"], db1=lambda d: np.full((1, 1), d.sum() / X.shape[1])
    )


@wrong("04-repair-backward", cause="still-slope")
def _(X, Y, parameters, cache):
    return network_grads(X, Y, parameters, cache, slope=cache["A1"])


@wrong("04-repair-backward", cause="still-input")
def _(X, Y, parameters, cache):
    return network_grads(X, Y, parameters, cache, into="Z1")


@wrong("04-repair-backward", cause=("still-mean", "times-m"))
def _(X, Y, parameters, cache):
    return network_grads(X, Y, parameters, cache, db2=lambda d: d.sum(axis=1, keepdims=True))


@wrong("04-repair-backward", cause="still-axis")
def _(X, Y, parameters, cache):
    return network_grads(X, Y, parameters, cache, db1=lambda d: (d.sum() / d.shape[1]).reshape(1, 1))


@wrong("04-repair-backward", cause="axis-of-units")
def _(X, Y, parameters, cache):
    return network_grads(X, Y, parameters, cache, db1=lambda d: d.sum(axis=0, keepdims=True) / d.shape[1])


@wrong("04-repair-backward", cause="rank-one")
def _(X, Y, parameters, cache):
    return network_grads(X, Y, parameters, cache, db1=lambda d: d.mean(axis=1), db2=lambda d: d.mean(axis=1))


@wrong("04-repair-backward", cause="averaged-over-units-too")
def _(X, Y, parameters, cache):
    return network_grads(X, Y, parameters, cache, db1=lambda d: d.mean().reshape(1, 1))


@wrong("04-repair-backward", cause="mean-not-in-db1")
def _(X, Y, parameters, cache):
    return network_grads(X, Y, parameters, cache, db1=lambda d: d.sum(axis=1).reshape(-1, 1))


@wrong("04-repair-backward", cause="mean-twice-in-db2")
def _(X, Y, parameters, cache):
    return network_grads(X, Y, parameters, cache, db2=lambda d: np.mean(d, axis=1, keepdims=True) / d.shape[1])


@wrong("04-repair-backward", cause="one-minus-only")
def _(X, Y, parameters, cache):
    return network_grads(X, Y, parameters, cache, slope=1 - cache["A1"])


@wrong("04-repair-backward", cause="tanh-slope")
def _(X, Y, parameters, cache):
    return network_grads(X, Y, parameters, cache, slope=(1 - cache["A1"]) * (1 + cache["A1"]))


@wrong("04-repair-backward", cause="slope-at-z1")
def _(X, Y, parameters, cache):
    return network_grads(X, Y, parameters, cache, slope=cache["Z1"] - cache["Z1"] ** 2)


@wrong("04-repair-backward", cause="slope-in-output-too")
def _(X, Y, parameters, cache):
    A1, A2, m = cache["A1"], cache["A2"], Y.size
    dZ2 = (A2 - Y) * A2 * (1 - A2)
    dZ1 = parameters["W2"].T @ dZ2 * A1 * (1 - A1)
    return {
        "dW1": dZ1 @ X.T / m,
        "db1": dZ1.sum(1, keepdims=True) / m,
        "dW2": dZ2 @ A1.T / m,
        "db2": dZ2.sum(1, keepdims=True) / m,
    }


@wrong("04-repair-backward", cause=("difference-reversed", "sign-flipped"))
def _(X, Y, parameters, cache):
    return {name: -slope for name, slope in network_grads(X, Y, parameters, cache).items()}


@wrong("04-repair-backward", cause="features-into-dw2")
def _(X, Y, parameters, cache):
    m = Y.size
    return network_grads(X, Y, parameters, cache) | {"dW2": (cache["A2"] - Y) @ X.T / m}


@wrong("04-repair-backward", cause="mean-nowhere")
def _(X, Y, parameters, cache):
    return {name: slope * Y.size for name, slope in network_grads(X, Y, parameters, cache).items()}


@wrong("04-repair-backward", cause="mutated-argument")
def _(X, Y, parameters, cache):
    cache["A2"] -= Y
    m, A1, dZ2 = Y.size, cache["A1"], cache["A2"]
    dZ1 = parameters["W2"].T @ dZ2 * A1 * (1 - A1)
    return {
        "dW1": dZ1 @ X.T / m,
        "db1": dZ1.sum(1, keepdims=True) / m,
        "dW2": dZ2 @ A1.T / m,
        "db2": dZ2.sum(1, keepdims=True) / m,
    }


@wrong("04-repair-backward", cause="fixed-m")
def _(X, Y, parameters, cache):
    return {name: slope * Y.size / 3 for name, slope in network_grads(X, Y, parameters, cache).items()}


@wrong("04-repair-backward", cause="transposed")
def _(X, Y, parameters, cache):
    grads = network_grads(X, Y, parameters, cache)
    return {name: slope.T for name, slope in grads.items()}


@wrong("04-repair-backward", cause="returned-nothing")
def _(X, Y, parameters, cache):
    network_grads(X, Y, parameters, cache)


# Fetched, remembered, half used


@wrong("04-numerical-gradient", cause="borrowed")
def _(f, theta, epsilon):
    return ready.numerical_gradient(lambda p: f(p["theta"]), {"theta": theta}, epsilon)["dtheta"]


@wrong("04-relative-error", cause="borrowed")
def _(gradient, numeric):
    return ready.relative_error({"all": gradient}, {"all": numeric})


@wrong("04-flatten-parameters", cause="borrowed")
def _(parameters):
    theta, _ = ready.flatten(parameters)
    return theta


@wrong("04-unflatten-parameters", cause="borrowed")
def _(theta, shapes):
    return ready.unflatten(theta, tuple(shapes.items()))


@wrong("04-unflatten-parameters", cause=None)
def _(theta, shapes):
    pieces, start = {}, 0
    for name, (rows, columns) in shapes.items():
        piece = theta[start : start + rows * columns].reshape(rows, columns)
        pieces[name], start = piece.T if rows == columns else piece, start + rows * columns
    return pieces


@wrong("04-gradient-check", cause="borrowed")
def _(f, parameters, grads, epsilon):
    return ready.relative_error(grads, ready.numerical_gradient(f, parameters, epsilon))


NODES = {}


@wrong("04-graph-forward", cause=("different-each-call", "cached-v-for-u", "sum-for-product"))
def _(p, q, r):
    NODES["u"] = NODES.get("u", 0) + p * q if np.shape(NODES.get("u", 0)) == p.shape else p * q  # grows with each call
    v = NODES["u"] + r
    s = sig(v)
    return float((p * s).sum()), {"u": NODES["u"], "v": v, "s": s}


@wrong("04-graph-forward", cause="wrong-parameters")
def _(p, q):
    return float((p * sig(p * q)).sum()), {"u": p * q, "v": p * q, "s": sig(p * q)}


@wrong("04-graph-forward", cause="rounded")
def _(p, q, r):
    u = p * q
    v = u + r
    s = sig(v)
    return np.round((p * s).sum(), 2), {"u": np.round(u, 2), "v": np.round(v, 2), "s": np.round(s, 2)}


@wrong("04-graph-backward", cause="ds-averaged")
def _(p, q, r, cache):
    s = cache["s"]
    ds = p / p.size
    dv = ds * s * (1 - s)
    return backward_from(ds, dv, p, q, dp=s + dv * q)


@wrong("04-graph-backward", cause="dq-without-du")
def _(p, q, r, cache):
    s = cache["s"]
    dv = p * s * (1 - s)
    return backward_from(p, dv, p, q, dp=s + dv * q) | {"dq": p}


@wrong("04-graph-backward", cause="r-summed-over-all")
def _(p, q, r, cache):
    s = cache["s"]
    dv = p * s * (1 - s)
    return backward_from(p, dv, p, q, dp=s + dv * q, dr=np.array([[dv.sum()]]))


@wrong("04-graph-backward", cause="local-slopes-only")
def _(p, q, r, cache):
    s, ones = cache["s"], np.ones(p.shape)
    return {"ds": p, "dv": s * (1 - s), "du": ones, "dp": q, "dq": p, "dr": np.ones(r.shape)}


@wrong("04-graph-backward", cause="one-minus-s")
def _(p, q, r, cache):
    s = cache["s"]
    dv = p - p * s
    return backward_from(p, dv, p, q, dp=s + dv * q)


@wrong("04-numerical-gradient", cause="forgot-to-divide")
def _(f, theta, epsilon):
    return slopes_of(f, theta, epsilon) * (2 * epsilon)


@wrong("04-numerical-gradient", cause="minus-brackets-missing")
def _(f, theta, epsilon):
    slope = np.zeros(theta.shape)
    for i in range(len(theta)):
        e = np.zeros(theta.shape)
        e[i] = epsilon
        slope[i] = f(theta + e) - f(theta - e) / (2 * epsilon)
    return slope


@wrong("04-numerical-gradient", cause="more-points")
def _(f, theta, epsilon):
    slope = np.zeros(theta.shape)  # one more term of Taylor: nearer to the slope, and not what is asked for
    for i in range(len(theta)):
        e = np.zeros(theta.shape)
        e[i] = epsilon
        near, far = f(theta + e) - f(theta - e), f(theta + 2 * e) - f(theta - 2 * e)
        slope[i] = (8 * near - far) / (12 * epsilon)
    return slope


@wrong("04-numerical-gradient", cause="mutated-argument")
def _(f, theta, epsilon):
    slope = np.zeros(theta.shape)
    for i in range(len(theta)):
        theta[i] += epsilon
        up = f(theta)
        theta[i] -= 2 * epsilon
        down = f(theta)
        theta[i] += epsilon  # back, but for the rounding
        slope[i] = (up - down) / (2 * epsilon)
    theta *= 1 + 1e-15
    return slope


@wrong("04-numerical-gradient", cause=None)
def _(f, theta, epsilon):
    return np.where(theta == 0, 0, slopes_of(f, theta, epsilon))  # as if nothing hung on what is zero


@wrong("04-relative-error", cause="norm-of-sum")
def _(gradient, numeric):
    bottom = np.linalg.norm(numeric + gradient)
    return 0 if bottom == 0 else np.linalg.norm(numeric - gradient) / bottom


@wrong("04-relative-error", cause="floor-of-one")
def _(gradient, numeric):
    return np.linalg.norm(gradient - numeric) / max(np.linalg.norm(gradient) + np.linalg.norm(numeric), 1.0)


@wrong("04-gradient-check", cause="no-or-yes")
def _(f, parameters, grads, epsilon):
    numeric = slopes_of(lambda t: f(unstack(t, parameters)), stack(parameters.values()), epsilon)
    return int(error_of(stack([grads["d" + name] for name in parameters]), numeric) > 1e-7)


@wrong("04-gradient-check", cause="only-biases")
def _(f, parameters, grads, epsilon):
    names = [name for name in parameters if name.startswith("b")]
    numeric = unstack(slopes_of(lambda t: f(unstack(t, parameters)), stack(parameters.values()), epsilon), parameters)
    return error_of(stack([grads["d" + name] for name in names]), stack([numeric[name] for name in names]))


@wrong("04-gradient-check", cause="column-by-column")
def _(f, parameters, grads, epsilon):
    numeric = slopes_of(lambda t: f(unstack(t, parameters)), stack(parameters.values()), epsilon)
    return error_of(np.vstack([grads["d" + name].reshape(-1, 1, order="F") for name in parameters]), numeric)


@wrong("04-repair-backward", cause="still-slope-input-axis")
def _(X, Y, parameters, cache):
    one = lambda d: np.full((1, 1), d.sum() / d.shape[1])  # noqa: E731
    return network_grads(X, Y, parameters, cache, slope=cache["A1"], into="Z1", db1=one)


@wrong("04-repair-backward", cause="still-input-mean")
def _(X, Y, parameters, cache):
    return network_grads(X, Y, parameters, cache, into="Z1", db2=lambda d: np.full((1, 1), d.sum()))


@wrong("04-repair-backward", cause="slope-twice")
def _(X, Y, parameters, cache):
    A1 = cache["A1"]
    return network_grads(X, Y, parameters, cache, slope=(A1 - A1**2) ** 2)


@wrong("04-repair-backward", cause="same-for-all-units")
def _(X, Y, parameters, cache):
    shape = parameters["b1"].shape
    return network_grads(X, Y, parameters, cache, db1=lambda d: np.ones(shape) * d.sum() / Y.size)


@wrong("04-repair-backward", cause="output-weights-unused")
def _(X, Y, parameters, cache):
    ones = {**parameters, "W2": np.ones(parameters["W2"].shape)}
    return network_grads(X, Y, ones, cache)


# short, opposite and nearly equal gradients


@wrong("04-relative-error", cause="hair-added-below")
def _(gradient, numeric):
    n = np.linalg.norm
    return n(gradient - numeric) / (n(gradient) + n(numeric) + 1e-8)


@wrong("04-relative-error", cause="near-enough-is-zero")
def _(gradient, numeric):
    n = np.linalg.norm
    return 0.0 if np.allclose(gradient, numeric) else n(gradient - numeric) / (n(gradient) + n(numeric))


@wrong("04-relative-error", cause="zero-where-sums-cancel")
def _(gradient, numeric):
    if gradient.sum() + numeric.sum() == 0:
        return 0
    return np.linalg.norm(gradient - numeric) / (np.linalg.norm(gradient) + np.linalg.norm(numeric))


@wrong("04-relative-error", cause=None)
def _(gradient, numeric):
    below = np.linalg.norm(gradient) + np.linalg.norm(numeric)
    return 0.0 if below < 1e-6 else np.linalg.norm(gradient - numeric) / below


@wrong("04-relative-error", cause=None)
def _(gradient, numeric):
    if gradient[0, 0] == 0 and numeric[0, 0] == 0:
        return 0.0
    return error_of(gradient, numeric)


def laid_out(f, parameters, grads, epsilon):
    """The slopes found and the slopes measured, as two columns."""
    found, measured = [], []
    for name, array in parameters.items():
        for at in np.ndindex(*array.shape):
            up, down = array.copy(), array.copy()
            up[at] += epsilon
            down[at] -= epsilon
            found.append(grads["d" + name][at])
            measured.append((f(parameters | {name: up}) - f(parameters | {name: down})) / (2 * epsilon))
    return np.array(found), np.array(measured)


@wrong("04-gradient-check", cause="signs-lost")
def _(f, parameters, grads, epsilon):
    a, b = map(np.abs, laid_out(f, parameters, grads, epsilon))
    return np.linalg.norm(a - b) / ((np.linalg.norm(a) + np.linalg.norm(b)) or 1)


@wrong("04-gradient-check", cause=None)
def _(f, parameters, grads, epsilon):
    a, b = laid_out(f, parameters, grads, epsilon)
    error = np.linalg.norm(a - b) / ((np.linalg.norm(a) + np.linalg.norm(b)) or 1)
    return error if error > 1e-3 else 0.0
