"""Right answers to assignment 09 in many styles; each must pass."""

import functools
import math
import warnings

import numpy as np

from benchmarks.corpus import right


def sig(z):
    return 0.5 * (1 + np.tanh(z / 2))


# lif_step


@right("09-lif-step")
def _(V, I, dt, neuron):
    V_new, spikes = np.empty(V.shape), np.zeros(V.shape, dtype=int)
    for i in range(V.shape[1]):
        dV = (-(V[0, i] - neuron["V_rest"]) + neuron["R"] * I[0, i]) / neuron["tau"] * dt
        V_new[0, i] = V[0, i] + dV
        if V_new[0, i] >= neuron["V_threshold"]:
            V_new[0, i] = neuron["V_reset"]
            spikes[0, i] = 1
    return V_new, spikes


@right("09-lif-step")
def _(V, I, dt, neuron):
    tau, R, rest, threshold, reset, _ = neuron.values()
    share = dt / tau
    V = (1 - share) * V + share * (rest + R * I)  # the same step, written as a weighted mean
    fired = ~(threshold > V)
    V[fired] = reset
    return [V, fired]  # truth values


@right("09-lif-step")
def _(V, I, dt, neuron):
    print("step")
    goal = neuron["V_rest"] + neuron["R"] * np.asarray(I)
    new = V + (goal - V) * dt / neuron["tau"]
    spikes = np.heaviside(new - neuron["V_threshold"], 1.0)
    return spikes * neuron["V_reset"] + (1 - spikes) * new, spikes


@right("09-lif-step")
def _(V, I, dt, neuron):
    n = {name: np.float64(value) for name, value in neuron.items()}
    out = V.astype(np.float64).copy()
    out += dt / n["tau"] * (n["V_rest"] - V + n["R"] * I)
    spikes = np.zeros_like(out)
    spikes[out >= n["V_threshold"]] = 1
    np.putmask(out, spikes == 1, n["V_reset"])
    return out, spikes


@right("09-lif-step")
def _(V: np.ndarray, I: np.ndarray, dt: float, neuron: dict) -> tuple:
    warnings.warn("Euler", stacklevel=1)

    def one(v, i):
        v = v + dt * (neuron["V_rest"] - v + neuron["R"] * i) / neuron["tau"]
        return (neuron["V_reset"], 1.0) if v >= neuron["V_threshold"] else (v, 0.0)

    pairs = [one(v, i) for v, i in zip(V.ravel(), I.ravel())]
    return np.array([[v for v, _ in pairs]]), np.array([[s for _, s in pairs]])


# lif_simulate


@right("09-lif-simulate")
def _(I, dt, neuron):
    T = I.shape[1]
    V, spikes = np.zeros((1, T)), np.zeros((1, T))
    v, resting = neuron["V_rest"], 0
    for k in range(T):
        if resting:
            resting -= 1
            v = neuron["V_reset"]
        else:
            v += dt / neuron["tau"] * (neuron["V_rest"] - v + neuron["R"] * I[0, k])
            if v >= neuron["V_threshold"]:
                v, spikes[0, k] = neuron["V_reset"], 1
                resting = round(neuron["refractory"] / dt)
        V[0, k] = v
    return V, spikes


@right("09-lif-simulate")
def _(I, dt, neuron):
    """With the time at which it may fire again, in place of a counter."""
    V, spikes, v, free_at = [], [], neuron["V_rest"], 0
    pause = round(neuron["refractory"] / dt)
    for k, i in enumerate(I[0].tolist()):
        s = 0
        if k >= free_at:
            v = v * (1 - dt / neuron["tau"]) + dt / neuron["tau"] * (neuron["V_rest"] + neuron["R"] * i)
            s = int(v >= neuron["V_threshold"])
        if s:
            v, free_at = neuron["V_reset"], k + 1 + pause
        V.append(v)
        spikes.append(s)
    return np.array([V]), np.array([spikes])


