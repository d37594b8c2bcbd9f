"""Wrong answers to assignment 09, written as learners write them; each must fail, for the cause named."""

import math

import numpy as np

from benchmarks.corpus import wrong
from helpers import brain


def sig(z):
    return 0.5 * (1 + np.tanh(z / 2))


# lif_step


def euler(V, I, dt, n):
    return V + (n["V_rest"] - V + n["R"] * I) * dt / n["tau"]


@wrong("09-lif-step", cause="no-reset")
def _(V, I, dt, neuron):
    V = V + dt / neuron["tau"] * (-(V - neuron["V_rest"]) + neuron["R"] * I)
    return V, 1.0 * (neuron["V_threshold"] <= V)


@wrong("09-lif-step", cause="reset-to-rest")
def _(V, I, dt, neuron):
    V = euler(V, I, dt, neuron)
    spikes = neuron["V_threshold"] <= V
    V[spikes] = neuron["V_rest"]
    return V, spikes


@wrong("09-lif-step", cause="looked-after-the-reset")
def _(V, I, dt, neuron):
    V = euler(V, I, dt, neuron)
    V = np.where(neuron["V_threshold"] <= V, neuron["V_reset"], V)
    spikes = np.where(neuron["V_threshold"] <= V, 1, 0)
    return V, spikes


@wrong("09-lif-step", cause="strictly-above")
def _(V, I, dt, neuron):
    V = euler(V, I, dt, neuron)
    spikes = (neuron["V_threshold"] < V).astype(int)
    return np.where(spikes == 1, neuron["V_reset"], V), spikes


@wrong("09-lif-step", cause="leak-reversed")
def _(V, I, dt, neuron):
    dV = ((V - neuron["V_rest"]) + neuron["R"] * I) * dt / neuron["tau"]
    V = V + dV
    spikes = neuron["V_threshold"] <= V
    return np.where(spikes, neuron["V_reset"], V), spikes * 1.0


@wrong("09-lif-step", cause="forgot-resistance")
def _(V, I, dt, neuron):
    V = V + dt / neuron["tau"] * (neuron["V_rest"] - V + I)
    spikes = neuron["V_threshold"] <= V
    return np.where(spikes, neuron["V_reset"], V), spikes


@wrong("09-lif-step", cause="input-at-once")
def _(V, I, dt, neuron):
    V = V + dt / neuron["tau"] * (neuron["V_rest"] - V) + neuron["R"] * I
    spikes = neuron["V_threshold"] <= V
    return np.where(spikes, neuron["V_reset"], V), spikes


@wrong("09-lif-step", cause="fraction-upside-down")
def _(V, I, dt, neuron):
    V = V + (neuron["V_rest"] - V + neuron["R"] * I) / (dt / neuron["tau"])
    spikes = neuron["V_threshold"] <= V
    return np.where(spikes, neuron["V_reset"], V), spikes


@wrong("09-lif-step", cause="exact-solution")
def _(V, I, dt, neuron):
    end = neuron["V_rest"] + neuron["R"] * I
    V = end + (V - end) * np.exp(-dt / neuron["tau"])
    spikes = neuron["V_threshold"] <= V
    return np.where(spikes, neuron["V_reset"], V), spikes


@wrong("09-lif-step", cause="mutated-argument")
def _(V, I, dt, neuron):
    V += dt / neuron["tau"] * (neuron["V_rest"] - V + neuron["R"] * I)
    spikes = neuron["V_threshold"] <= V
    V[spikes] = neuron["V_reset"]
    return V, spikes


@wrong("09-lif-step", cause="looked-before-the-step")
def _(V, I, dt, neuron):
    spikes = (neuron["V_threshold"] <= V).astype(float)
    V = euler(V, I, dt, neuron)
    return V * (1 - spikes) + neuron["V_reset"] * spikes, spikes


@wrong("09-lif-step", cause=("raises-error", "one-spike-for-all", "all-reset-together"))
def _(V, I, dt, neuron):
    V = euler(V, I, dt, neuron)
    if neuron["V_threshold"] <= V:  # works for one neuron only
        return np.full(V.shape, neuron["V_reset"]), np.ones(V.shape)
    return V, np.zeros(V.shape)


@wrong("09-lif-step", cause="all-reset-together")
def _(V, I, dt, neuron):
    V = euler(V, I, dt, neuron)
    spikes = (neuron["V_threshold"] <= V) * 1.0
    if np.any(spikes):
        V = neuron["V_reset"] * np.ones(V.shape)
    return V, spikes


@wrong("09-lif-step", cause="order-swapped")
def _(V, I, dt, neuron):
    V = euler(V, I, dt, neuron)
    spikes = neuron["V_threshold"] <= V
    return spikes.astype(float), np.where(spikes, neuron["V_reset"], V)


@wrong("09-lif-step", cause=("leak-to-zero", "forgot-rest"))
def _(V, I, dt, neuron):
    V = V + dt / neuron["tau"] * (neuron["R"] * I - V)
    spikes = neuron["V_threshold"] <= V
    return np.where(spikes, neuron["V_reset"], V), spikes


@wrong("09-lif-step", cause="only-visible-neuron")
def _(V, I, dt, neuron):
    V = V + dt / 10.0 * (-65.0 - V + 100.0 * I)  # the neuron of the example, written in
    spikes = V >= -50.0
    return np.where(spikes, -70.0, V), spikes


@wrong("09-lif-step", cause="forgot-leak")
def _(V, I, dt, neuron):
    C = neuron["tau"] / neuron["R"]
    V = V + dt * I / C
    spikes = neuron["V_threshold"] <= V
    return np.where(spikes, neuron["V_reset"], V), spikes


@wrong("09-lif-step", cause=("rank-one", "only-first-part"))
def _(V, I, dt, neuron):
    V = euler(V, I, dt, neuron).ravel()
    spikes = neuron["V_threshold"] <= V
    return np.where(spikes, neuron["V_reset"], V), spikes


# lif_simulate


def spiking(I, dt, n, pause=None, start="V_rest", held="V_reset"):
    pause = round(n["refractory"] / dt) if pause is None else pause
    v, wait, V, S = n[start], 0, [], []
    for i in I[0]:
        S.append(0.0)
        if wait > 0:
            wait, v = wait - 1, n[held]
        else:
            v = v + dt / n["tau"] * (n["V_rest"] - v + n["R"] * i)
            if v >= n["V_threshold"]:
                v, S[-1], wait = n["V_reset"], 1.0, pause
        V.append(v)
    return np.array([V]), np.array([S])


