// Runs that the browser's store did not take: in this tab's memory, until it closes.
import { joined, type Block, type Piece, type RunRecord } from './store/records';
import type { KeptRun } from './store/runs';

interface Held {
  record: RunRecord;
  blocks: Map<number, Block>;
  state: Uint8Array<ArrayBuffer> | null;
}

export class KeptHere {
  private readonly runs = new Map<string, Held>();

  take({ record, blocks, state }: Piece) {
    const { key } = record;
    const held = this.runs.get(key);
    const all = new Map(held?.blocks);
    for (const block of blocks) all.set(block.block, block);
    this.runs.set(key, { record, blocks: all, state: record.base ? (state ?? held?.state ?? null) : null });
  }

  has(key: string): boolean {
    return this.runs.has(key);
  }

  get(key: string): KeptRun | null {
    const held = this.runs.get(key);
    if (!held) return null;
    const blocks = [...held.blocks.values()].sort((one, other) => one.block - other.block);
    return { record: held.record, curves: joined(blocks, held.record.step), state: held.state };
  }

  remove(key: string) {
    this.runs.delete(key);
  }
}
