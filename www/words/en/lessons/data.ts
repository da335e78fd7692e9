import type { LessonText } from '../../../course/lesson';
import { number } from '../../say.svelte';

export const data = {
  title: 'What does a network see?',
  about: 'Images are numbers: 28 × 28, one row of 784; min–max and standardising.',
  steps: {
    image: {
      text: 'Fashion-MNIST is 60,000 training images and 10,000 test images of clothes, by Zalando Research, of the same size as the handwritten digits of MNIST: 28 rows of 28 grey pixels.\n\nA network sees no boot. It sees the table beside it: 784 numbers from 0 (paper) to 255 (full ink). A colour image would have three such tables, for red, green and blue.',
    },
    sneaker: {
      text: 'The first ten labels are 9 0 0 3 0 2 7 2 5 5. A label is a number, too: class 9 is the ankle boot, 7 the sneaker.\n\nChoose the sneaker among the images.',
      done: ({ image }) => `Image ${number(image?.image ?? NaN)} has label 7.`,
    },
    place: {
      text: 'A dense layer knows no rows and columns: line is set after line, as reshape(−1, 784) does. At which place of the 784 stands the pixel in row 3, column 20? All three count from 0.',
      label: 'k',
      right: 'Yes: 28 · 3 + 20. Three whole lines come before it.',
      slips: {
        swapped: 'That is row 20, column 3. A line has 28 pixels, and three lines come before.',
        'from-one': 'Rows count from 0 here: before row 3 there are three whole lines, not two.',
        sum: 'A whole line lies between two rows: each counts 28.',
      },
    },
    reshape: {
      text: 'So 60,000 images of 28 × 28 become 60,000 rows of 784: not one number changes, only how they are read. What lay beside each other above and below, the network now has to find out by itself.',
    },
    'min-max': {
      text: 'Numbers up to 255 make large sums, and large sums make a sigmoid flat. So pixels are scaled. Min–max takes (x − smallest) ÷ (largest − smallest), here x ÷ 255.\n\nThe pixel in row 14, column 14 is 217. What becomes of it, to two decimals?',
      label: '217 scaled',
      right: 'Yes: 217 ÷ 255.',
      slips: {
        'upside-down': 'That is 255 ÷ 217. A scaled pixel lies between 0 and 1.',
        hundred: 'That is 217 ÷ 100. The largest value is 255.',
        raw: 'That is the pixel as it was.',
      },
    },
    standardize: {
      text: 'The other way, standardising: from each pixel take its mean over the training images, then divide by its deviation. Choose it in “Scaling”.',
      done: ({ scaling }) =>
        `All scaled pixels now have mean ${number(Math.abs(scaling?.mean ?? NaN) < 5e-5 ? 0 : (scaling?.mean ?? NaN), 4)} and deviation ${number(scaling?.deviation ?? NaN, 4)}.`,
    },
    why: {
      text: 'Both are fitted on training images only: mean and deviation of the test images are not to be known beforehand.\n\nWhy it helps: a weight’s gradient is blame times input. Inputs of very different size make some weights jump while others crawl, and no learning rate suits both.',
    },
    end: {
      text: 'Now you can say:\n\n· an image is a table of numbers, a set of images a table of rows of 784;\n· reshape changes how numbers are read, not the numbers;\n· min–max brings pixels to 0…1, standardising to mean 0 and deviation 1;\n· what is fitted is fitted on training images.',
    },
  },
} satisfies LessonText;
