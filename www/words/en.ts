import { about } from './en/about';
import { course } from './en/course';
import { data } from './en/data';
import { draw } from './en/draw';
import { exchange } from './en/exchange';
import { graph } from './en/graph';
import { home } from './en/home';
import { loading } from './en/loading';
import { loss } from './en/loss';
import { neuron } from './en/neuron';
import { oneStep } from './en/one-step';
import { own } from './en/own';
import { runs } from './en/runs';
import { softmax } from './en/softmax';
import { tasks } from './en/tasks';
import { train } from './en/train';
import { refusal } from './en/refusals';
import { shell } from './en/shell';
import { classes } from './en/classes';

/** Every sentence on the page. Korean has the same type, so that a missing one does not compile. */
export const en = {
  shell,
  classes,
  home,
  course,
  tasks,
  train,
  runs,
  exchange,
  oneStep,
  draw,
  own,
  neuron,
  softmax,
  loading,
  refusal,
  loss,
  graph,
  data,
  about,
};

export type Words = typeof en;
