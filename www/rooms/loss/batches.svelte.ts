// Mini-batches drawn from the trainer's images: first every image's loss, then the draws.
import * as Comlink from 'comlink';
import type { SurveyedNetwork, SurveyProgress } from '../../engine/api/loss';
import type { DataSetName } from '../../engine/api/data';
import { answerOf } from '../../engine/ask';
import type { BatchMeans } from '../../engine/pkg/atelier';

/** Batches of one drawing. */
export const COUNT = 300;

class Batches {
  /** 0…1 while the losses are being taken, null otherwise. */
  share = $state<number | null>(null);
  /** Updates behind the surveyed network. */
  step = $state(0);
  /** Counts up with each finished survey. */
  surveys = $state(0);
  drawn = $state.raw<BatchMeans | null>(null);

  private wish = 0;

  /** Takes the loss of every training image by the network as it is at this moment. */
  async survey(network: SurveyedNetwork, dataSet: DataSetName) {
    const wish = ++this.wish;
    this.share = 0;
    let over = false;
    const listener = Comlink.proxy((progress: SurveyProgress) => {
      // The last word may come after the result: they take different ways.
      if (over || wish !== this.wish) return;
      this.share = progress.share;
      this.step = progress.step;
    });
    const done = await answerOf('trainer', (engine) => engine.loss.takeSurvey(network, dataSet, listener));
    over = true;
    if (wish !== this.wish) return;
    this.share = null;
    if (done) this.surveys++;
  }

  async draw(size: number, seed: number) {
    const surveys = this.surveys;
    const drawn = await answerOf('trainer', (engine) => engine.loss.draw(size, COUNT, seed));
    if (surveys === this.surveys && drawn) this.drawn = drawn;
  }
}

export const batches = new Batches();