@right("09-lif-simulate")
def _(I, dt, neuron):
    """The pause counted down in milliseconds, from the length of its whole steps."""
    V = np.full(I.shape, neuron["V_reset"], dtype=float)
    spikes = np.zeros(I.shape)
    v, left = neuron["V_rest"], 0.0
    for k in range(I.shape[1]):
        if left > dt / 2:
            left -= dt
            v = neuron["V_reset"]
            continue
        v = v + (neuron["V_rest"] - v + neuron["R"] * float(I[0, k])) * dt / neuron["tau"]
        if v >= neuron["V_threshold"]:
            spikes[:, k], v, left = 1.0, neuron["V_reset"], round(neuron["refractory"] / dt) * dt
        V[:, k] = v
    return V, spikes


@right("09-lif-simulate")
def _(I, dt, neuron):
    """Whole pauses are written at once."""
    T, k, v = I.shape[1], 0, np.float64(neuron["V_rest"])
    V, spikes = np.empty((1, T)), np.zeros((1, T), dtype=bool)
    while k < T:
        v = v + dt / neuron["tau"] * (neuron["V_rest"] - v + neuron["R"] * I[0, k])
        fired = v >= neuron["V_threshold"]
        length = 1 + round(neuron["refractory"] / dt) if fired else 1
        v = np.float64(neuron["V_reset"]) if fired else v
        V[0, k : k + length] = v
        spikes[0, k] = fired
        k += length
    return V, spikes


class Cell:
    """The neuron as an object with a state of its own for each run."""

    def __call__(self, I, dt, neuron):
        state = {"V": np.array([[neuron["V_rest"]]], dtype=float), "wait": 0}
        columns = [self.step(state, I[:, [k]], dt, neuron) for k in range(I.shape[1])]
        return np.hstack([v for v, _ in columns]), np.hstack([s for _, s in columns])

    def step(self, state, i, dt, neuron):
        if state["wait"] > 0:
            state["wait"] -= 1
            return state["V"], np.zeros((1, 1))
        V = state["V"] + dt / neuron["tau"] * (neuron["V_rest"] - state["V"] + neuron["R"] * i)
        if V[0, 0] >= neuron["V_threshold"]:
            V, state["wait"] = np.array([[neuron["V_reset"]]]), round(neuron["refractory"] / dt)
            state["V"] = V
            return V, np.ones((1, 1))
        state["V"] = V
        return V, np.zeros((1, 1))


right("09-lif-simulate")(Cell())


# firing_rate_curve


def run(I, dt, neuron):
    v, wait, spikes = neuron["V_rest"], 0, []
    for i in I:
        spikes.append(0)
        if wait > 0:
            wait -= 1
            continue
        v += dt / neuron["tau"] * (neuron["V_rest"] - v + neuron["R"] * i)
        if v >= neuron["V_threshold"]:
            v, spikes[-1], wait = neuron["V_reset"], 1, round(neuron["refractory"] / dt)
    return spikes


@right("09-firing-rate-curve")
def _(currents, duration, dt, neuron):
    T = round(duration / dt)
    rates = np.zeros(currents.shape)
    for k in range(currents.shape[1]):
        rates[0, k] = sum(run([currents[0, k]] * T, dt, neuron)) / (duration / 1000)
    return rates


@right("09-firing-rate-curve")
def _(currents, duration, dt, neuron):
    T = round(duration / dt)
    trains = np.array([run(np.full(T, i), dt, neuron) for i in currents.ravel()])
    return (trains.mean(axis=1) * T / duration * 1e3).reshape(1, -1)


@right("09-firing-rate-curve")
def _(currents, duration, dt, neuron):
    counted = {}
    for i in currents[0].tolist():
        counted.setdefault(i, np.count_nonzero(run([i] * int(np.rint(duration / dt)), dt, neuron)))
    return np.array([[counted[i] * 1000.0 / duration for i in currents[0].tolist()]])


