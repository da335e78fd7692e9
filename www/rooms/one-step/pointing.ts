// Which weight of a unit a pointer is over, in a picture of them.

/** The input under the pointer: 28×28 pixels for the first layer, a column a unit above it. */
export function inputAt(event: PointerEvent, inputs: number): number {
  const box = (event.currentTarget as Element).getBoundingClientRect();
  const cell = (share: number, count: number) => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
  const across = (event.clientX - box.left) / box.width;
  if (inputs !== 784) return cell(across, inputs);
  return cell((event.clientY - box.top) / box.height, 28) * 28 + cell(across, 28);
}
