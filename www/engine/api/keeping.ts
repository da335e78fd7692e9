// Keeps a run while it is trained: every second a small record, durable before it is listed; now and then the
// state of the engine, of which a large network has tens of megabytes.
//
// What came after the kept state is made again from it, to the bit, when the run is taken up. So a crash costs the
// steps of a second at most, whatever the network, and keeping takes little of the time of training.
import * as Comlink from 'comlink';
import type { Trainer } from '../pkg/atelier';
import { failureOf, type Failure } from '../store/failure';
import {
  BLOCK,
  VERSION,
  blockOf,
  blocksOf,
  mark,
  newKey,
  type OpenedFrom,
  type Piece,
  type RunRecord,
} from '../store/records';
import { removeRun, writeRun } from '../store/runs';
import type { DataSetName } from './held';
import type { Settings } from './training';

/** A run that plays is kept so often; one that could not be is tried again after so long. */
const KEEP_MILLISECONDS = 1000;
const AGAIN_MILLISECONDS = 5000;
/** Work that is made again in less time than this is not worth a state. */
const SHORT_MILLISECONDS = 400;
/** States are written so often at most, and take no more than this part of the time. */
const STATE_MILLISECONDS = 2000;
const STATE_SHARE = 0.03;
/** A start that trained for less is no run to list once another takes its place. */
const WORTH_MILLISECONDS = 1000;

/** What a keeper says to the page. */
export type Kept =
  /** It is durable now. */
  | { kind: 'kept'; record: RunRecord }
  /** It was left, and its end is on its way into the store. */
  | { kind: 'being-kept'; record: RunRecord }
  /** The store did not take it: this is what is new of it since the last time that was said. */
  | { kind: 'not-kept'; piece: Piece; failure: Failure }
  /** It was left, and there was nothing to write. */
  | { kind: 'left'; key: string }
  /** It was left, and was too short to stay in the list. */
  | { kind: 'dropped'; key: string }
  /** Another tab went on with it: what is trained here goes on under a key of its own. */
  | { kind: 'moved'; from: string; to: string };

/** What a run is, beside what its engine says of itself. */
export interface Origin {
  key: string;
  dataSet: DataSetName;
  imagesId: string;
  classes: number;
  twinOf: string | null;
  /** The network that it began with, where that is from a file: only its state has that. */
  openedFrom: OpenedFrom | null;
  /** The record that it was taken up from, and whether the store has that; null for a new run. */
  from: { record: RunRecord; isStored: boolean } | null;
}

/** What the store, or the page's memory, has of a run. */
interface Ledger {
  /** Batches in its curves. */
  steps: number;
  base: RunRecord['base'];
  /** Milliseconds of work that had been done at that state. */
  work: number;
}

