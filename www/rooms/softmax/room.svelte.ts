// What the Softmax room is set to. All of it lives in the address.
import { reachFor, usual, type Reach, type Settings } from './settings';

class SoftmaxRoom {
  logits = $state.raw(usual.logits);
  shift = $state(usual.shift);
  temperature = $state(usual.temperature);
  isGuarded = $state(usual.isGuarded);
  /** How far the sliders go. */
  reach = $state<Reach>(usual.reach);
  learningRate = $state(usual.learningRate);

  get settings(): Settings {
    const { logits, shift, temperature, isGuarded, reach, learningRate } = this;
    return { logits, shift, temperature, isGuarded, reach, learningRate };
  }
  set settings(settings: Settings) {
    Object.assign(this, settings);
  }

  setLogit(at: number, value: number) {
    this.logits = this.logits.with(at, value);
    // What is typed farther out than the slider goes is still to be dragged.
    this.reach = reachFor([value], this.reach);
  }

  setCount(count: number) {
    this.logits = Array.from({ length: count }, (_, at) => this.logits[at] ?? usual.logits[at] ?? 0);
  }

  reset() {
    const { logits, shift, temperature, reach } = usual;
    Object.assign(this, { logits, shift, temperature, reach });
  }
}

export const room = new SoftmaxRoom();
