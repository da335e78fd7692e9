export const neuron = {
  name: 'Neuron',
  title: 'One neuron: from a step to a slope.',
  lede: 'A weight, a bias and an activation: what the step function loses and the sigmoid keeps.',

  trySteep: 'Make the sigmoid nearly a step: weight 20',
  tryFlat: 'Go far out, where even the sigmoid hardly moves',
  tryXor: 'Try XOR with one neuron',

  figure: 'Activations',
  figureNote: 'drag in the plot to move the input',
  plotText: 'Output of the neuron over its input, a line for each chosen activation',
  slopePlotText: 'Slope of the output over the input, a line for each chosen activation',
  weight: 'Weight',
  bias: 'Bias',
  input: 'Input',
  activationsLegend: 'Activations shown',
  activations: {
    step: 'Step',
    sigmoid: 'Sigmoid',
    tanh: 'Tanh',
    relu: 'ReLU',
    identity: 'Identity',
  },
  withSlopes: 'Slopes below',
  readings: 'Readings',
  nudge: (by: string) => `y at w + ${by}`,
  nothing: 'the same',
  noneChosen: 'Choose an activation above.',
  story: (step: string, sigmoid: string, slope: string, stepIsStill: boolean, nudged: string) =>
    `The step says ${step}: on which side, not how far. Its slope is 0, so ${
      stepIsStill ? 'a little more weight changes nothing' : 'only a nudge across the edge changes anything'
    }, and nothing tells the weight where to go. The sigmoid says ${sigmoid}, has the slope ${slope}, and moves to ${nudged}: from that it can learn.`,
  steepest:
    'The sigmoid is steepest where z = 0, and the steeper the larger |w|: it nears the step, which jumps there.',

  gateTitle: 'A gate from two inputs',
  gateNote: 'find weights that fill the truth table',
  gate: 'Gate',
  unit: 'Neurons',
  layers: 'Layers',
  numLayers: { '1': 'one neuron', '2': 'two layers' },
  twoLayersNote: 'Two hidden neurons h₁, h₂ see the inputs; y sees h₁ and h₂.',
  gateDone: (gate: string) => `All four are right: this is ${gate}.`,
  gateRight: (right: number) => `${right} of 4 right. A neuron answers 1 when its sum z is above 0.`,
  solveXor: 'Solve it with two layers',
  planeText: 'The plane of the two inputs, the line where the answer changes, and the four corners',
  planeCaption:
    'Blue: the answer is 1, orange: 0. The line is z = 0; one neuron has just one. In the circles: what is wanted; crossed out where the answer is wrong.',
  planeCaptionTwo: 'Blue: the answer is 1, orange: 0. One line for each hidden neuron: h₁ solid, h₂ dashed.',
  truthTable: 'Truth table',
  wanted: 'wanted',
  right: 'right',
  wrong: 'wrong',
  hiddenPlaneText:
    'The plane of the two hidden outputs with the four corners where the hidden layer puts them',
  hiddenPlaneCaption: (parted: boolean) =>
    `What the last neuron sees: the hidden layer has moved the corners${
      parted ? ', and now one line parts them.' : '; its one line does not part them yet.'
    }`,
  proofTitle: (gate: string) => `What ${gate} demands of z`,
  proof: (mixed: string, equal: string) =>
    `The second and third lines add up to w₁ + w₂ + 2b > 0, the first and fourth to w₁ + w₂ + 2b ≤ 0. With your numbers both sums are ${
      mixed === equal ? mixed : `${mixed} and ${equal}`
    }: one number, which cannot be above 0 and not above 0. So no weights will ever do; a second layer will.`,

  collapseTitle: 'Two layers that do not bend are one',
  collapseNote: 'change any number',
  between: 'Activation between the layers',
  twoWay: 'Layer by layer',
  oneWay: 'One layer with the product of the weights',
  hiddenName: (plain: boolean) => (plain ? 'h' : 'f(h)'),
  entry: (name: string, row: number, column: number) => `${name}, row ${row}, column ${column}`,
  sameOutput: 'The same y: nothing bent on the way, so the second layer has added nothing.',
  otherOutput: (name: string) =>
    `With ${name} in between, the product of the weights gives another y: now the second layer is worth having.`,
};
