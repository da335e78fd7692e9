// A step of a network in plain JavaScript numbers (f64), from the numbers that the room saves: written from
// the formulas, knowing nothing of the engine.
export interface Saved {
  shape: {
    widths: number[];
    activations: string[];
    output: string;
    loss: string;
    optimizer: { kind: string; rho?: number; epsilon?: number; beta1?: number; beta2?: number };
    learningRate: number;
    stepsBefore: number;
  };
  inputs: number[];
  labels: number[];
  weights: number[][];
  bias: number[][];
  state: Record<string, number[][]>;
  biasState: Record<string, number[][]>;
}

export interface Sums {
  /** By layer: pre-activations and activations, by unit. */
  z: number[][];
  a: number[][];
  /** By layer: ∂L/∂z, by unit. */
  delta: number[][];
  /** By hidden layer: what came down through the weights above. */
  down: number[][];
  loss: number;
  losses: number[];
}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const functions: Record<string, [(z: number) => number, (z: number) => number]> = {
  sigmoid: [sigmoid, (z) => sigmoid(z) * (1 - sigmoid(z))],
  relu: [(z) => Math.max(z, 0), (z) => (z > 0 ? 1 : 0)],
};

/** Forward and back for one image, with its own loss. */
export function sumsOf(saved: Saved, image: number, weights = saved.weights, bias = saved.bias): Sums {
  const { widths, activations, output } = saved.shape;
  const layers = widths.length - 1;
  const label = saved.labels[image] ?? 0;
  const z: number[][] = [];
  const a: number[][] = [];
  let below = saved.inputs.slice(image * 784, (image + 1) * 784);
  for (let layer = 0; layer < layers; layer++) {
    const units = widths[layer + 1] ?? 0;
    const sums = Array.from(
      { length: units },
      (_, k) =>
        below.reduce((sum, x, i) => sum + x * (weights[layer]?.[i * units + k] ?? NaN), 0) +
        (bias[layer]?.[k] ?? NaN),
    );
    z.push(sums);
    below = layer < layers - 1 ? sums.map(functions[activations[layer] ?? '']![0]) : outputs(sums, output);
    a.push(below);
  }
  const p = a[layers - 1] ?? [];
  const targets = p.map((_, k) => (k === label ? 1 : 0));
  const losses = p.map((p, k) =>
    targets[k] === 1 ? -Math.log(p) : output === 'sigmoid' ? -Math.log(1 - p) : 0,
  );
  const total = losses.reduce((sum, loss) => sum + loss, 0);
  const delta: number[][] = [];
  const down: number[][] = [];
  delta[layers - 1] = p.map((p, k) => (p - (targets[k] ?? 0)) / (output === 'sigmoid' ? targets.length : 1));
  for (let layer = layers - 2; layer >= 0; layer--) {
    const units = widths[layer + 2] ?? 0;
    const slope = functions[activations[layer] ?? '']![1];
    down[layer] = (z[layer] ?? []).map((_, j) =>
      (delta[layer + 1] ?? []).reduce(
        (sum, d, k) => sum + (weights[layer + 1]?.[j * units + k] ?? NaN) * d,
        0,
      ),
    );
    delta[layer] = (down[layer] ?? []).map((d, j) => d * slope(z[layer]?.[j] ?? NaN));
  }
  return { z, a, delta, down, losses, loss: output === 'sigmoid' ? total / p.length : total };
}

function outputs(z: number[], output: string): number[] {
  if (output === 'sigmoid') return z.map(sigmoid);
  const largest = Math.max(...z);
  const e = z.map((z) => Math.exp(z - largest));
  const sum = e.reduce((sum, e) => sum + e, 0);
  return e.map((e) => e / sum);
}

/** The gradient of the batch's mean loss with respect to every weight and bias. */
export function meanGradients(saved: Saved): { weights: number[][]; bias: number[][] } {
  const count = saved.labels.length;
  const weights = saved.weights.map((layer) => layer.map(() => 0));
  const bias = saved.bias.map((layer) => layer.map(() => 0));
  for (let image = 0; image < count; image++) {
    const { a, delta } = sumsOf(saved, image);
    delta.forEach((d, layer) => {
      const below = layer === 0 ? saved.inputs.slice(image * 784, (image + 1) * 784) : (a[layer - 1] ?? []);
      d.forEach((d, k) => {
        bias[layer]![k]! += d / count;
        below.forEach((x, i) => (weights[layer]![i * delta[layer]!.length + k]! += (x * d) / count));
      });
    });
  }
  return { weights, bias };
}

/** The rule's step for one weight: its state and the weight afterwards. */
export function updated(
  saved: Saved,
  w: number,
  g: number,
  state: Record<string, number>,
): { w: number; state: Record<string, number> } {
  const { optimizer, learningRate: rate, stepsBefore } = saved.shape;
  const { rho = 0.9, epsilon = 1e-7, beta1 = 0.9, beta2 = 0.999 } = optimizer;
  if (optimizer.kind === 'sgd') return { w: w - rate * g, state: {} };
  if (optimizer.kind === 'rmsprop') {
    const v = rho * (state.v ?? NaN) + (1 - rho) * g * g;
    return { w: w - (rate * g) / Math.sqrt(v + epsilon), state: { v } };
  }
  if (optimizer.kind !== 'adam') throw new Error(`no sums for ${optimizer.kind}`);
  const t = stepsBefore + 1;
  const m = beta1 * (state.m ?? NaN) + (1 - beta1) * g;
  const v = beta2 * (state.v ?? NaN) + (1 - beta2) * g * g;
  const alpha = (rate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
  return { w: w - (alpha * m) / (Math.sqrt(v) + epsilon), state: { m, v } };
}

/** Every weight and bias after the step. */
export function networkAfter(saved: Saved): { weights: number[][]; bias: number[][] } {
  const mean = meanGradients(saved);
  const all = (now: number[][], g: number[][], state: Record<string, number[][]>) =>
    now.map((layer, l) =>
      layer.map((w, i) => {
        const own = Object.fromEntries(Object.entries(state).map(([name, s]) => [name, s[l]?.[i] ?? NaN]));
        return updated(saved, w, g[l]?.[i] ?? NaN, own).w;
      }),
    );
  return {
    weights: all(saved.weights, mean.weights, saved.state),
    bias: all(saved.bias, mean.bias, saved.biasState),
  };
}
