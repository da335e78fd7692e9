// Teach it: drawings with their right answers, a lesson on them, before and after, and back again.
import { engineOf } from '../../engine/client';
import type { LessonResult } from '../../engine/api/draw';
import type { ModelName } from '../../engine/api/reading';
import { reader } from './reader.svelte';

export interface Example {
  id: number;
  /** 784 values 0…1, as the network received them. */
  image: Float32Array;
  /** Of the moment it was kept. */
  picture: ImageData;
  label: number;
}

class Lesson {
  examples = $state.raw<Example[]>([]);
  result = $state.raw<LessonResult | null>(null);
  /** 'fetching' while MNIST is on its way, 'learning' while the engine works. */
  phase = $state<'idle' | 'fetching' | 'learning'>('idle');
  private nextId = 0;
  private before: ModelName = 'digits';

  readonly canTeach = $derived(
    this.examples.length > 0 && this.phase === 'idle' && reader.classes === 'mnist',
  );

  /** Keeps what the network received just now, with its right answer. */
  keep(label: number) {
    const reading = reader.reading;
    if (!reading || reading.report.refusal) return;
    const example = { id: this.nextId++, image: reading.image, picture: reading.received, label };
    this.examples = [...this.examples, example];
  }

  drop(id: number) {
    this.examples = this.examples.filter((example) => example.id !== id);
  }

  async teach(steps: number, seed: number) {
    if (!this.canTeach) return;
    // A second lesson goes on from the first one's result.
    const from = reader.model;
    const learn = async () => {
      this.phase = 'fetching';
      await reader.loadMnist();
      if (reader.mnistShare !== 1) return;
      this.phase = 'learning';
      const images = new Float32Array(this.examples.length * 784);
      this.examples.forEach((example, at) => images.set(example.image, at * 784));
      const labels = Uint8Array.from(this.examples, (example) => example.label);
      const [bytes, lab] = await Promise.all([reader.fileOf(from), engineOf('lab')]);
      this.result = await lab.draw.teach(bytes, images, labels, steps, seed);
      await reader.hand('taught', this.result.bytes);
      if (from !== 'taught') this.before = from;
      await reader.choose('taught');
    };
    await reader.arriving('lesson', learn, () => void this.teach(steps, seed));
    this.phase = 'idle';
  }

  /** The model as it was before the first lesson. */
  async undo() {
    this.result = null;
    await reader.choose(this.before);
  }
}

export const lesson = new Lesson();
