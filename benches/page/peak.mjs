// The speed that no matrix product of the engine can pass: its tile of two rows by sixteen columns, 256 steps deep,
// with all that it reads in the nearest cache. In WebAssembly's own text, so that no compiler has a say.
import binaryen from 'binaryen';

const STEPS = 256;
/** Multiplications and additions of a run of the tile. */
const FLOPS = 2 * 2 * 16 * STEPS;
/** Bytes between the weights of a step and the next; as many between its inputs. */
const STRIDE = 64;

const vectors = [0, 1, 2, 3];
const each = (write) => vectors.flatMap((column) => [0, 1].map((row) => write(row, column))).join('\n');

const text = `(module
  (memory (export "memory") 1)
  (func (export "run") (param $rounds i32)
    (local $at i32) ${vectors.map((column) => `(local $w${column} v128)`).join(' ')}
    (local $x0 v128) (local $x1 v128)
    ${each((row, column) => `(local $sum${row}${column} v128)`)}
    (loop $round
      (local.set $at (i32.const 0))
      (loop $step
        ${vectors.map((column) => `(local.set $w${column} (v128.load offset=${16 * column} (local.get $at)))`).join('\n')}
        ${[0, 1].map((row) => `(local.set $x${row} (v128.load32_splat offset=${STEPS * STRIDE + 4 * row} (local.get $at)))`).join('\n')}
        ${each(
          (row, column) => `(local.set $sum${row}${column} (f32x4.add (local.get $sum${row}${column})
            (f32x4.mul (local.get $x${row}) (local.get $w${column}))))`,
        )}
        (br_if $step (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const ${STRIDE}))) (i32.const ${STEPS * STRIDE}))))
      (br_if $round (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1)))))
    ${each((row, column) => `(v128.store offset=${64 * row + 16 * column} (i32.const 0) (local.get $sum${row}${column}))`)}))`;

/** GFLOP/s of the tile in `page`: the best of ten times, because a ceiling is what can be reached at all. */
export function peak(page) {
  const module = binaryen.parseText(text);
  module.setFeatures(binaryen.Features.SIMD128);
  const bytes = [...module.emitBinary()];
  module.dispose();
  return page.evaluate(
    async ([bytes, flops]) => {
      const { instance } = await WebAssembly.instantiate(new Uint8Array(bytes));
      const rounds = 20_000;
      let best = 0;
      for (let turn = 0; turn < 10; turn++) {
        const start = performance.now();
        instance.exports.run(rounds);
        best = Math.max(best, (flops * rounds) / (performance.now() - start) / 1e6);
      }
      return best;
    },
    [bytes, FLOPS],
  );
}
