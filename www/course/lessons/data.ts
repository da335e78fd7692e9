// Lesson 3: images are numbers; rows of 784; min–max and standardising.
import type { Lesson } from '../lesson';

export const data: Lesson = {
  id: 'data',
  number: 3,
  minutes: 7,
  steps: [
    { id: 'image', kind: 'read', at: '#/data', light: 'image' },
    {
      id: 'sneaker',
      kind: 'do',
      at: '#/data',
      isDone: ({ image }) => image?.part === 'train' && image.label === 7,
    },
    {
      id: 'place',
      kind: 'compute',
      at: '#/data?row=3&column=20',
      light: 'place',
      answer: ({ image }) => image?.position ?? null,
      decimals: 0,
      slips: [
        { id: 'swapped', value: ({ image }) => (image ? 28 * image.column + image.row : null) },
        { id: 'from-one', value: ({ image }) => (image ? 28 * (image.row - 1) + image.column : null) },
        { id: 'sum', value: ({ image }) => (image ? image.row + image.column : null) },
      ],
    },
    { id: 'reshape', kind: 'read', light: 'image' },
    {
      id: 'min-max',
      kind: 'compute',
      at: '#/data',
      light: 'scaled',
      answer: ({ scaling }) => (scaling?.scaling === 'min-max' ? scaling.scaled : null),
      decimals: 2,
      slips: [
        { id: 'upside-down', value: ({ scaling }) => (scaling?.raw ? 255 / scaling.raw : null) },
        { id: 'hundred', value: ({ scaling }) => (scaling?.raw ? scaling.raw / 100 : null) },
        { id: 'raw', value: ({ scaling }) => scaling?.raw ?? null },
      ],
    },
    {
      id: 'standardize',
      kind: 'do',
      at: '#/data',
      light: 'scaling',
      isDone: ({ scaling }) => scaling?.scaling === 'standardized' && scaling.deviation !== null,
    },
    { id: 'why', kind: 'read', light: 'scaling' },
    { id: 'end', kind: 'read' },
  ],
};
