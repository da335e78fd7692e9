import { about } from './ko/about';
import { course } from './ko/course';
import { data } from './ko/data';
import { draw } from './ko/draw';
import { exchange } from './ko/exchange';
import { graph } from './ko/graph';
import { home } from './ko/home';
import { loading } from './ko/loading';
import { loss } from './ko/loss';
import { neuron } from './ko/neuron';
import { oneStep } from './ko/one-step';
import { own } from './ko/own';
import { runs } from './ko/runs';
import { softmax } from './ko/softmax';
import { tasks } from './ko/tasks';
import { train } from './ko/train';
import { refusal } from './ko/refusals';
import { shell } from './ko/shell';
import { classes } from './ko/classes';
import type { Words } from './en';

export const ko: Words = {
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
