/** Names of the classes by data set, in the order of their labels; short enough for a tile. */
export const classes: Record<string, string[]> = {
  'fashion-mnist': [
    'T-shirt',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Boot',
  ],
  mnist: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
};