@right("09-firing-rate-curve")
def _(currents, duration, dt, neuron):
    """All neurons side by side, with a counter for each."""
    V = np.full(currents.shape, neuron["V_rest"], dtype=float)
    wait, count = np.zeros(currents.shape), np.zeros(currents.shape)
    for _ in range(round(duration / dt)):
        moved = V + dt / neuron["tau"] * (neuron["V_rest"] - V + neuron["R"] * currents)
        V = np.where(wait > 0, neuron["V_reset"], moved)
        fired = (wait <= 0) & (neuron["V_threshold"] <= V)
        V[fired] = neuron["V_reset"]
        wait = np.where(fired, round(neuron["refractory"] / dt), wait - 1)
        count += fired
    return np.divide(count, duration) * 1000


# hebb_step


@right("09-hebb-step")
def _(W, X, learning_rate):
    new = np.array(W, dtype=float)
    A = np.dot(W, X)
    m = X.shape[1]
    for i in range(W.shape[0]):
        for k in range(W.shape[1]):
            new[i, k] += learning_rate * sum(A[i, j] * X[k, j] for j in range(m)) / m
    return new


@right("09-hebb-step")
def _(W, X, learning_rate):
    C = X @ X.T / X.shape[1]  # the inputs' second moments: W + rate W C
    return W @ (np.eye(len(C)) + learning_rate * C)


@right("09-hebb-step")
def _(W, X, learning_rate):
    return W + learning_rate * np.einsum("ij,kj->ik", W @ X, X) / len(X.T)


@right("09-hebb-step")
def _(W, X, learning_rate):
    changes = [np.outer(W @ x, x) for x in X.T]
    return W + learning_rate * np.mean(changes, axis=0)


@right("09-hebb-step")
def _(W: np.ndarray, X: np.ndarray, learning_rate: float) -> np.ndarray:
    A = np.matmul(W, X)
    return np.add(W, np.multiply(learning_rate / X.shape[1], np.matmul(A, np.transpose(X))))


# oja_step


@right("09-oja-step")
def _(W, X, learning_rate):
    new = W.astype(float)
    A = W @ X
    dW = np.zeros_like(new)
    for j in range(X.shape[1]):
        a = A[0, j]
        dW[0] += a * (X[:, j] - a * W[0])
    return new + learning_rate * dW / X.shape[1]


@right("09-oja-step")
def _(W, X, learning_rate):
    A = W @ X
    return W + learning_rate * np.mean(A * (X - W.T @ A), axis=1, keepdims=True).T


@right("09-oja-step")
def _(W, X, learning_rate):
    C = X @ X.T / X.shape[1]
    return W + learning_rate * (W @ C - (W @ C @ W.T) * W)


@right("09-oja-step")
def _(W, X, learning_rate):
    w = W.ravel()
    a = w @ X
    m = a.size
    w = w + learning_rate * (X @ a / m - (a @ a / m) * w)
    return w[None, :]


@right("09-oja-step")
def _(W, X, learning_rate):
    a2 = np.var(W @ X) + np.mean(W @ X) ** 2  # the mean of the squares
    hebb = np.einsum("ij,kj->ik", W @ X, X) / X.shape[1]
    return (1 - learning_rate * a2) * W + learning_rate * hebb


# perturbation_gradient


@right("09-perturbation-gradient")
def _(cost, theta, directions, epsilon):
    n, K = directions.shape
    J, gradient = cost(theta), np.zeros((n, 1))
    for k in range(K):
        u = directions[:, k].reshape(-1, 1)
        gradient += (cost(theta + epsilon * u) - J) / epsilon * u / K
    return gradient


@right("09-perturbation-gradient")
def _(cost, theta, directions, epsilon):
    rises = np.array([cost(theta + epsilon * u[:, np.newaxis]) for u in directions.T]) - cost(theta)
    return np.mean(directions * rises, axis=1, keepdims=True) / epsilon


@right("09-perturbation-gradient")
def _(cost, theta, directions, epsilon):
    slope = lambda u: (cost(theta + epsilon * u) - cost(theta)) / epsilon  # noqa: E731
    terms = [slope(u) * u for u in np.hsplit(directions, directions.shape[1])]
    return sum(terms) / len(terms)


@right("09-perturbation-gradient")
def _(cost, theta, directions, epsilon):
    @functools.lru_cache
    def J(k):
        return cost(theta.copy() if k is None else theta + epsilon * directions[:, [k]])

    K = directions.shape[1]
    g = [sum((J(k) - J(None)) * directions[i, k] for k in range(K)) / (epsilon * K) for i in range(len(theta))]
    return np.array(g).reshape(-1, 1)


