// Home's network: it learns from images while they arrive, at a pace that one can watch.
//
// What it knows after a step depends on the step alone (see src/rooms/home): a fresh engine comes to where another one
// stood by making the same steps again.
import { FirstLook, type Palette, type Standing } from '../pkg/atelier';
import { arriving } from './data';
import { held, isHeld } from './held';
import { Metronome } from './metronome';
import { SLICE_MILLISECONDS, fill, sliced } from './turn';

const DATA_SET = 'fashion-mnist';
const NUM_CLASSES = 10;
/** The class whose weights are shown on the way: of the sneaker one sees soonest what it becomes. */
const PORTRAYED = 7;

const FIRST_EPOCH_SECONDS = 12;
const LATER_EPOCH_SECONDS = 5;
const REPORT_MILLISECONDS = 1000 / 15;
/** What is due, and what has arrived, is looked at about once a frame. */
const REST_MILLISECONDS = 16;

/** What the page hears of it. */
export interface HomeReport {
  standing: Standing;
  /** Of each point of the loss: updates made, mean, low and high end. */
  bands: Float64Array;
  /** The weights into each class: one picture of 28×28 below the other. */
  maps: ImageData;
  /** The weights into one class on the way, likewise; null while those that were sent are still right. */
  portraits: ImageData | null;
  /** Which class that is. */
  portrayed: number;
  /** The images of the next step have not arrived. */
  isWaiting: boolean;
  /** It learns on; else nothing follows this until it is asked to. */
  isPlaying: boolean;
}

type Tell = (report: HomeReport) => void;

let look: FirstLook | null = null;
let isWatching = false;
let tell: Tell | null = null;
let palette: Palette | null = null;
let isPlaying = false;
let isDriven = false;
let isWaiting = false;
/** Epochs after which it rests, and the step up to which it is brought as fast as it goes. */
let goal = { epochs: 0, from: 0 };
let toldAt = -Infinity;
let toldOf = '';
/** The steps of the portraits that were sent last. */
let sent = '';

/** Makes the network as soon as the first images are there; resolves then. */
export async function open(listener: Tell): Promise<void> {
  tell = listener;
  await sliced(isThere, { rest: () => REST_MILLISECONDS });
}

function isThere(): boolean {
  if (look && isWatching) return true;
  if (isHeld(DATA_SET)) {
    const { train, test } = held(DATA_SET);
    look ??= new FirstLook(train.length, NUM_CLASSES);
    look.watch(test);
    isWatching = true;
    return true;
  }
  const [train, test] = [arriving(DATA_SET, 'train'), arriving(DATA_SET, 'test')];
  const numImages = train?.images.total;
  if (numImages !== undefined) look ??= new FirstLook(numImages, NUM_CLASSES);
  isWatching = Boolean(look && test && look.watchArriving(test.images, test.labels));
  return isWatching;
}

/** Learns until `epochs` are over or `pause`; up to step `from` as fast as it goes. */
export async function play(epochs: number, from: number): Promise<void> {
  goal = { epochs, from };
  isPlaying = true;
  if (isDriven || !look) return;
  isDriven = true;
  try {
    await drive(look);
  } finally {
    isDriven = false;
  }
}

export function pause(): void {
  if (!isPlaying) return;
  isPlaying = false;
  report();
}

/** The theme's colours, at first and when they change: tells of it in these. */
export function setPalette(colours: Palette): void {
  palette = colours;
  sent = '';
  report();
}

async function drive(now: FirstLook): Promise<void> {
  const { stepsPerEpoch } = now;
  const epochNow = () => Math.floor(now.step / stepsPerEpoch);
  const isOver = () => now.step >= goal.epochs * stepsPerEpoch;
  const isCatchingUp = () => now.step < goal.from;
  let epoch = epochNow();
  let metronome = paced(stepsPerEpoch, epoch);
  const work = () => {
    if (epoch !== epochNow()) metronome = paced(stepsPerEpoch, (epoch = epochNow()));
    let due = isCatchingUp() ? Infinity : metronome.count(performance.now());
    fill(SLICE_MILLISECONDS, () => {
      if (due < 1 || isOver() || !learned(now)) return true;
      due--;
      metronome.done();
      return false;
    });
    if (isOver()) isPlaying = false;
    reportSoon(isCatchingUp());
    return !isPlaying;
  };
  await sliced(work, {
    isWanted: () => isPlaying,
    rest: () => (isCatchingUp() && !isWaiting ? 0 : REST_MILLISECONDS),
  });
}

function paced(stepsPerEpoch: number, epoch: number): Metronome {
  const seconds = epoch === 0 ? FIRST_EPOCH_SECONDS : LATER_EPOCH_SECONDS;
  return new Metronome(stepsPerEpoch / seconds, performance.now());
}

/** One step, if its images are there. */
function learned(now: FirstLook): boolean {
  const parts = isHeld(DATA_SET) ? null : arriving(DATA_SET, 'train');
  const done = isHeld(DATA_SET)
    ? now.learn(held(DATA_SET).train)
    : parts !== null && now.learnArriving(parts.images, parts.labels);
  isWaiting = !done;
  return done;
}

/** Tells where it stands when it is time for it; while it comes back to where it stood there is nothing to tell. */
function reportSoon(isCatchingUp: boolean) {
  if (!look || isCatchingUp) return;
  const isNews = toldOf !== `${look.step} ${isWaiting}`;
  if (!isPlaying || (isNews && performance.now() - toldAt >= REPORT_MILLISECONDS)) report();
}

function report() {
  if (!look || !tell || !palette) return;
  const standing = look.standing();
  const portrayed = standing.portraits.map(({ step }) => step).join();
  toldAt = performance.now();
  toldOf = `${standing.step} ${isWaiting}`;
  tell({
    standing,
    bands: look.bands(),
    maps: look.maps(palette),
    portraits: portrayed === sent ? null : look.portraits(PORTRAYED, palette),
    portrayed: PORTRAYED,
    isWaiting,
    isPlaying,
  });
  sent = portrayed;
}
