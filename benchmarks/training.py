"""One training step side by side: ours, PyTorch eager, scikit-learn, textbook NumPy and the bare matrix products.

A step is forward pass, cost as a float, backward pass and update, on the same network, data and dtype, with every
library free to use all cores. The bare products are those that no step can do without: W A for each layer forward, and
for each layer dZ Aᵀ and (but for the first) Wᵀ dZ backward, into arrays that are there already.

The second table has the ways to train that lesson 10 adds, ours beside PyTorch alone: its optimizers, and L2 with
dropout. PyTorch's weight decay adds nothing to the cost, where ours adds the penalty.
"""

import sys
import warnings
from collections.abc import Callable

import numpy as np
import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from benchmarks import common
from helpers import network, optimizers, training

NETWORKS = {  # layer sizes, number of examples
    "[12288,20,7,5,1] m=209": ([12288, 20, 7, 5, 1], 209),
    "[64,64,32,10] m=64": ([64, 64, 32, 10], 64),
    "[784,256,128,10] m=128": ([784, 256, 128, 10], 128),
    "[2,4,1] m=400": ([2, 4, 1], 400),
}
TORCH_AT_LEAST = {"[64,64,32,10] m=64": 3.0, "[2,4,1] m=400": 3.0}
BARE_AT_MOST = {"[12288,20,7,5,1] m=209": 1.15, "[784,256,128,10] m=128": 1.35}
WAYS = ("momentum", "rmsprop", "adam", "L2 and dropout")
TRAINED_WELL = ("[64,64,32,10] m=64", "[784,256,128,10] m=128")
L2, KEEP_PROB = 0.1, 0.8
LEARNING_RATE = 1e-4  # small, so that the network stays far from fitting noise: vanishing numbers are slow numbers


def problem(sizes: list[int], m: int, dtype: type) -> tuple[np.ndarray, np.ndarray, network.Parameters]:
    rng = np.random.default_rng(0)
    X = rng.standard_normal((sizes[0], m)).astype(dtype)
    classes = rng.integers(0, max(2, sizes[-1]), m)
    Y = classes[None, :] if sizes[-1] == 1 else np.eye(sizes[-1])[:, classes]
    return X, Y.astype(dtype), network.initialize(sizes, rng, dtype=dtype)


def ours(X: np.ndarray, Y: np.ndarray, parameters: network.Parameters, way: str = "plain") -> Callable[[], float]:
    rule = optimizers.OPTIMIZERS[way if way in optimizers.OPTIMIZERS else "gradient_descent"]
    regularized = {"l2": L2, "m": X.shape[1], "keep_prob": KEEP_PROB, "rng": np.random.default_rng(0)}
    step = training.Step(
        parameters,
        LEARNING_RATE,
        "relu",
        "sigmoid" if len(Y) == 1 else "softmax",
        rule,
        **(regularized if way == "L2 and dropout" else {}),
    )
    return lambda: step(X, Y)


def pytorch(X: np.ndarray, Y: np.ndarray, parameters: network.Parameters, way: str = "plain") -> Callable[[], float]:
    inputs = torch.from_numpy(np.ascontiguousarray(X.T))
    modules = []
    for l in range(1, len(parameters) // 2 + 1):
        n, n_prev = parameters[f"W{l}"].shape
        linear = torch.nn.Linear(n_prev, n, dtype=inputs.dtype)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(parameters[f"W{l}"]))
            linear.bias.zero_()
        modules += [linear, torch.nn.ReLU()]
        if way == "L2 and dropout":
            modules.append(torch.nn.Dropout(1 - KEEP_PROB))
    model = torch.nn.Sequential(*modules[: modules.index(linear) + 1])
    if len(Y) == 1:
        cost, labels = torch.nn.BCEWithLogitsLoss(), torch.from_numpy(np.ascontiguousarray(Y.T))
    else:
        cost, labels = torch.nn.CrossEntropyLoss(), torch.from_numpy(Y.argmax(axis=0))
    optimizer = _torch_optimizer(model, way, X.shape[1])

    def step() -> float:
        optimizer.zero_grad()
        J = cost(model(inputs), labels)
        J.backward()
        optimizer.step()
        return J.item()

    return step


def _torch_optimizer(model: torch.nn.Module, way: str, m: int) -> torch.optim.Optimizer:
    if way == "adam":
        return torch.optim.Adam(model.parameters(), LEARNING_RATE)
    if way == "rmsprop":
        return torch.optim.RMSprop(model.parameters(), LEARNING_RATE)
    if way == "momentum":
        return torch.optim.SGD(model.parameters(), LEARNING_RATE * (1 - 0.9), momentum=0.9)
    if way == "plain":
        return torch.optim.SGD(model.parameters(), LEARNING_RATE)
    weights = [p for name, p in model.named_parameters() if name.endswith("weight")]
    biases = [p for name, p in model.named_parameters() if name.endswith("bias")]
    return torch.optim.SGD([{"params": weights, "weight_decay": L2 / m}, {"params": biases}], LEARNING_RATE)


