// The course's graphs. Texts only: every number comes from the engine.

export type ExampleName = 'apples' | 'square' | 'add' | 'multiply' | 'sigmoid' | 'softmax' | 'unit';

/** A leaf's first value and the range of its slider. */
export interface LeafRange {
  value: number;
  min: number;
  max: number;
  step: number;
}

/** A formula that a gradient comes down to: computed apart by the engine, shown beside it. */
export interface Identity {
  /** Whose gradient. */
  node: string;
  /** The short formula, in the names of the graph. */
  text: string;
  /** Its name in formulas.json. */
  formula: string;
}

export interface Example {
  name: ExampleName;
  text: string;
  leaves: Record<string, LeafRange>;
  identities: Identity[];
}

const around = (value: number, reach = 5, step = 0.1): LeafRange => ({
  value,
  min: -reach,
  max: reach,
  step,
});
const share = (value: number): LeafRange => ({ value, min: 0, max: 1, step: 1 });

export const examples: Example[] = [
  {
    name: 'apples',
    text: '(apple_price × apple_count + orange_price × orange_count) × tax',
    leaves: {
      apple_price: { value: 100, min: 0, max: 300, step: 1 },
      apple_count: { value: 2, min: 0, max: 10, step: 1 },
      orange_price: { value: 150, min: 0, max: 300, step: 1 },
      orange_count: { value: 3, min: 0, max: 10, step: 1 },
      tax: { value: 1.1, min: 1, max: 1.5, step: 0.01 },
    },
    identities: [
      { node: 'apple_price', text: 'apple_count × tax', formula: 'applePrice' },
      { node: 'tax', text: 'apple_price × apple_count + orange_price × orange_count', formula: 'tax' },
    ],
  },
  {
    name: 'square',
    text: 'z = (x + y)²',
    leaves: { x: around(3), y: around(-1) },
    identities: [{ node: 'x', text: '2 × (x + y)', formula: 'square' }],
  },
  {
    name: 'add',
    text: 'z = x + y',
    leaves: { x: around(10, 20, 0.5), y: around(5, 20, 0.5) },
    identities: [],
  },
  {
    name: 'multiply',
    text: 'z = x × y',
    leaves: { x: around(10, 20, 0.5), y: around(5, 20, 0.5) },
    identities: [
      { node: 'x', text: 'y', formula: 'multiplyX' },
      { node: 'y', text: 'x', formula: 'multiplyY' },
    ],
  },
  {
    name: 'sigmoid',
    text: 'y = 1 ÷ (1 + exp(−x))',
    leaves: { x: around(1, 8) },
    identities: [{ node: 'x', text: 'y × (1 − y)', formula: 'sigmoid' }],
  },
  {
    name: 'softmax',
    text: [
      'e1 = exp(z1)',
      'e2 = exp(z2)',
      'e3 = exp(z3)',
      's = sum(e1, e2, e3)',
      'p1 = e1 ÷ s',
      'p2 = e2 ÷ s',
      'p3 = e3 ÷ s',
      'L = −sum(y1 × ln(p1), y2 × ln(p2), y3 × ln(p3))',
    ].join('\n'),
    leaves: {
      z1: around(2),
      z2: around(1),
      z3: around(0.1),
      y1: share(0),
      y2: share(1),
      y3: share(0),
    },
    identities: [1, 2, 3].map((k) => ({ node: `z${k}`, text: `p${k} − y${k}`, formula: `softmax${k}` })),
  },
];

export function exampleOf(name: string): Example | null {
  return examples.find((example) => example.name === name) ?? null;
}

/** A slider's range for a leaf that no example describes. */
export function rangeAround(value: number): LeafRange {
  const size = Math.abs(value);
  if (size <= 5) return { value, min: -5, max: 5, step: 0.05 };
  const reach = 10 ** Math.ceil(Math.log10(size * 1.5));
  return { value, min: value < 0 ? -reach : 0, max: value < 0 ? 0 : reach, step: reach / 200 };
}
