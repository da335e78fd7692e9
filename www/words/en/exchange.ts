/** Networks out of the Train room and into it. */
export const exchange = {
  title: 'Take it with you',
  note: 'The network as it is now, or the whole run, for other tools. They give the same numbers.',
  save: 'Save network',
  open: 'Open network',
  copyResult: 'Copy result',
  export: 'Export',
  formats: { onnx: 'ONNX', keras: 'Keras', notebook: 'Notebook', script: 'Script' },
  about: {
    safetensors: 'safetensors: every bit, and what a stranger needs to know of it',
    onnx: 'from raw bytes to outputs, for any runtime',
    keras: 'for keras.models.load_model, to go on training',
    notebook: 'the run again in NumPy, PyTorch or Keras',
    script: 'the same as a program',
  },
  saved: (file: string) => `${file} is saved.`,
  opened: (file: string) =>
    `${file} is opened: a run begins with its network. The run before stays under Runs.`,
  guessed:
    'The file does not say what its layers do, nor how pixels go in: ReLU, softmax and pixels 0…1 are taken.',
  notOpened: (file: string, reason: string) => `${file} was not opened. ${reason} Nothing has changed.`,
  notMade: (reason: string) => `The file could not be made. ${reason}`,
  runIsGone: 'The run was left meanwhile.',
  beginsWith: (file: string, fingerprint: string) =>
    `Runs begin with the network from ${file} (${fingerprint}) until its layers, pixels or first weights are changed.`,
  drawAnew: 'Draw first weights again',
  fromFile: (file: string) => `from ${file}`,
  result: {
    step: (epochs: string, all: string, step: string) => `${epochs} of ${all} epochs, ${step} batches`,
    training: (loss: string, accuracy: string) => `training loss ${loss}, accuracy ${accuracy}`,
    validation: (loss: string, accuracy: string) => `validation loss ${loss}, accuracy ${accuracy}`,
    test: (accuracy: string) => `test accuracy ${accuracy}`,
    rates: (rates: string) => `learning rate by batch: ${rates}`,
    fingerprint: (fingerprint: string) => `fingerprint ${fingerprint}`,
    began: (file: string, fingerprint: string) =>
      `began with the network from ${file} (${fingerprint}): the link has the settings, not that network`,
  },
};
