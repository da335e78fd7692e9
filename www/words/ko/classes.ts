import type { classes as english } from '../en/classes';

export const classes: typeof english = {
  'fashion-mnist': [
    '티셔츠',
    '바지',
    '스웨터',
    '드레스',
    '코트',
    '샌들',
    '셔츠',
    '스니커즈',
    '가방',
    '앵클부츠',
  ],
  mnist: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
};
