// What the room shows, for lessons: whole answers of the engine only, each together with what it was asked.
import type { Published } from '../../course/seen.svelte';
import type { OneStepState } from './step.svelte';

/** Null while a step is being taken apart: numbers of two steps are never mixed. */
export function publishedOf(step: OneStepState): Published['oneStep'] | null {
  const { scene, survey } = step;
  if (!scene || step.busy) return null;
  const { classes, shape, images, layers, bug, consequence } = scene;
  return {
    network: step.source,
    view: step.view,
    isUpdated: step.reached('update'),
    bug,
    numImages: images.length,
    learningRate: shape.learningRate,
    batch: {
      numParameters: consequence.numParameters,
      loss: consequence.batchLoss,
      largestGradient: consequence.largestGradient,
      stepLength: consequence.stepLength,
      lossAfter: consequence.batchLossAfter,
    },
    truth: { output: classes.outputs[classes.label] ?? NaN, delta: classes.deltas[classes.label] ?? NaN },
    layers: layers.map(({ preActivations, activations, derivatives, dActivations, deltas }, layer) => {
      const unit = step.opened[layer]?.unit ?? 0;
      const of = (values: number[]) => values[unit] ?? NaN;
      return {
        deltas,
        open: {
          unit,
          z: of(preActivations),
          a: of(activations),
          slope: of(derivatives),
          down: of(dActivations),
          delta: of(deltas),
        },
      };
    }),
    weight: weightOf(step),
    check: survey && { agree: survey.agree, differ: survey.differ },
  };
}

/** Null until the chosen weight's own numbers are here. */
function weightOf({ weight, weighed, chosen, scene }: OneStepState) {
  if (!weight || weighed?.chosen !== chosen || weighed.scene !== scene) return null;
  return {
    ...chosen,
    value: weight.weight,
    imageGradient: weight.image.analytic,
    gradient: weight.batch.analytic,
    after: weight.weightAfter,
  };
}
