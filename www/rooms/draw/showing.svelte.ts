// Who has never drawn here sees how: a digit draws itself and is read, until somebody touches the pad.
import { remember, remembered } from '../../parts/remembered';
import { pad } from './pad.svelte';
import { samples } from './samples';

const MILLISECONDS = 1400;

class Showing {
  /** What stands on the pad is not the visitor's. */
  isOn = $state(false);
  private frame = 0;

  /** Draws, calling `ask` whenever there is more to read; nothing for who has drawn before. */
  begin(ask: () => void) {
    if (remembered('drawn') !== null || !pad.isEmpty) return;
    this.isOn = true;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      pad.replace(samples.two);
      return ask();
    }
    const [stroke = []] = samples.two;
    const points = stroke.length / 3;
    const point = (at: number) => [stroke[3 * at] ?? 0, stroke[3 * at + 1] ?? 0] as const;
    const start = performance.now();
    let drawn = 1;
    pad.begin(...point(0));
    const draw = () => {
      const due = Math.min(points, Math.ceil((points * (performance.now() - start)) / MILLISECONDS));
      while (drawn < due) pad.move(...point(drawn++));
      ask();
      if (drawn < points) this.frame = requestAnimationFrame(draw);
      else pad.end();
    };
    this.frame = requestAnimationFrame(draw);
  }

  /** The pad is the visitor's now, and empty. */
  end() {
    if (!this.isOn) return;
    cancelAnimationFrame(this.frame);
    this.isOn = false;
    remember('drawn', 'yes');
    pad.forget();
  }
}

export const showing = new Showing();
