// The present station in mathematics, with the chosen weight's own numbers in it.
import { dataSets } from '../../engine/data-sets.svelte';
import { inBrackets as inside } from '../../parts/write-number';
import { number } from '../../words/say.svelte';
import formulas from './formulas.json';
import { digits, fixed } from './format';
import type { Scene } from '../../engine/api/one-step';
import type { OneStepState } from './step.svelte';

export interface Sum {
  /** The formula's name, the same while only its numbers change. */
  name: keyof typeof formulas;
  mathml: string;
  /** The same in lines, where it is too long for a phone. */
  inLines?: string;
  values: Record<string, string>;
}

const sum = (name: keyof typeof formulas, values: Record<string, string>): Sum => ({
  name,
  mathml: formulas[name],
  values,
});

/** The output unit that the formulas speak of: the chosen one, or the truth's. */
export function outputUnit(step: OneStepState): number {
  return step.chosen.layer === step.last ? step.chosen.unit : step.truth;
}

/** Decimals that show `significant` digits of a number of this size; at least 4, and no more than floats have. */
function decimalsOf(size: number, significant: number): number {
  const first = Math.ceil(-Math.log10(Math.abs(size)));
  return Number.isFinite(first) ? Math.min(20, Math.max(4, first + significant - 1)) : 12;
}

export function sumsOf(step: OneStepState): Sum[] {
  const { scene, station, weight } = step;
  if (!scene || !station || !weight) return [];
  switch (station.kind) {
    case 'hidden':
      return hidden(step, station.layer ?? 0);
    case 'hidden-back':
      return hiddenBack(step, station.layer ?? 0);
    case 'gradient':
      return gradient(step);
    case 'update':
      return [update(step)];
    case 'check': {
      const { lossAbove, lossBelow, nudge, numeric, analytic, relativeError } = weight.batch;
      // The losses are nearly equal: as many decimals as leave their difference the digits of the slope shown.
      const decimals = decimalsOf(2 * nudge * numeric, 7);
      const sides = {
        above: fixed(lossAbove, decimals),
        below: fixed(lossBelow, decimals),
        h: digits(nudge, 9).replace(/\.?0+(?=·)/, ''),
      };
      const both = { numeric: digits(numeric, 6), analytic: digits(analytic, 6) };
      return [
        { ...sum('check', { ...sides, numeric: both.numeric }), inLines: formulas.checkInLines },
        sum('relative', { ...both, error: digits(relativeError, 2) }),
      ];
    }
    default:
      return ofOutput(step);
  }
}

function ofOutput(step: OneStepState): Sum[] {
  const { scene, station } = step;
  if (!scene) return [];
  const { classes, shape } = scene;
  const k = outputUnit(step);
  const value = (list: number[]) => list[k] ?? NaN;
  const z = value(classes.logits);
  const p = digits(value(classes.outputs));
  const y = String(value(classes.targets));
  const delta = digits(value(classes.deltas));
  switch (station?.kind) {
    case 'weigh': {
      const bias = value(classes.bias);
      return [
        sum('weigh', {
          sum: fixed(value(classes.weightedSums), 3),
          bias: inside(fixed(bias, 3)),
          z: fixed(z, 3),
        }),
      ];
    }
    case 'output': {
      if (shape.output === 'sigmoid') return [sum('sigmoid', { z: fixed(z, 4), p })];
      if (shape.output === 'identity') return [sum('identity', { z: fixed(z, 3) })];
      // Four decimals: an error in an exponent is one in as many digits of the power.
      const shared = { z: fixed(z, 4), e: digits(value(classes.exponentials)), sum: digits(classes.sum), p };
      if (step.bug === 'drop-maximum') return [sum('naive', shared)];
      return [sum('softmax', { ...shared, max: inside(fixed(classes.maximum, 4)) })];
    }
    case 'loss':
      return losses(scene, k);
    case 'blame':
      return [sum(blameOf(step), { p, y, delta, classes: number(classes.logits.length) })];
    default:
      return [];
  }
}

/** A probability with four digits of itself and of what it lacks of 1, which is what −log p comes to there. */
function sure(p: number): string {
  return p > 0.5 && p < 1 ? fixed(p, decimalsOf(1 - p, 5)) : digits(p, 5);
}

