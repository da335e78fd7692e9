# %% [markdown]
# # A run of Atelier, made again
#
# The same images, the same split, the same first weights, the same order of batches and the same optimizer, in plain
# NumPy, in PyTorch or in Keras. Each epoch's loss is compared with the page's, and at the end the comparison is asserted.
#
# As a script: `python this_file.py numpy` (or `torch`, or `keras`). In a notebook: choose `TOOL` below and run all cells.
#
# **Pixels are scaled.** Networks of this run see what `scaled()` makes of the bytes 0…255. With raw bytes in its place
# many answers stay right, so that the mistake goes unnoticed: scale whatever you feed them.

# %%
import base64
import gzip
import json
import math
import pathlib
import sys
import urllib.request

import numpy as np

TOOL = "numpy"
if len(sys.argv) > 1 and sys.argv[1] in ("numpy", "torch", "keras"):
    TOOL = sys.argv[1]

# What the page kept of the run: what it was made from, and what came of it.
RUN = json.loads(r'''@RUN@''')
# Each layer's weights [in, out], then its bias, as 32-bit floats.
FIRST_WEIGHTS = "@WEIGHTS@"

SETTINGS = RUN["settings"]
CLASSES = RUN["classes"]

# %% [markdown]
# ## The images
#
# From the folder `data`, or fetched into it. A fingerprint tells whether they are the run's own.

# %%
SOURCES = {
    "fashion-mnist": "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
    "mnist": "https://storage.googleapis.com/cvdf-datasets/mnist/",
}


def idx(name):
    """The bytes of an IDX file, without its header."""
    path = pathlib.Path("data") / name
    if not path.exists():
        if RUN["dataSet"] not in SOURCES:
            raise SystemExit(f"Put your own {name} into the folder data.")
        path.parent.mkdir(exist_ok=True)
        urllib.request.urlretrieve(SOURCES[RUN["dataSet"]] + name, path)
    data = path.read_bytes()
    data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3])


def fnv1a(data):
    value = 0xCBF29CE484222325
    for byte in data.tobytes():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


images = idx("train-images-idx3-ubyte.gz").reshape(-1, 784)
labels = idx("train-labels-idx1-ubyte.gz")
count = np.array([len(labels)], "<u8").view(np.uint8)
identity = f"{fnv1a(np.concatenate([count, labels, images.reshape(-1)[::4099]])):016x}"
assert identity == RUN["imagesId"], "these are other images than the run's"

# %% [markdown]
# ## The split and the inputs
#
# scikit-learn's `train_test_split(range(count), test_size=…, random_state=seed)`, in NumPy's own words.

# %%
count = SETTINGS["trainingImages"] or len(labels)
held_back = math.ceil(count * SETTINGS["validationFraction"])
if held_back:
    permutation = np.random.RandomState(SETTINGS["seed"]).permutation(count)
    validation, train = permutation[:held_back], permutation[held_back:]
else:
    validation, train = np.arange(0), np.arange(count)


def scaling():
    """One factor and one summand a pixel: input = multiply · byte + add."""
    if RUN["scaling"]:
        return np.frombuffer(base64.b64decode(RUN["scaling"]), "<f4").reshape(2, 784)
    multiply, add = np.ones(784), np.zeros(784)
    if SETTINGS["pixels"] == "min-max":
        multiply /= 255
    if SETTINGS["pixels"] == "standardized":
        # From the training images alone. A pixel that never changes becomes 0.
        bytes_ = images[train].astype(np.float64)
        mean, deviation = bytes_.mean(0), bytes_.std(0)
        divisor = np.where(deviation > 0, deviation, np.inf)
        multiply, add = 1 / divisor, -mean / divisor
    return multiply.astype(np.float32), add.astype(np.float32)


MULTIPLY, ADD = scaling()


def scaled(bytes_):
    return bytes_.astype(np.float32) * MULTIPLY + ADD


inputs = scaled(images[:count])

# %% [markdown]
# ## The first weights and the order of batches
#
# The weights stand in this file. The order is drawn: a generator for each epoch, ChaCha with eight rounds, and the
# shuffle of Rust's `rand` 0.10, which takes several places from one draw where their product is below 2³².

# %%
widths = [784, *(layer["units"] for layer in SETTINGS["hidden"]), len(CLASSES)]


def first_weights():
    """Weights and biases, one after the other, as arrays of their own."""
    flat = np.frombuffer(base64.b64decode(FIRST_WEIGHTS), "<f4")
    arrays = []
    for inputs_, outputs in zip(widths, widths[1:]):
        for shape in ((inputs_, outputs), (outputs,)):
            size = math.prod(shape)
            arrays.append(flat[:size].reshape(shape).copy())
            flat = flat[size:]
    assert len(flat) == 0
    return arrays


