// The lessons, in the order of the day.
import type { Lesson } from '../lesson';
import { all } from './all';
import { back } from './back';
import { data } from './data';
import { graph } from './graph';
import { logistic } from './logistic';
import { loss } from './loss';
import { neuron } from './neuron';
import { sgd } from './sgd';
import { softmax } from './softmax';
import { train } from './train';

export const lessons: readonly Lesson[] = [
  neuron,
  softmax,
  data,
  logistic,
  train,
  loss,
  sgd,
  back,
  graph,
  all,
];