@right("09-perturbation-gradient")
def _(cost, theta, directions, epsilon):
    here = np.float64(cost(theta))
    F = np.array([[cost(theta + epsilon * directions[:, k : k + 1])] for k in range(directions.shape[1])])
    return np.einsum("nk,ko->no", directions, (F - here) / epsilon) / len(F)


# feedback_alignment_backward


@right("09-feedback-alignment-backward")
def _(X, Y, parameters, cache, B2):
    m = X.shape[1]
    dZ2 = (cache["A2"] - Y) / m  # 1/m at the start, so it reaches all four
    dZ1 = B2 @ dZ2 / np.cosh(np.arctanh(np.clip(cache["A1"], -1 + 1e-15, 1 - 1e-15))) ** 2
    return {"dW1": dZ1 @ X.T, "db1": dZ1.sum(1)[:, None], "dW2": dZ2 @ cache["A1"].T, "db2": dZ2.sum(1)[:, None]}


@right("09-feedback-alignment-backward")
def _(X, Y, parameters, cache, B2):
    grads = {"d" + name: np.zeros(value.shape) for name, value in parameters.items()}
    n_1, m = cache["A1"].shape
    for j in range(m):
        errors = [cache["A2"][o, j] - Y[o, j] for o in range(len(Y))]
        for o, error in enumerate(errors):
            grads["db2"][o, 0] += error / m
            grads["dW2"][o] += error * cache["A1"][:, j] / m
        for i in range(n_1):
            heard = sum(B2[i, o] * error for o, error in enumerate(errors))
            back = heard * (1 - cache["A1"][i, j] ** 2)
            grads["db1"][i, 0] += back / m
            grads["dW1"][i] += back * X[:, j] / m
    return grads


@right("09-feedback-alignment-backward")
def _(X, Y, parameters, cache, B2):
    A1, mean = cache["A1"], lambda spec, *arrays: np.einsum(spec, *arrays) / Y.shape[1]
    error = cache["A2"] - Y
    delta = np.einsum("ho,om,hm->hm", B2, error, (1 - A1) * (1 + A1))
    return {
        "dZ1": delta,
        "db2": mean("om->o", error)[:, None],
        "dW2": mean("om,hm->oh", error, A1),
        "db1": mean("hm->h", delta)[:, None],
        "dW1": mean("hm,im->hi", delta, X),
    }


@right("09-feedback-alignment-backward")
def _(X, Y, parameters, cache, B2):
    def layer(dZ, A):
        return dZ @ A.T / A.shape[1], np.mean(dZ, axis=1, keepdims=True)

    dZ2 = cache["A2"] - Y
    dZ1 = np.multiply(np.dot(B2, dZ2), 1 - np.power(cache["A1"], 2))
    (dW2, db2), (dW1, db1) = layer(dZ2, cache["A1"]), layer(dZ1, X)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


@right("09-feedback-alignment-backward")
def _(X, Y, parameters, cache, B2):
    with_ones = lambda A: np.vstack([A, np.ones((1, A.shape[1]))])  # noqa: E731
    dZ2 = cache["A2"] - Y
    second = dZ2 @ with_ones(cache["A1"]).T / X.shape[1]
    first = (B2 @ dZ2 * (1 - cache["A1"] ** 2)) @ with_ones(X).T / X.shape[1]
    return {"dW1": first[:, :-1], "db1": first[:, -1:], "dW2": second[:, :-1], "db2": second[:, -1:]}


# alignment_angle


@right("09-alignment-angle")
def _(a, b):
    a, b = a.ravel(), b.ravel()
    c = a @ b / (np.linalg.norm(a) * np.linalg.norm(b))
    return np.degrees(np.arccos(np.clip(c, -1.0, 1.0)))


