// What run.mjs calls in the browser.
import * as Comlink from 'comlink';
import { engineOf } from '../../www/engine/client';
import { defaultLogisticSettings } from '../../www/engine/pkg/atelier';
import { crossValidate } from '../../www/engine/pool';
import * as atelier from './atelier';
import * as tensorflow from './tensorflow';

const bench = {
  atelierEpochs: atelier.epochSeconds,
  atelierImages: atelier.trainOn,
  atelierImage: atelier.imageMicroseconds,
  async atelierLogistic(maxIter: number) {
    await atelier.dataSet();
    const defaults = defaultLogisticSettings();
    return atelier.logisticSeconds({ ...defaults, classifier: { ...defaults.classifier, maxIter } });
  },
  /** Five folds of all 60,000 images as the page runs them, workers started and images handed over included. */
  async atelierFolds(numWorkers: number) {
    const engine = await engineOf('trainer');
    await engine.data.load(
      'fashion-mnist',
      Comlink.proxy(() => undefined),
    );
    const settings = await engine.logistic.defaults();
    return crossValidate({ dataSet: 'fashion-mnist', settings, numFolds: 5, numWorkers });
  },
  async tensorflowEpochs(backend: tensorflow.Backend, job: atelier.Job, numEpochs: number, count: number) {
    await tensorflow.useBackend(backend);
    return tensorflow.epochSeconds(job, numEpochs, count);
  },
};

export type Bench = typeof bench;
Object.assign(window, { bench });
