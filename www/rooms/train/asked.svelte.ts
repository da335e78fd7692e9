// What the predictions card shows: the watched test images, or validation images that fit a question.
import type { Answer, Question } from '../../engine/api/examination';
import { fromEngine } from '../../engine/ask';
import { training } from '../../engine/training.svelte';
import { palette } from '../../parts/palette.svelte';

/** Images on one page of the gallery. */
export const COUNT = 24;

class Asked {
  /** Null while the watched test images are shown. */
  question = $state.raw<Question | null>(null);
  answers = $state.raw<Answer[] | null>(null);
  total = $state(0);
  /** Updates that the network had made when it answered. */
  step = $state(0);

  constructor() {
    $effect.root(() => {
      $effect(() => {
        const { question } = this;
        const colours = palette();
        // Answered anew at every rest, not while the weights change under it.
        if (!question || training.playing || !training.ready) return;
        void training.report?.step;
        const { runId } = training;
        return fromEngine(
          'trainer',
          (engine) => engine.examination.ask(runId, question, colours),
          (found) => {
            // The run was replaced meanwhile: its successor is asked anew.
            if (!found) return;
            this.answers = found.answers;
            this.total = found.total;
            this.step = found.step;
          },
        );
      });
    });
  }

  /** Changes the question, from its first image on. */
  ask(change: Partial<Question>) {
    const plain: Question = {
      label: null,
      prediction: null,
      wrongOnly: false,
      order: 'split',
      start: 0,
      count: COUNT,
    };
    this.question = { ...(this.question ?? plain), start: 0, ...change };
  }

  /** Back to the watched test images. */
  watch() {
    this.question = null;
    this.answers = null;
  }
}

export const asked = new Asked();