def scikit_learn(X: np.ndarray, Y: np.ndarray, parameters: network.Parameters) -> Callable[[], object]:
    hidden = [parameters[f"W{l}"].shape[0] for l in range(1, len(parameters) // 2)]
    model = MLPClassifier(
        hidden,
        solver="sgd",
        alpha=0,
        momentum=0,
        batch_size=X.shape[1],
        learning_rate_init=LEARNING_RATE,
        shuffle=False,
    )
    rows = np.ascontiguousarray(X.T)
    labels = Y.ravel().astype(int) if len(Y) == 1 else Y.argmax(axis=0)
    return lambda: model.partial_fit(rows, labels, classes=np.arange(max(2, len(Y))))


def textbook(X: np.ndarray, Y: np.ndarray, parameters: network.Parameters) -> Callable[[], float]:
    """The formulas as one writes them first: a new array for every result."""
    p, L, m = dict(parameters), len(parameters) // 2, X.shape[1]

    def step() -> float:
        A, Z = {0: X}, {}
        for l in range(1, L + 1):
            Z[l] = np.dot(p[f"W{l}"], A[l - 1]) + p[f"b{l}"]
            A[l] = np.maximum(0, Z[l])
        if len(Y) == 1:
            A[L] = 1 / (1 + np.exp(-Z[L]))
            J = -np.mean(Y * np.log(A[L]) + (1 - Y) * np.log(1 - A[L]))
        else:
            e = np.exp(Z[L] - np.max(Z[L], axis=0))
            A[L] = e / np.sum(e, axis=0)
            J = -np.sum(Y * np.log(A[L])) / m
        dZ = A[L] - Y
        for l in range(L, 0, -1):
            dW, db = np.dot(dZ, A[l - 1].T) / m, np.sum(dZ, axis=1, keepdims=True) / m
            if l > 1:
                dZ = np.dot(p[f"W{l}"].T, dZ) * (Z[l - 1] > 0)
            p[f"W{l}"], p[f"b{l}"] = p[f"W{l}"] - LEARNING_RATE * dW, p[f"b{l}"] - LEARNING_RATE * db
        return float(J)

    return step


def bare_products(X: np.ndarray, Y: np.ndarray, parameters: network.Parameters) -> Callable[[], None]:
    L, m = len(parameters) // 2, X.shape[1]
    W = {l: parameters[f"W{l}"] for l in range(1, L + 1)}
    A = {0: X} | {l: np.ones((len(W[l]), m), X.dtype) for l in W}
    Z = {l: np.empty_like(A[l]) for l in W}
    dW = {l: np.empty_like(W[l]) for l in W}

    def products() -> None:
        for l in W:
            np.matmul(W[l], A[l - 1], out=Z[l])
        for l in reversed(W):
            np.matmul(A[l], A[l - 1].T, out=dW[l])
            if l > 1:
                np.matmul(W[l].T, A[l], out=Z[l - 1])

    return products


CONTENDERS = {
    "ours": ours,
    "PyTorch": pytorch,
    "scikit-learn": scikit_learn,
    "textbook": textbook,
    "products": bare_products,
}


def main() -> int:
    options = common.parser(__doc__)
    options.add_argument("--rounds", type=int, default=150, help="turns each contender takes on each network")
    args = options.parse_args()
    warnings.simplefilter("ignore", ConvergenceWarning)  # one step at a time is what is asked of it
    rows, bars, figures = [], [], {}
    for name, (sizes, m) in NETWORKS.items():
        for dtype in (np.float64, np.float32):
            X, Y, parameters = problem(sizes, m, dtype)
            steps = {who: make(X, Y, parameters) for who, make in CONTENDERS.items()}
            times = common.interleaved(steps, rounds=args.rounds)
            ratios = common.ratios(times, "ours")
            key = f"{name} {np.dtype(dtype).name}"
            figures[key] = {"microseconds": {who: 1e6 * common.median(t) for who, t in times.items()}, "ratios": ratios}
            rows.append([key, *(f"{figures[key]['microseconds'][who]:.0f}" for who in CONTENDERS)])
            rows[-1] += [f"{ratios[who]:.2f}" for who in ("PyTorch", "scikit-learn", "textbook")]
            rows[-1].append(f"{1 / ratios['products']:.2f}")
            bars.append(common.Bar(f"PyTorch / ours, {key}", ratios["PyTorch"], at_least=TORCH_AT_LEAST.get(name, 1.0)))
            if name in BARE_AT_MOST:
                bars.append(
                    common.Bar(f"ours / bare products, {key}", 1 / ratios["products"], at_most=BARE_AT_MOST[name])
                )
    headers = ["µs a step (median)", *CONTENDERS, "PyTorch/ours", "sklearn/ours", "textbook/ours", "ours/products"]
    common.print_table(headers, rows)
    rows = []
    for name in TRAINED_WELL:
        for dtype in (np.float64, np.float32):
            for way in WAYS:
                problem_here = problem(*NETWORKS[name], dtype)
                steps = {"ours": ours(*problem_here, way), "PyTorch": pytorch(*problem_here, way)}
                times = common.interleaved(steps, rounds=args.rounds)
                key = f"{way}, {name} {np.dtype(dtype).name}"
                ratio = common.ratios(times, "ours")["PyTorch"]
                medians = {who: 1e6 * common.median(t) for who, t in times.items()}
                figures[key] = {"microseconds": medians, "ratios": {"PyTorch": ratio}}
                rows.append([key, *(f"{microseconds:.0f}" for microseconds in medians.values()), f"{ratio:.2f}"])
                bars.append(common.Bar(f"PyTorch / ours, {key}", ratio, at_least=1.0))
    print()
    common.print_table(["µs a step (median)", "ours", "PyTorch", "PyTorch/ours"], rows)
    return common.finish(args, figures, bars)


if __name__ == "__main__":
    sys.exit(main())