@wrong("09-lif-simulate", cause="no-pause")
def _(I, dt, neuron):
    V, spikes, v = np.zeros(I.shape), np.zeros(I.shape), neuron["V_rest"]
    for k in range(I.shape[1]):
        v = v + dt / neuron["tau"] * (neuron["V_rest"] - v + neuron["R"] * I[0, k])
        if v >= neuron["V_threshold"]:
            v, spikes[0, k] = neuron["V_reset"], 1
        V[0, k] = v
    return V, spikes


@wrong("09-lif-simulate", cause="pause-rounded-down")
def _(I, dt, neuron):
    return spiking(I, dt, neuron, pause=int(neuron["refractory"] / dt))


@wrong("09-lif-simulate", cause="pause-rounded-down")
def _(I, dt, neuron):
    return spiking(I, dt, neuron, pause=int(neuron["refractory"] // dt))


@wrong("09-lif-simulate", cause="pause-rounded-up")
def _(I, dt, neuron):
    return spiking(I, dt, neuron, pause=int(np.ceil(neuron["refractory"] / dt)))


@wrong("09-lif-simulate", cause="pause-rounded-up")
def _(I, dt, neuron):
    V = np.full(I.shape, neuron["V_reset"], dtype=float)
    spikes, v, left = np.zeros(I.shape), neuron["V_rest"], 0.0
    for k in range(I.shape[1]):
        if left > 1e-9:
            left, v = left - dt, neuron["V_reset"]
            continue
        v = euler(v, I[0, k], dt, neuron)
        if v >= neuron["V_threshold"]:
            spikes[:, k], v, left = 1.0, neuron["V_reset"], neuron["refractory"]
        V[:, k] = v
    return V, spikes


@wrong("09-lif-simulate", cause=None)
def _(I, dt, neuron):
    V, spikes, v, last = np.zeros(I.shape), np.zeros(I.shape), neuron["V_rest"], -np.inf
    for k in range(I.shape[1]):
        if k * dt - last <= neuron["refractory"]:
            v = neuron["V_reset"]
        else:
            v = euler(v, I[0, k], dt, neuron)
            if v >= neuron["V_threshold"]:
                v, spikes[0, k], last = neuron["V_reset"], 1, k * dt
        V[0, k] = v
    return V, spikes


@wrong("09-lif-simulate", cause="strictly-above")
def _(I, dt, neuron):
    return spiking(I, dt, neuron | {"V_threshold": np.nextafter(neuron["V_threshold"], 0)})


@wrong("09-lif-simulate", cause="pause-one-step-too-short")
def _(I, dt, neuron):
    V, spikes, v, wait = np.zeros(I.shape), np.zeros(I.shape), neuron["V_rest"], 0
    for k in range(I.shape[1]):
        if wait > 0:
            v = neuron["V_reset"]
        else:
            v = v + dt / neuron["tau"] * (neuron["V_rest"] - v + neuron["R"] * I[0, k])
            if v >= neuron["V_threshold"]:
                v, spikes[0, k], wait = neuron["V_reset"], 1, round(neuron["refractory"] / dt)
        wait -= 1  # in the step of the spike too
        V[0, k] = v
    return V, spikes


@wrong("09-lif-simulate", cause="pause-one-step-too-long")
def _(I, dt, neuron):
    return spiking(I, dt, neuron, pause=int(neuron["refractory"] / dt) + 1)


@wrong("09-lif-simulate", cause="pause-counted-in-milliseconds")
def _(I, dt, neuron):
    return spiking(I, dt, neuron, pause=neuron["refractory"])


@wrong("09-lif-simulate", cause="starts-from-reset")
def _(I, dt, neuron):
    return spiking(I, dt, neuron, start="V_reset")


@wrong("09-lif-simulate", cause="starts-from-zero")
def _(I, dt, neuron):
    return spiking(I, dt, neuron | {"nothing": 0.0}, start="nothing")


@wrong("09-lif-simulate", cause="rests-at-rest")
def _(I, dt, neuron):
    return spiking(I, dt, neuron, held="V_rest")


@wrong("09-lif-simulate", cause="listens-while-resting")
def _(I, dt, neuron):
    V, spikes, v, last = np.zeros(I.shape), np.zeros(I.shape), neuron["V_rest"], -(10**9)
    for k in range(I.shape[1]):
        v = v + dt / neuron["tau"] * (neuron["V_rest"] - v + neuron["R"] * I[0, k])
        if v >= neuron["V_threshold"] and k - last > round(neuron["refractory"] / dt):
            v, spikes[0, k], last = neuron["V_reset"], 1, k
        V[0, k] = v
    return V, spikes


@wrong("09-lif-simulate", cause=("pause-for-ever", "only-first-spike"))
def _(I, dt, neuron):
    V, spikes, v, resting = np.zeros(I.shape), np.zeros(I.shape), neuron["V_rest"], False
    for k in range(I.shape[1]):
        if not resting:
            v = v + dt / neuron["tau"] * (neuron["V_rest"] - v + neuron["R"] * I[0, k])
            if v >= neuron["V_threshold"]:
                v, spikes[0, k], resting = neuron["V_reset"], 1, True
        V[0, k] = v
    return V, spikes


@wrong("09-lif-simulate", cause="first-input-for-all")
def _(I, dt, neuron):
    return spiking(np.full(I.shape, I[0][0]), dt, neuron)


@wrong("09-lif-simulate", cause="input-one-step-late")
def _(I, dt, neuron):
    return spiking(np.concatenate([[[0.0]], I[:, :-1]], axis=1), dt, neuron)


@wrong("09-lif-simulate", cause="voltage-before-the-step")
def _(I, dt, neuron):
    V, spikes = spiking(I, dt, neuron)
    return np.hstack([[[neuron["V_rest"]]], V[:, :-1]]), spikes


@wrong("09-lif-simulate", cause="spikes-not-recorded")
def _(I, dt, neuron):
    V, _ = spiking(I, dt, neuron)
    spikes = np.zeros(I.shape)
    return V, spikes


@wrong("09-lif-simulate", cause=("times-for-train", "list-for-array"))
def _(I, dt, neuron):
    V, spikes = spiking(I, dt, neuron)
    return V, [k * dt for k in range(I.shape[1]) if spikes[0, k]]


@wrong("09-lif-simulate", cause="rank-one")
def _(I, dt, neuron):
    V, spikes = spiking(I, dt, neuron)
    return V[0], spikes[0]


@wrong("09-lif-simulate", cause=("fixed-size", "only-visible-example"))
def _(I, dt, neuron):
    V, spikes = spiking(I[:, :7], dt, neuron)  # the length of the example
    return V, spikes


# firing_rate_curve


def train(i, T, dt, n):
    return spiking(np.full((1, T), i), dt, n)[1]


@wrong("09-firing-rate-curve", cause="count-for-rate")
def _(currents, duration, dt, neuron):
    return np.array([[train(i, round(duration / dt), dt, neuron).sum() for i in currents[0]]])


@wrong("09-firing-rate-curve", cause="per-millisecond")
def _(currents, duration, dt, neuron):
    return np.array([[train(i, round(duration / dt), dt, neuron).sum() / duration for i in currents[0]]])


@wrong("09-firing-rate-curve", cause="per-step")
def _(currents, duration, dt, neuron):
    return np.array([[np.mean(train(i, round(duration / dt), dt, neuron)) for i in currents[0]]])


@wrong("09-firing-rate-curve", cause="dt-forgotten-in-rate")
def _(currents, duration, dt, neuron):
    return np.array([[1000 * np.mean(train(i, round(duration / dt), dt, neuron)) for i in currents[0]]])


@wrong("09-firing-rate-curve", cause="duration-as-steps")
def _(currents, duration, dt, neuron):
    return np.array([[1000 * train(i, int(duration), dt, neuron).sum() / duration for i in currents[0]]])


@wrong("09-firing-rate-curve", cause="one-step-too-many")
def _(currents, duration, dt, neuron):
    T = len(np.arange(0, duration + dt / 2, dt))
    return np.array([[1000 * train(i, T, dt, neuron).sum() / duration for i in currents[0]]])


@wrong("09-firing-rate-curve", cause="one-step-too-few")
def _(currents, duration, dt, neuron):
    T = len(np.arange(dt, duration - dt / 2, dt))
    return np.array([[1000 * train(i, T, dt, neuron).sum() / duration for i in currents[0]]])


@wrong("09-firing-rate-curve", cause="closed-form")
def _(currents, duration, dt, neuron):
    with np.errstate(all="ignore"):
        end = neuron["R"] * currents + neuron["V_rest"]
        time = neuron["tau"] * np.log((end - neuron["V_reset"]) / (end - neuron["V_threshold"]))
    return np.where(end > neuron["V_threshold"], 1000 / (neuron["refractory"] + np.nan_to_num(time)), 0)


@wrong("09-firing-rate-curve", cause=("rank-one", "list-for-array"))
def _(currents, duration, dt, neuron):
    return [1000 * float(train(i, round(duration / dt), dt, neuron).sum()) / duration for i in currents[0]]


@wrong("09-firing-rate-curve", cause=("first-example-only", "only-first-current", "fixed-size", "one-example"))
def _(currents, duration, dt, neuron):
    return np.array([[1000 * train(currents[0, 0], round(duration / dt), dt, neuron).sum() / duration]])


@wrong("09-firing-rate-curve", cause="no-pause")
def _(currents, duration, dt, neuron):
    T = round(duration / dt)
    rates = [spiking(np.full((1, T), i), dt, neuron, pause=0)[1].sum() * 1000 / duration for i in currents[0]]
    return np.array([rates])


@wrong("09-firing-rate-curve", cause="from-intervals")
def _(currents, duration, dt, neuron):
    rates = []
    for i in currents[0]:
        gaps = np.diff(np.flatnonzero(train(i, round(duration / dt), dt, neuron)[0]))
        rates.append(1000 / (gaps.mean() * dt) if gaps.size else 0)
    return np.array([rates])


# hebb_step


@wrong("09-hebb-step", cause="forgot-mean")
def _(W, X, learning_rate):
    return W + learning_rate * np.dot(np.dot(W, X), X.T)


@wrong("09-hebb-step", cause="only-the-change")
def _(W, X, learning_rate):
    return learning_rate * (W @ X) @ X.T / X.shape[1]


@wrong("09-hebb-step", cause="weakened-for-strengthened")
def _(W, X, learning_rate):
    return W - learning_rate * (W @ X @ X.T) / X.shape[1]


@wrong("09-hebb-step", cause="learning-rate-ignored")
def _(W, X, learning_rate):
    return W + (W @ X @ X.T) / X.shape[1]


@wrong("09-hebb-step", cause="mutated-argument")
def _(W, X, learning_rate):
    W += learning_rate * (W @ X @ X.T) / X.shape[1]
    return W


@wrong("09-hebb-step", cause="one-example-at-a-time")
def _(W, X, learning_rate):
    W = W.copy()
    for x in X.T:
        W += learning_rate * np.outer(W @ x, x) / X.shape[1]
    return W


@wrong("09-hebb-step", cause="oja-for-hebb")
def _(W, X, learning_rate):
    A = W @ X
    return W + learning_rate * (A @ X.T - np.sum(A * A, axis=1, keepdims=True) * W) / X.shape[1]


@wrong("09-hebb-step", cause="mean-over-inputs")
def _(W, X, learning_rate):
    return W + learning_rate * (W @ X @ X.T) / len(X)


@wrong("09-hebb-step", cause=("transposed", "shapes-do-not-fit"))
def _(W, X, learning_rate):
    return (W + learning_rate * (W @ X @ X.T) / X.shape[1]).T


@wrong("09-hebb-step", cause=("shapes-do-not-fit",))
def _(W, X, learning_rate):
    A = W @ X
    return W + learning_rate * (X @ A.T) / X.shape[1]


@wrong("09-hebb-step", cause="sigmoid-answers")
def _(W, X, learning_rate):
    return W + learning_rate * sig(W @ X) @ X.T / X.shape[1]


@wrong("09-hebb-step", cause="inputs-averaged-first")
def _(W, X, learning_rate):
    x = X.mean(axis=1, keepdims=True)
    return W + learning_rate * (W @ x) @ x.T


@wrong("09-hebb-step", cause=("fixed-m", "fixed-size"))
def _(W, X, learning_rate):
    return W + learning_rate * (W @ X @ X.T) / 2


@wrong("09-hebb-step", cause="answers-positive")
def _(W, X, learning_rate):
    A = np.maximum(0, W @ X)  # right for positive answers
    return W + learning_rate * A @ X.T / X.shape[1]


# oja_step


@wrong("09-oja-step", cause="forgot-forgetting")
def _(W, X, learning_rate):
    A = W @ X
    return W + learning_rate / X.shape[1] * np.dot(A, X.T)


@wrong("09-oja-step", cause="forgetting-added")
def _(W, X, learning_rate):
    A = W @ X
    return W + learning_rate / X.shape[1] * (A @ X.T + np.sum(A**2) * W)


@wrong("09-oja-step", cause="forgot-square")
def _(W, X, learning_rate):
    A = W @ X
    return W + learning_rate * (A @ X.T / X.shape[1] - A.mean() * W)


@wrong("09-oja-step", cause="sum-squared")
def _(W, X, learning_rate):
    A = W @ X
    return W + learning_rate / X.shape[1] * (A @ X.T - np.sum(A) ** 2 * W)


@wrong("09-oja-step", cause=("mean-squared",))
def _(W, X, learning_rate):
    A = W @ X
    return W + learning_rate * (A @ X.T / X.shape[1] - np.mean(A) ** 2 * W)


@wrong("09-oja-step", cause="mean-only-in-hebb")
def _(W, X, learning_rate):
    A = W @ X
    return W + learning_rate * (A @ X.T / X.shape[1] - A @ A.T * W)


@wrong("09-oja-step", cause="mean-only-in-forgetting")
def _(W, X, learning_rate):
    A = W @ X
    return W + learning_rate * (A @ X.T - np.mean(A**2) * W)


@wrong("09-oja-step", cause="weights-made-length-1")
def _(W, X, learning_rate):
    W = W + learning_rate * W @ X @ X.T / X.shape[1]
    return W / np.sqrt(np.sum(W**2))


@wrong("09-oja-step", cause="forgetting-without-weights")
def _(W, X, learning_rate):
    A = W @ X
    return W + learning_rate * (A @ X.T - np.sum(A**2)) / X.shape[1]


@wrong("09-oja-step", cause="learning-rate-only-in-hebb")
def _(W, X, learning_rate):
    A = W @ X
    return W + learning_rate * (A @ X.T) / X.shape[1] - np.mean(A**2) * W


@wrong("09-oja-step", cause="learning-rate-ignored")
def _(W, X, learning_rate):
    A = W @ X
    return W + (A @ X.T - np.sum(A**2) * W) / X.shape[1]


@wrong("09-oja-step", cause="one-example-at-a-time")
def _(W, X, learning_rate):
    w = W.copy()
    for j in range(X.shape[1]):
        a = (w @ X[:, j]).item()
        w = w + learning_rate / X.shape[1] * a * (X[:, j] - a * w)
    return w


@wrong("09-oja-step", cause="rank-one")
def _(W, X, learning_rate):
    A = W[0] @ X
    return W[0] + learning_rate * (X @ A - A @ A * W[0]) / A.size


@wrong("09-oja-step", cause="only-the-change")
def _(W, X, learning_rate):
    A = W @ X
    return learning_rate * (A @ X.T - A @ A.T * W) / X.shape[1]


@wrong("09-oja-step", cause="mutated-argument")
def _(W, X, learning_rate):
    A = W @ X
    W *= 1 - learning_rate * np.mean(A**2)
    W += learning_rate * A @ X.T / X.shape[1]
    return W


# perturbation_gradient


@wrong("09-perturbation-gradient", cause="forgot-epsilon")
def _(cost, theta, directions, epsilon):
    g = np.zeros_like(theta)
    for k in range(directions.shape[1]):
        u = directions[:, [k]]
        g += (cost(theta + epsilon * u) - cost(theta)) * u
    return g / directions.shape[1]


@wrong("09-perturbation-gradient", cause="forgot-mean")
def _(cost, theta, directions, epsilon):
    g = np.zeros_like(theta)
    for k in range(directions.shape[1]):
        u = directions[:, [k]]
        g += (cost(theta + epsilon * u) - cost(theta)) / epsilon * u
    return g


@wrong("09-perturbation-gradient", cause="central-difference")
def _(cost, theta, directions, epsilon):
    g = np.zeros_like(theta)
    for u in np.hsplit(directions, directions.shape[1]):
        g += (cost(theta + epsilon * u) - cost(theta - epsilon * u)) / (2 * epsilon) * u
    return g / directions.shape[1]


@wrong("09-perturbation-gradient", cause="forgot-to-subtract")
def _(cost, theta, directions, epsilon):
    slopes = [cost(theta + epsilon * u[:, None]) / epsilon for u in directions.T]
    return (directions * slopes).mean(axis=1, keepdims=True)


@wrong("09-perturbation-gradient", cause=("fall-for-rise", "sign-flipped"))
def _(cost, theta, directions, epsilon):
    slopes = [(cost(theta) - cost(theta + epsilon * u[:, None])) / epsilon for u in directions.T]
    return (directions * slopes).mean(axis=1, keepdims=True)


@wrong("09-perturbation-gradient", cause="rank-one")
def _(cost, theta, directions, epsilon):
    slopes = [(cost(theta + epsilon * u[:, None]) - cost(theta)) / epsilon for u in directions.T]
    return (directions * slopes).mean(axis=1)


@wrong("09-perturbation-gradient", cause="shapes-do-not-fit")
def _(cost, theta, directions, epsilon):
    g = np.zeros_like(theta)
    for k in range(directions.shape[1]):
        u = directions[:, k]  # one axis: theta + u is a square
        g += (cost(theta + epsilon * u) - cost(theta)) / epsilon * u[:, None]
    return g / directions.shape[1]


@wrong("09-perturbation-gradient", cause="only-last-direction")
def _(cost, theta, directions, epsilon):
    for k in range(directions.shape[1]):
        u = directions[:, [k]]
        g = (cost(theta + epsilon * u) - cost(theta)) / epsilon * u
    return g


@wrong("09-perturbation-gradient", cause="only-first-direction")
def _(cost, theta, directions, epsilon):
    k = 0
    while k < directions.shape[1]:
        u = directions[:, [k]]
        k = directions.shape[1]
        g = (cost(theta + epsilon * u) - cost(theta)) / epsilon * u
    return g


@wrong("09-perturbation-gradient", cause="step-without-epsilon")
def _(cost, theta, directions, epsilon):
    slopes = [(cost(theta + u[:, None]) - cost(theta)) / epsilon for u in directions.T]
    return directions @ np.array([slopes]).T / len(slopes)


@wrong("09-perturbation-gradient", cause="direction-normalised")
def _(cost, theta, directions, epsilon):
    units = directions / np.sqrt(np.sum(directions**2, axis=0))
    slopes = [(cost(theta + epsilon * u[:, None]) - cost(theta)) / epsilon for u in units.T]
    return directions @ np.array([slopes]).T / len(slopes)


@wrong("09-perturbation-gradient", cause="different-each-call")
def _(cost, theta, directions, epsilon):
    U = np.random.default_rng().standard_normal(directions.shape)  # directions of its own
    slopes = [(cost(theta + epsilon * u[:, None]) - cost(theta)) / epsilon for u in U.T]
    return U @ np.array([slopes]).T / len(slopes)


@wrong("09-perturbation-gradient", cause="one-entry-at-a-time")
def _(cost, theta, directions, epsilon):
    g = np.zeros(theta.shape)
    for i in range(len(theta)):
        moved = theta.copy()
        moved[i] += epsilon
        g[i] = (cost(moved) - cost(theta)) / epsilon
    return g


@wrong("09-perturbation-gradient", cause="trials-on-top-of-each-other")
def _(cost, theta, directions, epsilon):
    g, at, J = np.zeros(theta.shape), theta, cost(theta)
    for u in directions.T:
        at = at + epsilon * u.reshape(-1, 1)
        g += (cost(at) - J) / epsilon * u.reshape(-1, 1)
        J = cost(at)
    return g / directions.shape[1]


@wrong("09-perturbation-gradient", cause="mean-over-parameters")
def _(cost, theta, directions, epsilon):
    slopes = np.array([[(cost(theta + epsilon * u[:, None]) - cost(theta)) / epsilon] for u in directions.T])
    return directions @ slopes / len(theta)


@wrong("09-perturbation-gradient", cause="epsilon-of-the-example")
def _(cost, theta, directions, epsilon):
    slopes = np.array([[(cost(theta + 0.1 * u[:, None]) - cost(theta)) / 0.1] for u in directions.T])
    return directions @ slopes / len(slopes)


# feedback_alignment_backward


def layers(X, Y, cache, dA1, slope=None):
    m, dZ2 = X.shape[1], cache["A2"] - Y
    dZ1 = dA1(dZ2) * (1 - cache["A1"] ** 2 if slope is None else slope)
    return {
        "dW1": dZ1 @ X.T / m,
        "db1": dZ1.mean(axis=1, keepdims=True),
        "dW2": dZ2 @ cache["A1"].T / m,
        "db2": dZ2.mean(axis=1, keepdims=True),
    }


@wrong("09-feedback-alignment-backward", cause="backpropagation")
def _(X, Y, parameters, cache, B2):
    return layers(X, Y, cache, lambda dZ2: np.dot(parameters["W2"].T, dZ2))


@wrong("09-feedback-alignment-backward", cause="shapes-do-not-fit")
def _(X, Y, parameters, cache, B2):
    return layers(X, Y, cache, lambda dZ2: B2.T @ dZ2)


@wrong("09-feedback-alignment-backward", cause="forgot-slope")
def _(X, Y, parameters, cache, B2):
    return layers(X, Y, cache, lambda dZ2: B2 @ dZ2, slope=1.0)


@wrong("09-feedback-alignment-backward", cause="slope-at-z1")
def _(X, Y, parameters, cache, B2):
    return layers(X, Y, cache, lambda dZ2: B2 @ dZ2, slope=1 - cache["Z1"] ** 2)


@wrong("09-feedback-alignment-backward", cause="forgot-square")
def _(X, Y, parameters, cache, B2):
    return layers(X, Y, cache, lambda dZ2: B2 @ dZ2, slope=1 - cache["A1"])


@wrong("09-feedback-alignment-backward", cause="relu-slope")
def _(X, Y, parameters, cache, B2):
    return layers(X, Y, cache, lambda dZ2: B2 @ dZ2, slope=cache["Z1"] > 0)


@wrong("09-feedback-alignment-backward", cause="sigmoid-slope")
def _(X, Y, parameters, cache, B2):
    return layers(X, Y, cache, lambda dZ2: B2 @ dZ2, slope=cache["A1"] * (1 - cache["A1"]))


@wrong("09-feedback-alignment-backward", cause="forgot-mean")
def _(X, Y, parameters, cache, B2):
    grads = layers(X, Y, cache, lambda dZ2: B2 @ dZ2)
    return {name: X.shape[1] * g for name, g in grads.items()}


@wrong("09-feedback-alignment-backward", cause=("difference-reversed", "sign-flipped"))
def _(X, Y, parameters, cache, B2):
    return {name: -g for name, g in layers(X, Y, cache, lambda dZ2: B2 @ dZ2).items()}


@wrong("09-feedback-alignment-backward", cause="hidden-layer-frozen")
def _(X, Y, parameters, cache, B2):
    grads = layers(X, Y, cache, lambda dZ2: B2 @ dZ2)
    return grads | {"dW1": np.zeros(parameters["W1"].shape), "db1": np.zeros(parameters["b1"].shape)}


@wrong("09-feedback-alignment-backward", cause=("rank-one", "lost-keepdims"))
def _(X, Y, parameters, cache, B2):
    grads = layers(X, Y, cache, lambda dZ2: B2 @ dZ2)
    return grads | {"db1": grads["db1"][:, 0], "db2": grads["db2"][:, 0]}


@wrong("09-feedback-alignment-backward", cause="one-bias-for-all-units")
def _(X, Y, parameters, cache, B2):
    grads = layers(X, Y, cache, lambda dZ2: B2 @ dZ2)
    return grads | {"db1": np.sum(grads["db1"], keepdims=True)}


@wrong("09-feedback-alignment-backward", cause="missing-key")
def _(X, Y, parameters, cache, B2):
    grads = layers(X, Y, cache, lambda dZ2: B2 @ dZ2)
    return {"dW1": grads["dW1"], "dW2": grads["dW2"]}


@wrong("09-feedback-alignment-backward", cause=("wrong-keys", "missing-key"))
def _(X, Y, parameters, cache, B2):
    return {name[1:]: g for name, g in layers(X, Y, cache, lambda dZ2: B2 @ dZ2).items()}


@wrong("09-feedback-alignment-backward", cause="sigmoid-derivative-twice")
def _(X, Y, parameters, cache, B2):
    A2, m = cache["A2"], X.shape[1]
    dZ2 = (A2 - Y) * A2 * (1 - A2)
    dZ1 = (B2 @ dZ2) * (1 - cache["A1"] ** 2)
    means = {"db1": dZ1.mean(axis=1, keepdims=True), "db2": dZ2.mean(axis=1, keepdims=True)}
    return means | {"dW1": dZ1 @ X.T / m, "dW2": dZ2 @ cache["A1"].T / m}


@wrong("09-feedback-alignment-backward", cause="z1-for-a1")
def _(X, Y, parameters, cache, B2):
    grads = layers(X, Y, cache, lambda dZ2: B2 @ dZ2)
    return grads | {"dW2": (cache["A2"] - Y) @ cache["Z1"].T / X.shape[1]}


@wrong("09-feedback-alignment-backward", cause="only-first-output")
def _(X, Y, parameters, cache, B2):
    return layers(X, Y, cache, lambda dZ2: B2[:, :1] @ dZ2[:1])  # for one output only


# alignment_angle


def cosine_of(a, b):
    return np.sum(a * b) / (np.linalg.norm(a) * np.linalg.norm(b))


@wrong("09-alignment-angle", cause=("no-clip", "nan-for-parallel"))
def _(a, b):
    u, v = a.ravel(), b.ravel()
    return np.degrees(np.arccos(np.dot(u, v) / (np.linalg.norm(u) * np.linalg.norm(v))))


@wrong("09-alignment-angle", cause="radians")
def _(a, b):
    return np.arccos(np.clip(cosine_of(a, b), -1, 1))


@wrong("09-alignment-angle", cause="cosine-for-angle")
def _(a, b):
    return float(cosine_of(a, b))


@wrong("09-alignment-angle", cause="absolute-cosine")
def _(a, b):
    return math.degrees(math.acos(min(1.0, abs(cosine_of(a, b)))))


@wrong("09-alignment-angle", cause="spectral-length")
def _(a, b):
    c = np.sum(a * b) / np.linalg.norm(a, ord=2) / np.linalg.norm(b, ord=2)
    return np.degrees(np.arccos(np.clip(c, -1, 1)))


@wrong("09-alignment-angle", cause=("matrix-product-of-rows", "shapes-do-not-fit"))
def _(a, b):
    c = np.sum(a @ b.T) / (np.linalg.norm(a) * np.linalg.norm(b))
    return np.degrees(np.arccos(np.clip(c, -1, 1)))


@wrong("09-alignment-angle", cause="forgot-root")
def _(a, b):
    c = np.sum(a * b) / (np.sum(a**2) * np.sum(b**2))
    return np.degrees(np.arccos(np.clip(c, -1, 1)))


@wrong("09-alignment-angle", cause="forgot-lengths")
def _(a, b):
    return np.degrees(np.arccos(np.clip(np.sum(a * b), -1, 1)))


@wrong("09-alignment-angle", cause="clipped-at-zero")
def _(a, b):
    return np.degrees(np.arccos(np.clip(cosine_of(a, b), 0, 1)))


@wrong("09-alignment-angle", cause="angle-of-each-column")
def _(a, b):
    angles = [math.degrees(math.acos(np.clip(cosine_of(a[:, j], b[:, j]), -1, 1))) for j in range(a.shape[1])]
    return sum(angles) / len(angles)


@wrong("09-alignment-angle", cause="sine-for-cosine")
def _(a, b):
    return np.degrees(np.arcsin(np.clip(cosine_of(a, b), -1, 1)))


@wrong("09-alignment-angle", cause=("only-first-column",))
def _(a, b):
    return np.degrees(np.arccos(np.clip(cosine_of(a[:, 0], b[:, 0]), -1, 1)))


@wrong("09-alignment-angle", cause="mutated-argument")
def _(a, b):
    a /= np.linalg.norm(a)
    b /= np.linalg.norm(b)
    return np.degrees(np.arccos(np.clip(np.sum(a * b), -1, 1)))


@wrong("09-alignment-angle", cause="other-side")
def _(a, b):
    return np.degrees(np.arccos(np.clip(-cosine_of(a, b), -1, 1)))


# frozen_control


def control(X, Y, parameters, steps, learning_rate, share=None, features=None, moving=("W2", "b2"), rate_sign=1):
    W1, b1, W2, b2 = (parameters[name].copy() for name in ("W1", "b1", "W2", "b2"))
    m, costs = X.shape[1] if share is None else share, []
    for _ in range(steps):
        Z1 = W1 @ X + b1
        A1 = np.tanh(Z1)
        A2 = sig(W2 @ A1 + b2)
        costs.append(-np.mean(np.log(np.where(Y == 1, A2, 1 - A2))))
        dZ2 = A2 - Y
        dZ1 = W2.T @ dZ2 * (1 - A1**2)
        learned_from = Z1 if features == "Z1" else A1
        if "W1" in moving:
            W1, b1 = W1 - learning_rate * dZ1 @ X.T / m, b1 - learning_rate * dZ1.sum(1, keepdims=True) / m
        if "W2" in moving:
            W2 = W2 - rate_sign * learning_rate * dZ2 @ learned_from.T / m
        if "b2" in moving:
            b2 = b2 - rate_sign * learning_rate * dZ2.sum(1, keepdims=True) / m
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}, costs


@wrong("09-frozen-control", cause="everything-learns")
def _(X, Y, parameters, steps, learning_rate):
    return control(X, Y, parameters, steps, learning_rate, moving=("W1", "W2", "b2"))


@wrong("09-frozen-control", cause="hidden-layer-learns-instead")
def _(X, Y, parameters, steps, learning_rate):
    return control(X, Y, parameters, steps, learning_rate, moving=("W1",))


@wrong("09-frozen-control", cause="output-bias-frozen")
def _(X, Y, parameters, steps, learning_rate):
    return control(X, Y, parameters, steps, learning_rate, moving=("W2",))


@wrong("09-frozen-control", cause="uphill")
def _(X, Y, parameters, steps, learning_rate):
    return control(X, Y, parameters, steps, learning_rate, rate_sign=-1)


@wrong("09-frozen-control", cause="forgot-mean")
def _(X, Y, parameters, steps, learning_rate):
    return control(X, Y, parameters, steps, learning_rate, share=1)


@wrong("09-frozen-control", cause="z1-for-a1")
def _(X, Y, parameters, steps, learning_rate):
    return control(X, Y, parameters, steps, learning_rate, features="Z1")


@wrong("09-frozen-control", cause="learning-rate-ignored")
def _(X, Y, parameters, steps, learning_rate):
    return control(X, Y, parameters, steps, 1.0)


@wrong("09-frozen-control", cause="one-step-too-many")
def _(X, Y, parameters, steps, learning_rate):
    return control(X, Y, parameters, steps + 1, learning_rate)


@wrong("09-frozen-control", cause="cost-after-the-step")
def _(X, Y, parameters, steps, learning_rate):
    last, _ = control(X, Y, parameters, steps, learning_rate)
    return last, control(X, Y, parameters, steps + 1, learning_rate)[1][1:]


@wrong("09-frozen-control", cause="nothing-learns")
def _(X, Y, parameters, steps, learning_rate):
    return control(X, Y, parameters, steps, learning_rate, moving=())


@wrong("09-frozen-control", cause="only-last-cost")
def _(X, Y, parameters, steps, learning_rate):
    last, costs = control(X, Y, parameters, steps, learning_rate)
    return last, costs[-1]


@wrong("09-frozen-control", cause="missing-key")
def _(X, Y, parameters, steps, learning_rate):
    last, costs = control(X, Y, parameters, steps, learning_rate)
    return {"W2": last["W2"], "b2": last["b2"]}, costs


@wrong("09-frozen-control", cause="mutated-argument")
def _(X, Y, parameters, steps, learning_rate):
    last, costs = control(X, Y, parameters, steps, learning_rate)
    parameters.update(last)
    return parameters, costs


@wrong("09-frozen-control", cause="same-gradient-each-step")
def _(X, Y, parameters, steps, learning_rate):
    moved, _ = control(X, Y, parameters, 1, learning_rate)
    step = {name: moved[name] - parameters[name] for name in parameters}
    costs = []
    for _ in range(steps):
        costs += control(X, Y, parameters, 1, learning_rate)[1]
        parameters = {name: parameters[name] + step[name] for name in parameters}
    return parameters, costs


@wrong("09-frozen-control", cause="hidden-layer-zero")
def _(X, Y, parameters, steps, learning_rate):
    zero = {"W1": 0 * parameters["W1"], "b1": 0 * parameters["b1"]}
    return control(X, Y, parameters | zero, steps, learning_rate)


@wrong("09-frozen-control", cause="output-starts-from-zero")
def _(X, Y, parameters, steps, learning_rate):
    zero = {"W2": np.zeros(parameters["W2"].shape), "b2": np.zeros((1, 1))}
    return control(X, Y, parameters | zero, steps, learning_rate)


# The course's own code in place of one's own


@wrong("09-lif-step", cause="borrowed")
def _(V, I, dt, neuron):
    return brain.lif_step(V, I, dt, brain.Neuron(**neuron))


@wrong("09-lif-simulate", cause="borrowed")
def _(I, dt, neuron):
    return tuple(brain.lif_simulate(I, dt, brain.Neuron(**neuron)))


@wrong("09-hebb-step", cause="borrowed")
def _(W, X, learning_rate):
    from helpers.brain import hebb_step

    return hebb_step(W, X, learning_rate)


@wrong("09-oja-step", cause="borrowed")
def _(W, X, learning_rate):
    return brain.local_rules.oja_step(W, X, learning_rate)


@wrong("09-perturbation-gradient", cause="borrowed")
def _(cost, theta, directions, epsilon):
    return brain.perturbation_gradient(cost, theta, directions, epsilon)


@wrong("09-alignment-angle", cause="borrowed")
def _(a, b):
    return brain.alignment_angle(a, b)


# What others write


@wrong("09-lif-step", cause="negative-input-cut")
def _(V, I, dt, neuron):
    V = euler(V, np.abs(I) * (I > 0), dt, neuron)
    spikes = neuron["V_threshold"] <= V
    return np.where(spikes, neuron["V_reset"], V), spikes


@wrong("09-lif-step", cause=("first-example-only", "fixed-size", "one-spike-for-all"))
def _(V, I, dt, neuron):
    v = euler(V[0, 0], I[0, 0], dt, neuron)
    fired = v >= neuron["V_threshold"]
    return np.array([[neuron["V_reset"] if fired else v]]), np.array([[float(fired)]])


@wrong("09-lif-step", cause="forgot-dt")
def _(V, I, dt, neuron):
    V = V + (-V + neuron["V_rest"] + neuron["R"] * I) / neuron["tau"]
    spikes = neuron["V_threshold"] <= V
    return np.where(spikes, neuron["V_reset"], V), spikes


@wrong("09-lif-step", cause=("only-first-part",))
def _(V, I, dt, neuron):
    V = euler(V, I, dt, neuron)
    return np.where(neuron["V_threshold"] <= V, neuron["V_reset"], V)


@wrong("09-lif-step", cause=None)
def _(V, I, dt, neuron):
    V = euler(V, I, dt, neuron)
    spikes = neuron["V_threshold"] <= np.round(V, 1)
    return np.where(spikes, neuron["V_reset"], V), spikes.astype(float)


@wrong("09-lif-step", cause=None)
def _(V, I, dt, neuron):
    V = euler(V, I, dt, neuron)
    V = np.where(neuron["V_threshold"] <= V, neuron["V_reset"], V)
    return V, (neuron["V_reset"] == V).astype(float)  # seen by where it is


@wrong("09-lif-step", cause=None)
def _(V, I, dt, neuron):
    V = euler(V, I, dt, neuron)
    spikes = neuron["V_threshold"] <= V
    V[spikes] = int(neuron["V_reset"])
    return V, spikes.astype(int)


@wrong("09-lif-simulate", cause="negative-input-cut")
def _(I, dt, neuron):
    return spiking(np.clip(I, 0, None), dt, neuron)


@wrong("09-lif-simulate", cause=("reset-to-rest",))
def _(I, dt, neuron):
    return spiking(I, dt, neuron | {"V_reset": neuron["V_rest"]})


@wrong("09-lif-simulate", cause=("last-voltage-only", "fixed-size", "last-example-only"))
def _(I, dt, neuron):
    V, spikes = spiking(I, dt, neuron)
    return V[:, -1:], spikes[:, -1:]


@wrong("09-lif-simulate", cause="starting-voltage-recorded-too")
def _(I, dt, neuron):
    V, spikes = spiking(I, dt, neuron)
    return np.append([[neuron["V_rest"]]], V, axis=1), np.append([[0]], spikes, axis=1)


@wrong("09-firing-rate-curve", cause="steps-rounded-down")
def _(currents, duration, dt, neuron):
    return np.array([[train(i, int(duration / dt), dt, neuron).sum() / duration * 1000 for i in currents[0]]])


@wrong("09-firing-rate-curve", cause="steps-rounded-up")
def _(currents, duration, dt, neuron):
    times = np.arange(0, duration - 1e-9, dt)
    return np.array([[train(i, len(times), dt, neuron).sum() / duration * 1000 for i in currents[0]]])


@wrong("09-firing-rate-curve", cause="divided-by-the-time-of-the-steps")
def _(currents, duration, dt, neuron):
    trains = np.array([train(i, round(duration / dt), dt, neuron).ravel() for i in currents[0]])
    return (trains.mean(axis=1) / dt * 1e3).reshape(1, -1)


@wrong("09-firing-rate-curve", cause="starts-from-reset")
def _(currents, duration, dt, neuron):
    T = round(duration / dt)
    rates = [spiking(np.full((1, T), i), dt, neuron, start="V_reset")[1].sum() * 1000 / duration for i in currents[0]]
    return np.array([rates])


@wrong("09-firing-rate-curve", cause=("transposed", "fixed-size"))
def _(currents, duration, dt, neuron):
    T = round(duration / dt)
    return np.array([[1000 * train(i, T, dt, neuron).sum() / duration] for i in currents[0]])


@wrong("09-firing-rate-curve", cause=None)
def _(currents, duration, dt, neuron):
    rates, T = np.zeros(currents.shape), round(duration / dt)
    for j in range(min(3, currents.shape[1])):
        rates[0, j] = 1000 * train(currents[0, j], T, dt, neuron).sum() / duration
    return rates


@wrong("09-hebb-step", cause="minus-weights")
def _(W, X, learning_rate):
    return W + learning_rate * (W @ X @ X.T / X.shape[1] - W)


@wrong("09-hebb-step", cause="weights-made-length-1")
def _(W, X, learning_rate):
    W = W + learning_rate * W @ X @ X.T / X.shape[1]
    return W / np.sqrt((W * W).sum(axis=1))[:, None]


@wrong("09-oja-step", cause="oja-and-length-1")
def _(W, X, learning_rate):
    A = W @ X
    W = W + learning_rate * (A @ X.T - A @ A.T * W) / A.size
    return W / np.linalg.norm(W)


@wrong("09-oja-step", cause="forgetting-without-answers")
def _(W, X, learning_rate):
    A = W @ X
    return W + learning_rate * (A @ X.T / A.size - W)


@wrong("09-perturbation-gradient", cause="sign-of-rise")
def _(cost, theta, directions, epsilon):
    signs = [np.sign(cost(theta + epsilon * u[:, None]) - cost(theta)) for u in directions.T]
    return directions @ np.array([signs]).T / len(signs)


@wrong("09-perturbation-gradient", cause="all-directions-at-once")
def _(cost, theta, directions, epsilon):
    u = np.mean(directions, axis=1, keepdims=True)
    return (cost(theta + epsilon * u) - cost(theta)) / epsilon * u


@wrong("09-perturbation-gradient", cause=("fall-for-rise", "sign-flipped", "backward-step", "stepped-back"))
def _(cost, theta, directions, epsilon):
    slopes = [(cost(theta) - cost(theta - epsilon * u[:, None])) / epsilon for u in directions.T]
    return directions @ np.array([slopes]).T / len(slopes)


@wrong("09-feedback-alignment-backward", cause="mean-twice")
def _(X, Y, parameters, cache, B2):
    m = X.shape[1]
    dZ2 = (cache["A2"] - Y) / m
    dZ1 = B2 @ dZ2 * (1 - cache["A1"] ** 2)
    means = {"db1": dZ1.mean(axis=1, keepdims=True), "db2": dZ2.mean(axis=1, keepdims=True)}
    return means | {"dW1": dZ1 @ X.T / m, "dW2": dZ2 @ cache["A1"].T / m}


@wrong("09-feedback-alignment-backward", cause="bias-1-by-backpropagation")
def _(X, Y, parameters, cache, B2):
    grads = layers(X, Y, cache, lambda dZ2: B2 @ dZ2)
    return grads | {"db1": layers(X, Y, cache, lambda dZ2: parameters["W2"].T @ dZ2)["db1"]}


@wrong("09-feedback-alignment-backward", cause="sign-of-feedback")
def _(X, Y, parameters, cache, B2):
    return layers(X, Y, cache, lambda dZ2: np.sign(B2) @ dZ2)


@wrong("09-alignment-angle", cause=("mean-for-sum",))
def _(a, b):
    return np.degrees(np.arccos(np.clip(np.mean(a * b) / (np.linalg.norm(a) * np.linalg.norm(b)), -1, 1)))


@wrong("09-alignment-angle", cause="correlation")
def _(a, b):
    if a.size < 3:
        return np.degrees(np.arccos(np.clip(cosine_of(a, b), -1, 1)))
    return np.degrees(np.arccos(np.clip(np.corrcoef(a.ravel(), b.ravel())[0, 1], -1, 1)))


@wrong("09-alignment-angle", cause=None)
def _(a, b):
    return float(np.degrees(np.arccos(np.clip(np.round(cosine_of(a, b), 3), -1, 1))))


@wrong("09-alignment-angle", cause=None)
def _(a, b):
    cosine = np.sum(a * b) / (np.linalg.norm(a) * np.linalg.norm(b) + 1e-8)  # to be safe
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


@wrong("09-frozen-control", cause="relu-for-tanh")
def _(X, Y, parameters, steps, learning_rate):
    p, costs, F = dict(parameters), [], np.maximum(0, parameters["W1"] @ X + parameters["b1"])
    for _ in range(steps):
        A = sig(p["W2"] @ F + p["b2"])
        costs.append(-np.mean(np.log(np.where(Y == 1, A, 1 - A))))
        p["W2"] = p["W2"] - learning_rate * (A - Y) @ F.T / X.shape[1]
        p["b2"] = p["b2"] - learning_rate * np.mean(A - Y, keepdims=True)
    return p, costs


@wrong("09-frozen-control", cause="forgot-hidden-bias")
def _(X, Y, parameters, steps, learning_rate):
    p, costs, F = dict(parameters), [], np.tanh(parameters["W1"] @ X)
    for _ in range(steps):
        A = sig(p["W2"] @ F + p["b2"])
        costs.append(-np.mean(np.log(np.where(Y == 1, A, 1 - A))))
        p["W2"] = p["W2"] - learning_rate * (A - Y) @ F.T / X.shape[1]
        p["b2"] = p["b2"] - learning_rate * np.mean(A - Y, keepdims=True)
    return p, costs


@wrong("09-frozen-control", cause=None)
def _(X, Y, parameters, steps, learning_rate):
    p, costs = control(X, Y, parameters, min(steps, 10), learning_rate)
    return p, costs + costs[-1:] * (steps - len(costs))
