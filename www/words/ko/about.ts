import type { about as english } from '../en/about';

export const about: typeof english = {
  open: '아틀리에 정보',
  close: '닫기',
  failed: '이 페이지에 관한 정보를 받지 못했습니다. 연결을 확인하고 다시 시도하세요.',
  what: '신경망이 어떻게 배우는지 들여다보는 작업실입니다. 여기 보이는 수는 모두 훈련하는 코드가 이 브라우저 안에서 계산합니다. 그린 것, 고른 것, 훈련한 것은 이 브라우저에만 남고 어디로도 보내지 않습니다.',
  source: '소스 코드',
  sourceText: '아틀리에는 MIT 라이선스를 따르므로 누구나 쓰고 고치고 나눌 수 있습니다.',
  sourceAt: '코드가 있는 곳:',
  sourceElsewhere: '코드는 이 페이지를 공개한 곳에 있습니다.',
  images: '이미지',
  imagesText:
    '만든 이들이 공개한 그대로 제공합니다. 페이지에 들어 있는 신경망은 아틀리에가 이 이미지로 훈련한 것입니다.',
  penDigits: '펜으로 쓴 숫자(측정에만 쓰며 페이지에는 없음)',
  collection: '데이터셋',
  authors: '만든 이',
  licence: '라이선스',
  parts: '함께 쓴 것',
  partsText: '페이지나 엔진에 들어 있는, 다른 사람들이 만든 소프트웨어입니다.',
  page: (count) => `페이지에 든 것: ${count}개`,
  engine: (count) => `엔진에 든 것: ${count}개`,
  part: '패키지',
  version: '버전',
  texts: '모든 라이선스 전문',
};
