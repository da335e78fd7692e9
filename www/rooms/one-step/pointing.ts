// Which weight of a unit a pointer or an arrow key means, in a picture of them.

/** Inputs that are painted as a picture of 28×28; any other number is painted as a column each. */
const PIXELS = 784;

/** The input under the pointer: 28×28 pixels for the first layer, a column a unit above it. */
export function inputAt(event: PointerEvent, inputs: number): number {
  const box = (event.currentTarget as Element).getBoundingClientRect();
  const cell = (share: number, count: number) => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
  const across = (event.clientX - box.left) / box.width;
  if (inputs !== PIXELS) return cell(across, inputs);
  return cell((event.clientY - box.top) / box.height, 28) * 28 + cell(across, 28);
}

const moves: Record<string, readonly [across: number, down: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Where an arrow key leads from an input, and takes the key for it; null for any other key and at an edge. */
export function inputByKey(event: KeyboardEvent, from: number, inputs: number): number | null {
  const move = moves[event.key];
  if (!move || event.ctrlKey || event.metaKey || event.altKey) return null;
  event.preventDefault();
  event.stopPropagation();
  const [across, down] = move;
  if (inputs !== PIXELS) {
    const to = from + across;
    return down === 0 && to >= 0 && to < inputs ? to : null;
  }
  const [column, row] = [(from % 28) + across, Math.floor(from / 28) + down];
  return column >= 0 && column < 28 && row >= 0 && row < 28 ? row * 28 + column : null;
}

/** The box of an input in a picture of them, in percent of it. */
export function boxOf(input: number, inputs: number): string {
  if (inputs !== PIXELS) return `left:${(input / inputs) * 100}%;width:${100 / inputs}%;top:0;height:100%`;
  const side = 100 / 28;
  return `left:${(input % 28) * side}%;top:${Math.floor(input / 28) * side}%;width:${side}%;height:${side}%`;
}