def words(seed, count):
    """The first words of the generator's stream: ChaCha8, its key made of the seed by PCG32."""
    key, state = [], seed
    for _ in range(8):
        state = (state * 6364136223846793005 + 11634580027462260723) % 2**64
        mixed, turn = ((state >> 18 ^ state) >> 27) % 2**32, state >> 59
        key.append((mixed >> turn | mixed << 32 - turn) % 2**32)
    blocks = np.arange(-(-count // 16), dtype=np.uint64)
    constant = np.frombuffer(b"expand 32-byte k", "<u4").tolist()
    start = [np.full(len(blocks), word, np.uint32) for word in [*constant, *key]]
    start += [blocks.astype(np.uint32), (blocks >> np.uint64(32)).astype(np.uint32)]
    start += [np.zeros(len(blocks), np.uint32)] * 2
    x = [word.copy() for word in start]

    def quarter(a, b, c, d):
        for one, other, third, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            x[one] += x[other]
            x[third] ^= x[one]
            x[third] = x[third] << np.uint32(turn) | x[third] >> np.uint32(32 - turn)

    for _ in range(4):
        for i in range(4):
            quarter(i, 4 + i, 8 + i, 12 + i)
        for i in range(4):
            quarter(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4)
    return np.stack([word + first for word, first in zip(x, start)], 1).reshape(-1).tolist()


def order_of(epoch):
    """The training images in the order of an epoch, from 0 on."""
    order = train.tolist()
    # Two draws a place at most.
    stream = iter(words(epoch + 1 << 32 | SETTINGS["seed"], 2 * len(order) + 16))
    drawn = left = 0
    for place in range(1, len(order)):
        if left == 0:
            bound, left = place + 1, 1
            while bound * (place + 1 + left) < 2**32:
                bound *= place + 1 + left
                left += 1
            drawn, low = divmod(next(stream) * bound, 2**32)
            if low > 2**32 - bound:
                drawn += low + (next(stream) * bound >> 32) >= 2**32
        left -= 1
        other = drawn % (place + 1) if left else drawn
        drawn //= place + 1
        order[place], order[other] = order[other], order[place]
    return np.array(order)


def rate_of(step):
    """The learning rate of the update that follows `step` others: it may have been changed on the way."""
    return [float(rate["learningRate"]) for rate in RUN["learningRates"] if rate["step"] <= step][-1]


# %% [markdown]
# ## The optimizer
#
# Written out, for arrays of NumPy and of PyTorch alike, as Keras defines it: ε stands under the root in AdaGrad and
# RMSprop, and beside Adam's root before the bias correction. PyTorch's own optimizers place it elsewhere.

# %%
# Its constants as floats: in JSON a 0 is a whole number, which Keras does not take for one.
OPTIMIZER = {name: value if name == "kind" else float(value) for name, value in SETTINGS["optimizer"].items()}


def first_state(weights):
    start = OPTIMIZER.get("initialAccumulator", 0.0)
    return [[w * 0 + start, w * 0] for w in weights]


def update(step, weights, gradients, states):
    """One step of the optimizer, in place. `step` counts from 1."""
    kind, rate = OPTIMIZER["kind"], rate_of(step - 1)
    epsilon = OPTIMIZER.get("epsilon", 0.0)
    for w, g, (m, v) in zip(weights, gradients, states):
        if kind == "sgd":
            w -= rate * g
        elif kind == "momentum":
            m *= OPTIMIZER["momentum"]
            m -= rate * g
            w += m
        elif kind == "nesterov":
            m *= OPTIMIZER["momentum"]
            m -= rate * g
            w += OPTIMIZER["momentum"] * m - rate * g
        elif kind == "adagrad":
            m += g * g
            w -= rate * g / (m + epsilon) ** 0.5
        elif kind == "rmsprop":
            m *= OPTIMIZER["rho"]
            m += (1 - OPTIMIZER["rho"]) * (g * g)
            w -= rate * g / (m + epsilon) ** 0.5
        else:
            w -= w * (rate * OPTIMIZER.get("weightDecay", 0.0))
            one, two = OPTIMIZER["beta1"], OPTIMIZER["beta2"]
            m += (g - m) * (1 - one)
            v += (g * g - v) * (1 - two)
            w -= rate * math.sqrt(1 - two**step) / (1 - one**step) * m / (v**0.5 + epsilon)


# %% [markdown]
# ## Plain NumPy
#
# Forward, the loss, backward: each line the one that the page shows.

# %%
ACTIVATIONS = {
    "step": (lambda z: (z > 0).astype(z.dtype), lambda z, a: 0 * a),
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z, a: a * (1 - a)),
    "tanh": (np.tanh, lambda z, a: 1 - a * a),
    "relu": (lambda z: np.maximum(z, 0), lambda z, a: (z > 0).astype(z.dtype)),
    "identity": (lambda z: z, lambda z, a: a * 0 + 1),
}


def numpy_forward(weights, x):
    """What each layer was given, each weighted sum, and the outputs."""
    given, sums = [x], []
    for layer, (W, b) in enumerate(zip(weights[::2], weights[1::2])):
        sums.append(given[-1] @ W + b)
        if layer < len(SETTINGS["hidden"]):
            given.append(ACTIVATIONS[SETTINGS["hidden"][layer]["activation"]][0](sums[-1]))
    z = sums[-1]
    if SETTINGS["output"] == "softmax":
        e = np.exp(z - z.max(1, keepdims=True))
        return given, sums, e / e.sum(1, keepdims=True)
    return given, sums, ACTIVATIONS[SETTINGS["output"]][0](z)


def numpy_losses(z, outputs, y):
    """Each image's loss, from the weighted sums where a logarithm would be taken."""
    target = np.eye(len(CLASSES), dtype=z.dtype)[y]
    if SETTINGS["loss"] == "categorical-cross-entropy":
        most = z.max(1)
        return most + np.log(np.exp(z - most[:, None]).sum(1)) - z[np.arange(len(y)), y]
    if SETTINGS["loss"] == "binary-cross-entropy":
        return (np.maximum(z, 0) - target * z + np.log1p(np.exp(-abs(z)))).mean(1)
    return ((outputs - target) ** 2).mean(1)


def penalty(weights):
    return SETTINGS["l2"] * float(sum((W.astype(np.float64) ** 2).sum() for W in weights[::2]))


def numpy_gradients(weights, given, sums, outputs, y):
    d = outputs - np.eye(len(CLASSES), dtype=outputs.dtype)[y]
    if SETTINGS["loss"] == "binary-cross-entropy":
        d = d / len(CLASSES)
    if SETTINGS["loss"] == "mean-squared-error":
        d = d * (2 / len(CLASSES))
        if SETTINGS["output"] == "softmax":
            d = outputs * (d - (d * outputs).sum(1, keepdims=True))
        else:
            d = d * ACTIVATIONS[SETTINGS["output"]][1](sums[-1], outputs)
    d = d / len(y)
    gradients = []
    for layer in reversed(range(len(sums))):
        W = weights[2 * layer]
        gradients[:0] = [given[layer].T @ d + 2 * SETTINGS["l2"] * W, d.sum(0)]
        if layer:
            slope = ACTIVATIONS[SETTINGS["hidden"][layer - 1]["activation"]][1]
            d = d @ W.T * slope(sums[layer - 1], given[layer])
    return gradients


class Numpy:
    def __init__(self, start):
        self.weights = start
        self.states = first_state(self.weights)

    def batch(self, step, x, y):
        """The batch's mean loss and how many are right, before the update."""
        given, sums, outputs = numpy_forward(self.weights, x)
        loss = float(numpy_losses(sums[-1], outputs, y).mean()) + penalty(self.weights)
        gradients = numpy_gradients(self.weights, given, sums, outputs, y)
        update(step, self.weights, gradients, self.states)
        return loss, int((sums[-1].argmax(1) == y).sum())

    def scores(self, x, y):
        _, sums, outputs = numpy_forward(self.weights, x)
        loss = float(numpy_losses(sums[-1], outputs, y).mean(dtype=np.float64)) + penalty(self.weights)
        return loss, float((sums[-1].argmax(1) == y).mean())


# %% [markdown]
# ## PyTorch
#
# The forward pass alone: autograd finds the gradients.

# %%
class Torch:
    def __init__(self, start):
        import torch

        self.torch = torch
        self.weights = [torch.from_numpy(w).requires_grad_() for w in start]
        with torch.no_grad():
            self.states = first_state(self.weights)

    def losses(self, x, y):
        """The mean loss with its penalty, and the weighted sums of the last layer."""
        torch, F, z = self.torch, self.torch.nn.functional, x
        functions = dict(sigmoid=torch.sigmoid, tanh=torch.tanh, relu=torch.relu)
        functions.update(identity=lambda z: z, step=lambda z: (z > 0).to(z.dtype))
        for layer, (W, b) in enumerate(zip(self.weights[::2], self.weights[1::2])):
            z = z @ W + b
            if layer < len(SETTINGS["hidden"]):
                z = functions[SETTINGS["hidden"][layer]["activation"]](z)
        target = F.one_hot(y, len(CLASSES)).to(z.dtype)
        if SETTINGS["loss"] == "categorical-cross-entropy":
            loss = F.cross_entropy(z, y)
        elif SETTINGS["loss"] == "binary-cross-entropy":
            loss = F.binary_cross_entropy_with_logits(z, target)
        else:
            outputs = z.softmax(1) if SETTINGS["output"] == "softmax" else functions[SETTINGS["output"]](z)
            loss = F.mse_loss(outputs, target)
        return loss + SETTINGS["l2"] * sum((W**2).sum() for W in self.weights[::2]), z

    def batch(self, step, x, y):
        torch = self.torch
        y = torch.from_numpy(y.astype(np.int64))
        loss, z = self.losses(torch.from_numpy(x), y)
        # Below a step unit there is no gradient at all: 0.
        found = torch.autograd.grad(loss, self.weights, allow_unused=True)
        gradients = [torch.zeros_like(w) if g is None else g for w, g in zip(self.weights, found)]
        with torch.no_grad():
            update(step, self.weights, gradients, self.states)
        return float(loss.detach()), int((z.argmax(1) == y).sum())

    def scores(self, x, y):
        with self.torch.no_grad():
            y = self.torch.from_numpy(y.astype(np.int64))
            loss, z = self.losses(self.torch.from_numpy(x), y)
            return float(loss), float((z.argmax(1) == y).double().mean())


# %% [markdown]
# ## Keras
#
# Layers, an optimizer and a loss by their names. Each epoch is one `fit` on the images in their order, in pieces where
# the learning rate was changed on the way.

# %%
class Keras:
    def __init__(self, start):
        import keras

        self.keras, self.last = keras, SETTINGS["loss"] == "mean-squared-error"
        names = dict(identity="linear", step=lambda z: keras.ops.cast(z > 0, z.dtype))
        named = lambda name: names.get(name, name)
        # Cross-entropies are taken from the weighted sums; only a squared error sees the outputs.
        outputs = (len(CLASSES), named(SETTINGS["output"]) if self.last else "linear")
        sizes = [(layer["units"], named(layer["activation"])) for layer in SETTINGS["hidden"]] + [outputs]
        l2 = keras.regularizers.L2(SETTINGS["l2"]) if SETTINGS["l2"] else None
        dense = [keras.layers.Dense(units, activation=f, kernel_regularizer=l2) for units, f in sizes]
        self.model = keras.Sequential([keras.layers.Input([784]), *dense])
        self.model.set_weights(start)
        self.model.compile(self.optimizer(), self.loss(), metrics=["categorical_accuracy"])

    def optimizer(self):
        kind, rate = OPTIMIZER["kind"], rate_of(0)
        if kind in ("sgd", "momentum", "nesterov"):
            momentum = OPTIMIZER.get("momentum", 0.0)
            return self.keras.optimizers.SGD(rate, momentum=momentum, nesterov=kind == "nesterov")
        named = dict(beta1="beta_1", beta2="beta_2", weightDecay="weight_decay")
        named.update(initialAccumulator="initial_accumulator_value")
        given = {named.get(name, name): value for name, value in OPTIMIZER.items() if name != "kind"}
        classes = dict(adagrad="Adagrad", rmsprop="RMSprop", adam="Adam", adamw="AdamW")
        return getattr(self.keras.optimizers, classes[kind])(rate, **given)

    def loss(self):
        if SETTINGS["loss"] == "categorical-cross-entropy":
            return self.keras.losses.CategoricalCrossentropy(from_logits=True)
        if SETTINGS["loss"] == "binary-cross-entropy":
            return self.keras.losses.BinaryCrossentropy(from_logits=True)
        return self.keras.losses.MeanSquaredError()

    def epoch(self, first_step, x, order):
        """The epoch's mean loss and accuracy, weighted by the images of each piece."""
        size = SETTINGS["batchSize"]
        steps = -(-len(order) // size)
        changes = [r["step"] - first_step for r in RUN["learningRates"] if 0 < r["step"] - first_step < steps]
        totals = np.zeros(2)
        for start, end in zip([0, *changes], [*changes, steps]):
            piece = order[start * size : end * size]
            self.model.optimizer.learning_rate = rate_of(first_step + start)
            target = np.eye(len(CLASSES), dtype=np.float32)[labels[piece]]
            told = self.model.fit(x[piece], target, batch_size=size, shuffle=False, verbose=0).history
            totals += np.array([told["loss"][0], told["categorical_accuracy"][0]]) * len(piece)
        return totals / len(order)

    def scores(self, x, y):
        target = np.eye(len(CLASSES), dtype=np.float32)[y]
        return self.model.evaluate(x, target, batch_size=1024, verbose=0)


# %% [markdown]
# ## The run
#
# The page's numbers and these differ in the order in which floats of 32 bits are added, and in nothing else. How far
# that carries depends on the run: where many units switch on and off, a difference of 10⁻⁷ grows with every step. So
# the run is made twice, the second time with the pixels in another order, and the first layer's weights with them. That
# is the same network, added up otherwise: what lies between the two tells what rounding can do.

# %%
FINISHED = RUN["epochs"]


def made_again(pixels, is_told):
    """Each batch's loss, and each epoch's loss and validation loss, with the pixels in this order."""
    start = first_weights()
    start[0] = start[0][pixels]
    x = inputs[:, pixels]
    tool = dict(numpy=Numpy, torch=Torch, keras=Keras)[TOOL](start)
    size = SETTINGS["batchSize"]
    batch_losses, epochs, step = [], [], 0
    # A run that stands before its first epoch's end is compared batch by batch.
    for epoch in range(max(1, len(FINISHED))):
        order = order_of(epoch)
        if TOOL == "keras":
            assert FINISHED, "Keras tells whole epochs: train one to its end, or choose another tool"
            loss, accuracy = tool.epoch(step, x, order)
            step += -(-len(train) // size)
        else:
            totals = np.zeros(2)
            for first in range(0, len(order), size):
                if not FINISHED and step == len(RUN["batchLosses"]):
                    break
                chosen = order[first : first + size]
                step += 1
                batch_loss, right = tool.batch(step, x[chosen], labels[chosen])
                batch_losses.append(batch_loss)
                totals += batch_loss * len(chosen), right
            loss, accuracy = totals / len(order)
        if FINISHED:
            scores = tool.scores(x[validation], labels[validation]) if held_back else (0.0, 0.0)
            epochs.append((loss, scores[0]))
            if is_told:
                told = f"epoch {epoch + 1}: loss {loss:.6f}, accuracy {accuracy:.4f}"
                told += f", validation {scores[0]:.6f}, {scores[1]:.4f}" if held_back else ""
                print(told, flush=True)
    return batch_losses, epochs


batch_losses, epochs = made_again(np.arange(784), True)
other_batch_losses, other_epochs = made_again(np.random.RandomState(0).permutation(784), False)

# %% [markdown]
# ## The comparison
#
# Ten times what rounding does is allowed, and at least 10⁻⁵ for a batch, a hundred times the rounding of a sum of 784
# products. For an epoch it is at least 10⁻³: one unit that switches on here and not there, somewhere in an epoch, moves
# its loss by 10⁻⁴, while another seed moves it by 6·10⁻³. Another split, order, scaling or place of ε is seen in the
# first batches. Where rounding alone moves a loss by more than a hundredth, the loss says nothing any more, and the
# comparison ends.

# %%
MOST, TIMES = 0.01, 10


def compared(what, ours, others, page, least):
    """How many losses could be compared, each with the page's; fails at the first that is too far from it."""
    apart = furthest = 0.0
    for at, (one, other, expected) in enumerate(zip(ours, others, page)):
        apart = max(apart, abs(one - other) / max(1, abs(one)))
        if apart > MOST:
            print(f"{what} {at + 1} and later: rounding alone moves them by {apart:.1e}, not compared")
            return at
        away = abs(one - expected) / max(1, abs(expected))
        furthest = max(furthest, away)
        allowed = max(least, TIMES * apart)
        assert away <= allowed, f"{what} {at + 1}: {one} here, {expected} on the page; allowed are {allowed:.1e}"
    print(f"{what}: {len(ours)} losses, furthest from the page's {furthest:.1e}")
    return len(ours)


count, pages = 0, RUN["batchLosses"]
if TOOL != "keras":
    count += compared("batch", batch_losses[: len(pages)], other_batch_losses, pages, 1e-5)
columns = dict(loss=0, validationLoss=1) if held_back else dict(loss=0)
for name, place in columns.items() if FINISHED else ():
    ours, others = ([record[place] for record in made] for made in (epochs, other_epochs))
    count += compared(f"epoch {name}", ours, others, [record[name] for record in FINISHED], 1e-3)
assert count > 0, "nothing could be compared"
print("The run is the page's.")