export class Keeper {
  key: string;
  twinOf: string | null;
  readonly exams: number[];
  private as: 'new' | 'mine' | 'taken-up';
  private revision: number;
  private readonly writer = mark();
  private readonly stored: Ledger;
  private readonly heldByPage: Ledger;
  /** The work at which step 0 was: nothing can be made again from there when the run did not begin here. */
  private readonly workAtStart: number;
  /** Milliseconds of work so far, whatever it was for. */
  private work = 0;
  private keptPlace = '';
  private keptAt = performance.now();
  private stateAt = performance.now();
  private stateCost = 0;
  private isFailing = false;
  private isLeft = false;
  /** The lowest step that the run went back to while something was being written. */
  private rewoundTo = Infinity;
  private writing: Promise<void> | null = null;
  private isWanted = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly trainer: Trainer,
    private readonly origin: Origin,
    private readonly say: (kept: Kept) => void,
  ) {
    const { from } = origin;
    this.key = origin.key;
    this.twinOf = origin.twinOf;
    this.exams = [...(from?.record.exams ?? [])];
    this.as = from?.isStored ? 'taken-up' : 'new';
    this.revision = from?.record.revision ?? 0;
    this.workAtStart = trainer.report().step === 0 && !trainer.hasOwnStart ? 0 : -Infinity;
    const nothing = { steps: 0, base: null, work: this.workAtStart };
    const all = from && { steps: from.record.step, base: from.record.base, work: 0 };
    this.stored = { ...((from?.isStored && all) || nothing) };
    this.heldByPage = { ...((!from?.isStored && all) || nothing) };
  }

  /** The run stands where its record says: what comes from now on is new. */
  begin(work: number) {
    this.work = work;
    this.keptPlace = this.origin.from ? this.place() : '';
    this.keptAt = this.stateAt = performance.now();
  }

  /** After every slice of work, and whenever the run rests. */
  note(isPlaying: boolean, work: number) {
    this.work = work;
    if (this.trainer.report().step === 0) return;
    const wait = this.isFailing ? AGAIN_MILLISECONDS : KEEP_MILLISECONDS;
    if (isPlaying ? performance.now() - this.keptAt >= wait : this.place() !== this.keptPlace)
      void this.keep();
  }

  /** The run went back to `step`: nothing later that was written down is of it any more. */
  rewound(step: number) {
    for (const ledger of [this.stored, this.heldByPage]) {
      ledger.steps = Math.min(ledger.steps, step);
      if (ledger.base && ledger.base.step > step)
        Object.assign(ledger, { base: null, work: this.workAtStart });
    }
    this.rewoundTo = Math.min(this.rewoundTo, step);
  }

  /** Writes what is new, now or as soon as the last writing is done; resolves when nothing more is to be written. */
  keep(): Promise<void> {
    if (this.isLeft) return this.writing ?? Promise.resolve();
    this.isWanted = true;
    this.writing ??= this.writeWanted().finally(() => (this.writing = null));
    return this.writing;
  }

  /** Another run takes this one's place, and its engine is about to go. */
  leave(trainedMilliseconds: number) {
    const { step, finishedEpochs } = this.trainer.report();
    clearTimeout(this.timer);
    this.isLeft = true;
    if (step === 0) return this.say({ kind: 'left', key: this.key });
    const isWorth =
      this.origin.from !== null || finishedEpochs > 0 || trainedMilliseconds >= WORTH_MILLISECONDS;
    if (!isWorth) return void this.drop();
    if (!this.writing && !this.isFailing && this.place() === this.keptPlace)
      return this.say({ kind: 'left', key: this.key });
    // Whole: whoever takes it may have nothing of it yet.
    const start = performance.now();
    const piece = this.piece(
      { ...this.stored, steps: 0 },
      this.work - this.stored.work >= SHORT_MILLISECONDS,
    );
    this.say({ kind: 'being-kept', record: piece.record });
    void (this.writing ?? Promise.resolve()).then(() => this.write(piece, start));
  }

  private async drop() {
    await this.writing;
    this.say({ kind: 'dropped', key: this.key });
    if (this.as !== 'mine') return;
    // Where this fails, a run of a few batches stays in the list.
    await removeRun(this.key).catch(() => undefined);
  }

  private async writeWanted() {
    while (this.isWanted && !this.isLeft) {
      this.isWanted = false;
      const start = performance.now();
      const wait = Math.max(STATE_MILLISECONDS, this.stateCost / STATE_SHARE) - (start - this.stateAt);
      const isLong = this.work - this.stored.work >= SHORT_MILLISECONDS;
      const isLost = this.work - this.stored.work === Infinity;
      this.keptAt = start;
      this.keptPlace = this.place();
      await this.write(this.piece(this.stored, isLost || (isLong && wait <= 0)), start);
      if (this.isFailing) this.keepAfter(AGAIN_MILLISECONDS);
      // Of a run that rests the state is written a little later, when it costs nobody anything.
      else if (isLong && wait > 0) this.keepAfter(wait);
    }
  }

  private keepAfter(milliseconds: number) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.keep(), milliseconds);
  }

  private async write(piece: Piece, start: number): Promise<void> {
    const { work } = this;
    this.rewoundTo = Infinity;
    try {
      const written = await writeRun(piece, this.as);
      if (written === 'gone') return await this.writeAnew(piece, start);
      if (written === 'taken') return this.move();
      this.as = 'mine';
      this.revision = written.kept.revision;
      this.isFailing = false;
      this.stored.steps = Math.min(piece.record.step, this.rewoundTo);
      if (piece.state && (piece.record.base?.step ?? Infinity) <= this.rewoundTo)
        Object.assign(this.stored, { base: piece.record.base, work });
      if (piece.state) {
        // What it took from training: the rest of the time went on.
        this.stateCost = performance.now() - start - (this.work - work);
        this.stateAt = performance.now();
      }
      this.say({ kind: 'kept', record: written.kept });
    } catch (error) {
      this.isFailing = true;
      this.tellPage(piece, failureOf(error));
    }
  }

  /** The store lost it, with the site's data or by a hand in another tab. */
  private async writeAnew(piece: Piece, start: number): Promise<void> {
    this.as = 'new';
    Object.assign(this.stored, { steps: 0, base: null, work: this.workAtStart });
    if (!this.isLeft) return void (this.isWanted = true);
    const record = piece.state ? piece.record : { ...piece.record, base: null };
    await this.write({ ...piece, record }, start);
  }

  private move() {
    if (this.isLeft) return this.say({ kind: 'left', key: this.key });
    const from = this.key;
    this.key = newKey();
    this.as = 'new';
    Object.assign(this.stored, { steps: 0, base: null, work: this.workAtStart });
    this.isWanted = true;
    this.say({ kind: 'moved', from, to: this.key });
  }

  /** What the store did not take goes into the page's memory: it lives until the tab closes. */
  private tellPage(refused: Piece, failure: Failure) {
    let piece = refused;
    if (!this.isLeft) {
      piece = this.piece(this.heldByPage, this.work - this.heldByPage.work >= SHORT_MILLISECONDS);
      this.heldByPage.steps = piece.record.step;
      if (piece.state) Object.assign(this.heldByPage, { base: piece.record.base, work: this.work });
    } else if (!refused.state) piece = { ...refused, record: { ...refused.record, base: null } };
    const { state } = piece;
    this.say(Comlink.transfer({ kind: 'not-kept', piece, failure }, state ? [state.buffer] : []));
  }

  /** What is new to `ledger`, as the run stands now. */
  private piece(ledger: Ledger, withState: boolean): Piece {
    const { trainer } = this;
    const report = trainer.report();
    const snapshot = withState ? trainer.saveSnapshot() : null;
    const base = snapshot && { step: snapshot.step, bytes: 0 };
    // A copy out of WebAssembly: nobody else holds it.
    const state = (snapshot?.takeBytes() ?? null) as Uint8Array<ArrayBuffer> | null;
    const first = blockOf(ledger.steps);
    return {
      blocks: blocksOf(this.key, first, {
        losses: trainer.batchLosses(first * BLOCK),
        accuracies: trainer.batchAccuracies(first * BLOCK),
      }),
      state,
      record: {
        version: VERSION,
        key: this.key,
        revision: this.revision,
        name: this.origin.from?.record.name ?? null,
        dataSet: this.origin.dataSet,
        imagesId: this.origin.imagesId,
        classes: this.origin.classes,
        settings: trainer.settings() as Settings,
        learningRates: trainer.learningRates(),
        changedAt: Date.now(),
        step: report.step,
        batchesPerEpoch: report.batchesPerEpoch,
        epochs: trainer.history(),
        twinOf: this.twinOf,
        openedFrom: this.origin.openedFrom,
        exams: [...this.exams],
        isOver: Boolean(report.stopped),
        writer: this.writer,
        base: state && base ? { ...base, bytes: state.length } : ledger.base,
      },
    };
  }

  /** Where the run stands: what is kept anew when it is another. */
  private place(): string {
    const { step, finishedEpochs, stopped, learningRate } = this.trainer.report();
    const { epochs } = this.trainer.settings() as Settings;
    return [step, finishedEpochs, stopped?.kind, learningRate, epochs, this.exams.length].join();
  }
}