function losses(scene: Scene, k: number): Sum[] {
  const { classes, shape, images } = scene;
  const { label } = classes;
  const penalty = shape.l2 > 0;
  const loss = digits(classes.loss);
  const mean = digits(scene.meanLoss);
  if (shape.loss === 'categorical-cross-entropy') {
    const name = dataSets.classes[label] ?? String(label);
    return [
      sum('crossEntropy', { name, p: sure(classes.outputs[label] ?? NaN), loss }),
      sum(penalty ? 'batchLossPenalty' : 'batchLoss', { mean, count: number(images.length) }),
    ];
  }
  return [
    sum(shape.loss === 'binary-cross-entropy' ? 'binary' : 'square', {
      own: digits(classes.losses[k] ?? NaN),
    }),
    sum(penalty ? 'meanLossesPenalty' : 'meanLosses', { loss, mean }),
  ];
}

function blameOf({ scene, bug }: OneStepState): Sum['name'] {
  const { loss, output } = scene!.shape;
  const forgotten = bug === 'forget-target';
  if (loss === 'categorical-cross-entropy') return forgotten ? 'blameNoTarget' : 'blameSoftmax';
  if (loss === 'binary-cross-entropy') return forgotten ? 'blameNoTargetSigmoid' : 'blameSigmoid';
  if (forgotten || output === 'softmax') return 'blameOther';
  return output === 'sigmoid' ? 'blameSquareSigmoid' : 'blameSquare';
}

function gradient({ scene, weight, bug }: OneStepState): Sum[] {
  const { input, delta, added, image, batch } = weight!;
  const own = { x: digits(input), delta: inside(digits(delta)), gradient: digits(image.analytic) };
  const ofBatch: Record<string, Sum['name']> = {
    'forget-mean': 'sumGradient',
    'keep-gradients': 'keptGradient',
    'reshape-transpose': 'reshapedGradient',
  };
  const sound = scene!.shape.l2 > 0 ? 'meanGradientPenalty' : 'meanGradient';
  return [
    added === 0 ? sum('gradient', own) : sum('gradientAdded', { ...own, added: inside(digits(added)) }),
    sum(ofBatch[bug ?? ''] ?? sound, { mean: digits(batch.analytic) }),
  ];
}

function unitOf(step: OneStepState, layer: number): number {
  return step.opened[layer]?.unit ?? 0;
}

function hidden(step: OneStepState, layer: number): Sum[] {
  const values = step.scene?.layers[layer];
  if (!values) return [];
  const unit = unitOf(step, layer);
  const of = (list: number[]) => digits(list[unit] ?? NaN);
  return [
    sum('hidden', { z: of(values.preActivations) }),
    sum('hiddenOut', { a: of(values.activations), slope: of(values.derivatives) }),
  ];
}

/** What comes down through Wᵀ, its two largest terms written out, and what the slope lets through. */
function hiddenBack(step: OneStepState, layer: number): Sum[] {
  const values = step.scene?.layers[layer];
  const open = step.opened[layer];
  if (!values || !open) return [];
  const of = (list: number[]) => digits(list[open.unit] ?? NaN);
  const [first, second] = open.terms.toSorted((a, b) => Math.abs(b.product) - Math.abs(a.product));
  const down = of(values.dActivations);
  const factor = (value: number | undefined) => inside(digits(value ?? NaN, 3));
  return [
    sum('down', {
      w1: factor(first?.weight),
      d1: factor(first?.delta),
      w2: factor(second?.weight),
      d2: factor(second?.delta),
      down,
    }),
    sum('back', { slope: of(values.derivatives), down: inside(down), delta: of(values.deltas) }),
  ];
}

function update({ scene, weight, bug }: OneStepState): Sum {
  const { optimizer, stateNames, learningRate } = scene!.shape;
  const { weight: w, step, stateAfter, weightAfter, batch } = weight!;
  const ends = { w: fixed(w, 5), step: inside(digits(step)), after: fixed(weightAfter, 5) };
  if (bug === 'wrong-sign') return sum('wrongSign', ends);
  const states = Object.fromEntries(
    stateNames.map((name, i) => [name, inside(digits(stateAfter[i] ?? NaN))]),
  );
  return sum(bug === 'multiply-correction' ? 'adamMultiplied' : optimizer.kind, {
    ...ends,
    ...states,
    rate: digits(learningRate),
    g: inside(digits(batch.analytic)),
  });
}