@right("09-alignment-angle")
def _(a, b):
    dot = aa = bb = 0.0
    for x, y in zip(a.flatten().tolist(), b.flatten().tolist()):
        dot, aa, bb = dot + x * y, aa + x * x, bb + y * y
    return math.degrees(math.acos(max(-1.0, min(1.0, dot / math.sqrt(aa * bb)))))


@right("09-alignment-angle")
def _(a, b):
    u, v = a / np.sqrt(np.sum(a**2)), b / np.sqrt(np.sum(b**2))
    return 2 * np.arctan2(np.linalg.norm(u - v), np.linalg.norm(u + v)) * 180 / np.pi


@right("09-alignment-angle")
def _(a, b):
    cosine = np.tensordot(a, b) / np.linalg.norm(a) / np.linalg.norm(b)
    return np.array([[np.rad2deg(np.arccos(np.minimum(1, np.maximum(-1, cosine))))]])


@right("09-alignment-angle")
def _(a, b):
    cosine = np.vdot(a, b) / np.sqrt(np.vdot(a, a) * np.vdot(b, b))
    if abs(cosine) >= 1:
        return 0 if cosine > 0 else 180
    return np.asarray(np.arccos(cosine) / np.pi * 180)


# frozen_control


@right("09-frozen-control")
def _(X, Y, parameters, steps, learning_rate):
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])  # once: it never changes
    W2, b2, m, costs = parameters["W2"].copy(), parameters["b2"].copy(), X.shape[1], []
    for _ in range(steps):
        A2 = sig(W2 @ A1 + b2)
        costs.append(-np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)))
        dZ2 = A2 - Y
        W2 -= learning_rate * dZ2 @ A1.T / m
        b2 -= learning_rate * dZ2.sum(axis=1, keepdims=True) / m
    return {**parameters, "W2": W2, "b2": b2}, costs


@right("09-frozen-control")
def _(X, Y, parameters, steps, learning_rate):
    p, costs = {name: value.astype(float) for name, value in parameters.items()}, np.zeros(steps)
    for k in range(steps):
        H = np.tanh(p["W1"] @ X + p["b1"])
        Z = p["W2"] @ H + p["b2"]
        costs[k] = np.mean(np.logaddexp(0, Z) - Y * Z)
        error = 1 / (1 + np.exp(-Z)) - Y
        grads = {"W1": 0 * p["W1"], "b1": 0 * p["b1"], "W2": error @ H.T / Y.size, "b2": error.mean(keepdims=True)}
        p = {name: p[name] - learning_rate * grads[name] for name in p}
    return p, costs


@right("09-frozen-control")
def _(X, Y, parameters, steps, learning_rate):
    """One neuron on the features, with the bias as one more weight."""
    F = np.vstack([np.tanh(parameters["W1"].dot(X) + parameters["b1"]), np.ones((1, X.shape[1]))])
    w, costs = np.hstack([parameters["W2"], parameters["b2"]]), []
    while len(costs) < steps:
        a = sig(w @ F)
        costs.append(float(-np.log(np.where(Y == 1, a, 1 - a)).mean()))
        w = w - learning_rate * np.mean((a - Y) * F, axis=1, keepdims=True).T
    return [dict(parameters, W2=w[:, :-1], b2=w[:, -1:]), costs]


@right("09-frozen-control")
def _(X, Y, parameters, steps, learning_rate):
    W2, b2 = parameters["W2"], float(parameters["b2"].item())
    costs = ()
    for _ in range(steps):
        gW, gb, J = np.zeros(W2.shape), 0.0, 0.0
        for j in range(X.shape[1]):
            h = np.tanh(parameters["W1"] @ X[:, [j]] + parameters["b1"])
            a = 1 / (1 + math.exp(-((W2 @ h).item() + b2)))
            y = Y[0, j]
            J -= math.log(a if y == 1 else 1 - a) / X.shape[1]
            gW, gb = gW + (a - y) * h.T / X.shape[1], gb + (a - y) / X.shape[1]
        costs = (*costs, J)
        W2, b2 = W2 - learning_rate * gW, b2 - learning_rate * gb
    return {"W1": parameters["W1"], "b1": parameters["b1"], "W2": W2, "b2": np.array([[b2]])}, costs
