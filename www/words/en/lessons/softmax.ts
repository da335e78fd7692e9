import type { LessonText } from '../../../course/lesson';
import { significant } from '../../say.svelte';

export const softmax = {
  title: 'Can softmax break?',
  about: 'Scores become probabilities; 32 bits overflow; the guard.',
  steps: {
    scores: {
      text: 'A network that names one of ten classes ends in ten numbers, the logits. They may be of any size and any sign.\n\nSoftmax makes probabilities of them: each logit goes through eᶻ, which is never negative, and is divided by the sum of all, so that together they are 1.',
    },
    share: {
      text: 'Two classes are enough to see it. The logits are 1 and 2; e¹ is 2.7183 and e² is 7.3891, and the table has both.\n\nWork out the first probability. Its place in the column of f32 is covered.',
      label: 'p₁',
      right:
        'That is it: 2.7183 ÷ (2.7183 + 7.3891). A logit that is larger by 1 has e ≈ 2.72 times the probability.',
      slips: {
        other: 'That is p₂: the second exponential stands above the line.',
        straight: 'These are shares of the logits themselves, 1 ÷ (1 + 2). First each goes through eᶻ.',
        undivided: 'That is e¹. It is still to be divided by the sum of both.',
      },
    },
    shift: {
      text: 'Now add the same number C to both logits: move the shift away from 0, and watch the last column.',
      done: 'The exponentials changed, the probabilities did not.',
    },
    constant: {
      text: 'Why? e^(z + C) is eᶻ · e^C, and the factor e^C stands above and below the line: it cancels. The course writes it the other way round: a constant C in front of every exponential goes into the exponent as C′ = log C.\n\nSo we may add what we like to all logits. That will save us.',
    },
    ninety: {
      text: 'Ten logits again, the guard off. Logit 1 rises to 89, the others stay between −2.4 and 5.2. What will its probability be?',
      options: { one: '1', almost: 'just below 1', nan: 'NaN' },
      show: 'Raise it to 89',
      paid: ({ softmax }) =>
        `e⁸⁹ is about 4.5×10³⁸. The largest number of 32 bits is 3.4×10³⁸, so the table says ${significant(softmax?.exponentials[0] ?? NaN)}: an overflow. And ∞ ÷ ∞ is no number. One class too sure of itself, and every result is spoilt.`,
    },
    guard: {
      text: 'The cure uses what cancels. Take the largest logit m off all of them, so C = −m. Switch the guard on.',
      done: ({ softmax }) =>
        `p₁ = ${significant(softmax?.probabilities[0] ?? NaN, 4)}, and everything is finite.`,
    },
    largest: {
      text: 'With the guard the largest logit is always the same number after e^(z − m). Which one? Its place is covered.',
      label: 'e^(z₁ − m)',
      right: 'Yes: z₁ − m = 0 and e⁰ = 1. All the others lie between 0 and 1: nothing can overflow any more.',
      slips: {
        difference: 'That is z₁ − m. It still goes through e^….',
        logit: 'That is the logit itself. m, the largest, is taken off first: 89 − 89.',
      },
    },
    edge: {
      text: 'Where exactly does it break? The guard is off, logit 1 stands at 80. Raise it until its exponential in f32 is ∞.',
      done: ({ softmax }) =>
        `∞ at ${significant(softmax?.logits[0] ?? NaN, 4)}. The edge lies at ln(3.4×10³⁸) = 88.72; in 16 bits at 11.09, in 64 bits at 709.78. The table shows all three.`,
    },
    class: {
      text: 'One more thing. The largest logit has the largest probability, always: eᶻ only grows. To name the class, as one does when training is over, softmax is not needed at all. It is needed to say how sure, and to learn.',
    },
    end: {
      text: 'Now you can say:\n\n· softmax is eᶻ divided by the sum of all eᶻ;\n· a constant added to all logits changes nothing, because it cancels;\n· in 32 bits eᶻ overflows above 88.72, and ∞ ÷ ∞ is NaN;\n· taking the largest logit off first is the guard that every library has.',
    },
  },
} satisfies LessonText;
