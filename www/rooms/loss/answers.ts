// The course's two answers to an image of class 2: ten outputs of a softmax.
export const answers = {
  good: [0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0],
  bad: [0.1, 0.05, 0.1, 0, 0.05, 0.1, 0, 0.6, 0, 0],
} as const;
