// Lesson 10: everything at once: a goal of one's own, the exam, and where it fails.
import type { Lesson } from '../lesson';

/** What the course's one layer does not reach. */
const GOAL = 0.87;
/** Nearer than this, validation and test say the same. */
const NEAR = 0.02;
/** Drawn in the corner. */
const DIGIT = 3;

export const all: Lesson = {
  id: 'all',
  number: 10,
  minutes: 10,
  steps: [
    { id: 'plan', kind: 'read', at: '#/train', light: 'model' },
    {
      id: 'goal',
      kind: 'do',
      at: '#/train',
      light: 'model',
      isDone: ({ train }) => (train?.numLayers ?? 0) > 1 && (train?.validationAccuracy ?? 0) >= GOAL,
    },
    {
      id: 'exam',
      kind: 'bet',
      at: '#/train',
      light: 'exam',
      options: ['lower', 'near', 'higher'],
      show: '#/train',
      outcome: ({ exam }) => {
        if (!exam) return null;
        const ahead = exam.accuracy - exam.validation;
        return ahead < -NEAR ? 'lower' : ahead > NEAR ? 'higher' : 'near';
      },
    },
    {
      id: 'confused',
      kind: 'do',
      at: '#/train',
      light: 'confusion',
      isDone: ({ confusion }) =>
        confusion?.open?.isMistake === true && confusion.open.count === confusion.largestMistake,
    },
    {
      id: 'sure',
      kind: 'do',
      at: '#/train',
      light: 'predictions',
      isDone: ({ answer }) =>
        answer !== undefined && answer.label !== answer.prediction && answer.output > 0.9,
    },
    {
      id: 'corner',
      kind: 'do',
      at: '#/draw?fit=0&centre=0',
      light: 'samples',
      isDone: ({ drawing }) =>
        drawing?.model === 'digits' &&
        !drawing.isBoxed &&
        drawing.answer !== null &&
        drawing.answer !== DIGIT,
    },
    {
      id: 'mended',
      kind: 'do',
      light: 'stages',
      isDone: ({ drawing }) => drawing?.model === 'digits' && drawing.isBoxed && drawing.answer === DIGIT,
    },
    { id: 'end', kind: 'read' },
  ],
};
