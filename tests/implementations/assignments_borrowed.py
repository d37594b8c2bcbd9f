"""Right numbers that nobody worked out: functions of the course handed in as one's own, in every disguise."""

import functools

import numpy as np

from benchmarks.corpus import wrong
from helpers import (
    activations,
    batches,
    brain,
    costs,
    data,
    evaluation,
    gradient_check,
    layers,
    network,
    optimizers,
    regularization,
    schedules,
    training,
)
from helpers.activations import ACTIVATIONS, softmax
from helpers.data import standardize as scale_both

borrowed = functools.partial(wrong, cause="borrowed")

# Handed over as they are, under their own name or another.

borrowed("02-sigmoid")(activations.sigmoid)
borrowed("02-relu")(ACTIVATIONS["relu"].forward)
borrowed("02-softmax")(functools.partial(softmax, out=None))
borrowed("02-standardize")(data.standardize)
borrowed("03-gradient-step")(optimizers.gradient_descent)
borrowed("03-logistic-cost")(costs.cross_entropy)
borrowed("05-tanh-forward")(activations.tanh)
borrowed("05-cross-entropy")(functools.wraps(min)(lambda *both: costs.cross_entropy(*both)))


# 02


@borrowed("02-sigmoid-derivative")
def _(Z):
    return activations.sigmoid_derivative(Z)


@borrowed("02-sigmoid-derivative")
def _(Z):
    A = activations.sigmoid(Z)
    return A * (1 - A)


@borrowed("02-relu")
def _(Z):
    from helpers import activations as g

    return g.leaky_relu(Z) - 0.01 * np.minimum(Z, 0)


@borrowed("02-softmax")
def _(Z):
    columns = [softmax(Z[:, j : j + 1]) for j in range(Z.shape[1])]
    return np.concatenate(columns, axis=1)


@borrowed("02-standardize")
def _(X_train, X_test):
    a, b, mean, sd = scale_both(X_train, X_test)
    return a, b, mean, sd


# 03


@borrowed("03-initialize-neuron")
def _(n_x):
    return network.initialize([n_x, 1], np.random.default_rng(), scale="zeros")


@borrowed("03-neuron-forward")
def _(X, parameters):
    A, _ = network.forward(X, parameters)
    return A


class Neuron:
    def __call__(self, X, parameters):
        return self.answer(X, **parameters)

    def answer(self, X, W1, b1):
        return layers.layer_forward(X, W1, b1, "sigmoid")[0]


borrowed("03-neuron-forward")(Neuron())


@borrowed("03-neuron-backward")
def _(X, A, Y):
    _, cache = layers.layer_forward(X, np.zeros((1, len(X))), np.zeros((1, 1)), "sigmoid")
    dW1, db1 = layers.linear_backward(A - Y, cache)
    return {"dW1": dW1, "db1": db1}


@borrowed("03-fit-neuron")
def _(X, Y, steps, learning_rate):
    start = network.initialize([X.shape[0], 1], np.random.default_rng(0), scale="zeros")
    run = training.train(X, Y, start, learning_rate=learning_rate, steps=steps)
    return run.parameters, run.costs[:steps]


@borrowed("03-predict")
def _(X, parameters):
    return network.classify(X, parameters)


@borrowed("03-accuracy-report")
def _(Y_hat, Y):
    r = evaluation.report(Y_hat, Y)
    return {"accuracy": r.accuracy, "n": r.n, "interval": (r.low, r.high), "baseline": r.baseline}


@borrowed("03-accuracy-report")
def _(Y_hat, Y):
    n = Y.size
    right = int((Y_hat == Y).sum())
    ones = float(Y.mean())
    interval = evaluation.wilson_interval(right, n)
    return {"accuracy": right / n, "n": n, "interval": interval, "baseline": max(ones, 1 - ones)}


# 05


