import type { lessonsInEnglish } from '../../en/lessons';
import { all } from './all';
import { back } from './back';
import { data } from './data';
import { graph } from './graph';
import { logistic } from './logistic';
import { loss } from './loss';
import { neuron } from './neuron';
import { panel } from './panel';
import { sgd } from './sgd';
import { softmax } from './softmax';
import { train } from './train';

export const lessonsInKorean: typeof lessonsInEnglish = {
  panel,
  lessons: { neuron, softmax, data, logistic, train, loss, sgd, back, graph, all },
};
