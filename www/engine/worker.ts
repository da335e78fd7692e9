// One worker script for every role: the page makes a worker for training, one
// for quick answers, and a pool for folds; each holds its own engine.
import * as Comlink from 'comlink';
import * as collection from './api/collection';
import * as data from './api/data';
import * as dataRoom from './api/data-room';
import * as draw from './api/draw';
import * as logistic from './api/logistic';
import * as exchange from './api/exchange';
import * as home from './api/home';
import * as examination from './api/examination';
import * as oneStep from './api/one-step';
import * as loss from './api/loss';
import * as neuron from './api/neuron';
import * as reading from './api/reading';
import * as softmax from './api/softmax';
import * as training from './api/training';
import * as graph from './api/graph';
import init, { freshSeed } from './pkg/atelier';
import { sendRecords } from './thrown';

const subjects = {
  collection,
  data,
  dataRoom,
  draw,
  logistic,
  exchange,
  examination,
  home,
  oneStep,
  loss,
  neuron,
  reading,
  softmax,
  training,
  graph,
  engine: {
    /** Takes the compiled module over; resolves when the engine can be called. */
    start: (module: WebAssembly.Module) => init({ module_or_path: module }).then(() => undefined),
    /** A seed that nobody chose. */
    freshSeed: () => freshSeed(),
  },
};

export type Subjects = typeof subjects;

sendRecords();
Comlink.expose(subjects);
