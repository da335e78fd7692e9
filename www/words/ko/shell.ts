import type { shell as english } from '../en/shell';
import { josa } from '../josa';

export const shell: typeof english = {
  rooms: '방',
  skip: '방으로 건너뛰기',
  language: '언어',
  otherLanguage: 'English',
  theme: '테마',
  light: '밝게',
  dark: '어둡게',
  dataSet: '데이터셋',
  dataSets: { 'fashion-mnist': '패션 MNIST', mnist: 'MNIST', own: '내 데이터' },
  dataWaiting: '대기 중',
  dataLoading: (percent) => `불러오는 중 ${percent}`,
  dataReady: (train, test) => `${train} + ${test}`,
  dataFailed: '불러오지 못함',
  tryAgain: '다시 시도',
  dismiss: '닫기',
  noSuchRoom: (name) => `${josa(`“${name}”`, '이라는/라는')} 방은 없습니다. 여기는 첫 화면입니다.`,
  lessonFailed: '수업을 받지 못했습니다. 연결을 확인하고 다시 시도하세요.',
  roomFailed: '이 방을 불러오지 못했습니다. 연결을 확인하고 다시 시도하세요.',
  roomKept:
    '연결은 돌아왔지만, 이 브라우저는 한 번 받지 못한 스크립트를 다시 받지 않습니다. 페이지를 새로 고치세요. 저장된 실행은 그대로 있으며, 훈련 방에서 마지막 실행을 이어서 할 수 있습니다.',
  roomBroken: (reason) =>
    `저희 실수로 이 방을 불러오지 못했습니다(${reason}). 다른 것은 잃지 않았습니다. 다른 방으로 가거나 페이지를 새로 고치세요.`,
  reload: '새로 고침',
  newer: '새 버전의 아틀리에가 준비되었습니다. 저장된 실행은 그대로 있습니다.',
  newerElsewhere: '새 버전의 아틀리에가 준비되었습니다. 다른 탭을 모두 닫은 다음 열어 주세요.',
  openNewer: '새 버전 열기',
  later: '나중에',
  mistake: (reason) =>
    `저희 실수로 이 페이지에 문제가 생겼습니다(${reason}). 저장된 실행은 그대로 있습니다. 페이지가 더 이상 반응하지 않으면 새로 고치세요.`,
  roomBroke: (reason) =>
    `저희 실수로 이 방이 멈추었습니다(${reason}). 다른 것은 잃지 않았습니다. 방을 다시 열거나 다른 방으로 가세요.`,
  openAgain: '다시 열기',
  recovered: '저희 실수로 엔진이 멈추어, 마지막으로 저장한 상태에서 다시 시작했습니다.',
  engineStopped: '저희 실수로 엔진이 멈추었습니다. 다시 해 보세요.',
  engineStopping:
    '저희 실수로 엔진이 1분 안에 세 번 멈추었습니다. 마지막으로 하신 일이 원인일 수 있으니, 바꾸거나 다른 방으로 간 다음 다시 시도하세요.',
  engineUnreachable: '엔진을 내려받지 못했습니다. 연결을 확인하고 다시 시도하세요.',
  engineFailed: (reason) =>
    `여기서는 엔진을 시작할 수 없습니다(${reason}). 아틀리에에는 웹어셈블리 SIMD를 지원하는 브라우저(크롬 91, 파이어폭스 89, 사파리 16.4 이상)가 필요합니다.`,
  typed: (label) => `${label} 값 입력`,
  badAddress: (asked) => `주소에 적힌 ${josa(asked, '은/는')} 여기에 없는 값이라 기본값을 보여 드립니다.`,
  formula: '수식',
  tryThis: '해 보기',
  surpriseMe: '아무 시드나 뽑기',
  notANumber: '수가 아닙니다.',
  unclear: (text) => `“${text}”: 여러 가지로 읽을 수 있습니다. 어느 수를 뜻합니까?`,
  range: (min, max, whole) =>
    whole ? `${min}부터 ${max}까지의 정수여야 합니다.` : `${min}부터 ${max}까지의 수여야 합니다.`,
  rangeOrZero: (min, max, whole) => `0이거나 ${min}부터 ${max}까지의 ${whole ? '정수' : '수'}여야 합니다.`,
  rangeAbove: (above, max) => `${above}보다 크고 ${max} 이하인 수여야 합니다.`,
  rangeBelow: (min, below) => `${min} 이상이고 ${below}보다 작은 수여야 합니다.`,
};
