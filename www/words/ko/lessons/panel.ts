import type { panel as english } from '../../en/lessons/panel';

export const panel: typeof english = {
  name: (lesson) => `${lesson}강`,
  where: (lesson, lessons, step, steps) => `${lessons}강 중 ${lesson}강 · ${steps}단계 중 ${step}단계`,
  theDay: '수업 지도',
  fold: '수업 글',
  leave: '수업에서 나가기',
  yourTurn: '직접 해 보세요. 다 되면 페이지가 알아봅니다.',
  elsewhere: '이 단계는 다른 방에서 진행합니다.',
  there: '그곳으로 가기',
  back: '이전 단계',
  next: '다음',
  skip: '건너뛰기',
  finish: '수업 지도로',
  bet: '예상',
  see: '확인하기',
  youSaid: '예상',
  itIs: '결과',
  check: '확인',
  showMe: '답 보기',
  right: '맞습니다.',
  noNumber: '숫자가 아닙니다.',
  notIt: (decimals) =>
    decimals === '0'
      ? '아직 아닙니다. 답은 정수입니다.'
      : `아직 아닙니다. 방에 나온 것처럼 소수점 아래 ${decimals}자리까지 적으세요.`,
};
