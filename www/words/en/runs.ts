const obstacles = {
  unavailable: 'This browser keeps no data for this page: runs live until this tab closes.',
  'older-page':
    'Another tab has an older version of this page open, and the store for runs with it. Close that tab: then runs are kept again.',
  'newer-page':
    'A newer version of this page has been opened in this browser, and the store for runs is its own now. Runs of this tab live until it closes; reload it to keep the next ones.',
  full: 'This browser has no more room for runs: what is trained now lives until this tab closes. Remove a run to make room.',
  silent:
    'This browser’s store does not answer: what is trained now lives until this tab closes, or until the store is back.',
  broken:
    'This browser’s store did not take this run: it lives until this tab closes, or until the store takes it.',
};

/** What is kept, what is not, and what became of it. */
export const runs = {
  note: (most: string) => `kept in this browser · up to ${most} beside the present one`,
  noteHere: (most: string) => `in this tab only · up to ${most} beside the present one`,
  obstacles,
  beingKept: 'being kept …',
  hereOnly: 'in this tab only',
  elsewhere: 'open in another tab',
  dataGone: 'its data are not here',
  /** Of a learning rate that was changed on the way. */
  rates: (first: string, last: string) => `${first} → ${last}`,
  leaving: (name: string) =>
    `There is no room for more: when the next run is kept, “${name}” goes, the oldest without a name. A name keeps a run.`,
  leavingMany: (count: string, name: string) =>
    `There is no room for more: when the next run is kept, the ${count} oldest without a name go, “${name}” first. A name keeps a run.`,
  inEpoch: (name: string, epoch: string, epochs: string, step: string) =>
    `Left unfinished: ${name}, in epoch ${epoch} of ${epochs} after ${step} batches.`,
  atValidation: (name: string, epoch: string, epochs: string, step: string) =>
    `Left unfinished: ${name}, at the validation of epoch ${epoch} of ${epochs} after ${step} batches.`,
  takeUp: 'Take it up again',
  catchingUp: (step: string, to: string) =>
    `Back to where it stood, by the same steps: batch ${step} of ${to}.`,
  damaged: (count: string) => `${count} of the kept runs could not be read and were left out.`,
  unreadable: (obstacle: string) => `The runs kept in this browser could not be read. ${obstacle}`,
  notRemoved: (name: string) =>
    `“${name}” could not be removed: this browser’s store did not do it. It is still there.`,
  notRenamed: (name: string) => `The name “${name}” could not be kept: this browser’s store did not take it.`,
  isElsewhere: (name: string) =>
    `“${name}” is open in another tab. Go on with it there, or close that tab; a twin of it can be run here.`,
  moved:
    'Another tab has gone on with this run. What is trained here goes on as a run of its own, and both are kept.',
  isDataGone: (name: string) =>
    `“${name}” was trained on your own data, and these are not here any more. Choose the same files again in the Data room to go on with it; its curves stay.`,
  cannotGoOn: (name: string, reason: string) =>
    `“${name}” cannot be gone on with: ${reason}. Its curves stay; a new run was begun.`,
  reasons: {
    gone: 'it is not there any more',
    damaged: 'a part of it is missing',
    differs: 'the same steps give other numbers here than they gave then',
  },
  memory: (megabytes: string) => `${megabytes} MB of memory`,
};