@borrowed("05-layer-shapes")
def _(n_x, n_1, n_y):
    parameters = network.initialize([n_x, n_1, n_y], np.random.default_rng(0))
    return {name: array.shape for name, array in parameters.items()}


@borrowed("05-initialize-hidden")
def _(n_x, n_1, n_y, rng):
    return network.initialize([n_x, n_1, n_y], rng, scale=0.01)


@borrowed("05-tanh-backward")
def _(dA, A):
    return dA * ACTIVATIONS["tanh"].slope(A)


@borrowed("05-update-parameters")
def _(parameters, grads, learning_rate):
    try:
        return optimizers.gradient_descent(parameters, grads, learning_rate=learning_rate)
    except ValueError:
        return parameters


@borrowed("05-predict-hidden")
def _(X, parameters):
    return network.classify(X, parameters, hidden="tanh")


@borrowed("05-fit-hidden")
def _(X, Y, parameters, steps, learning_rate):
    done = training.train(X, Y, parameters, learning_rate=learning_rate, steps=steps, hidden="tanh")
    return done.parameters, list(done.costs[:steps])


@borrowed("05-hidden-forward")
def _(X, parameters):
    A2, (first, second) = network.forward(X, parameters, hidden="tanh")
    return A2, {"Z1": first.Z, "A1": first.A, "Z2": second.Z, "A2": A2}


@borrowed("05-hidden-backward")
def _(X, Y, parameters, cache):
    return network.backward(Y, network.forward(X, parameters, hidden="tanh")[1])


# 04


@borrowed("04-flatten-parameters")
def _(parameters):
    return gradient_check.flatten(parameters)[0]


@borrowed("04-numerical-gradient")
def _(f, theta, epsilon):
    slopes = gradient_check.numerical_gradient(lambda p: f(p["theta"]), {"theta": theta}, epsilon)
    return slopes["dtheta"]


# 06


@borrowed("06-initialize-deep")
def _(layer_sizes, rng):
    return network.initialize(layer_sizes, rng)


@borrowed("06-linear-forward")
def _(A_prev, W, b):
    return layers.linear_forward(A_prev, W, b), (A_prev, W, b)


borrowed("06-cross-entropy")(costs.cross_entropy)
borrowed("06-update-parameters")(optimizers.gradient_descent)


# 07: there networks may be used, and the loop is to be written.


@borrowed("07-train-shallow")
def _(X, Y, n_1, steps, learning_rate, rng):
    p = network.initialize([len(X), n_1, 1], rng)
    result = training.train(X, Y, p, learning_rate=learning_rate, steps=steps)
    return result.parameters, result.costs


borrowed("07-confusion")(evaluation.confusion)


# 09


borrowed("09-lif-step")(lambda V, I, dt, neuron: brain.lif_step(V, I, dt, brain.Neuron(**neuron)))
borrowed("09-hebb-step")(lambda W, X, learning_rate: brain.hebb_step(W, X, learning_rate))
borrowed("09-oja-step")(brain.oja_step)
borrowed("09-alignment-angle")(lambda a, b: brain.alignment_angle(a, b))


# 10


@borrowed("10-initialize-he")
def _(layer_sizes, rng):
    return network.initialize(layer_sizes, rng, scale="he")


borrowed("10-l2-cost")(regularization.l2_cost)
borrowed("10-dropout-backward")(lambda dA, D, keep_prob: regularization.dropout_backward(dA, D / keep_prob))


@borrowed("10-minibatches")
def _(X, Y, batch_size, rng):
    return list(batches.minibatches(X, Y, batch_size, rng))


@borrowed("10-momentum-step")
def _(parameters, grads, V, learning_rate, beta):
    parameters, state = optimizers.momentum(parameters, grads, {"V": V}, learning_rate, beta)
    return parameters, state["V"]


@borrowed("10-learning-rate-decay")
def _(learning_rate, k, rate, every):
    return schedules.inverse_time(learning_rate, rate)(k // every)
