import type { data as english } from '../en/data';
import { josa } from '../josa';

export const data: typeof english = {
  name: '데이터',
  title: '데이터: 신경망이 보게 되는 것.',
  lede: '이미지는 숫자가 되고 숫자는 행이 됩니다. 어떻게 스케일링하고, 값이 어떻게 퍼져 있으며, 어느 레이블이 의심스러운지 봅니다.',

  ownIsGone: '주소가 내 데이터를 가리키지만, 파일은 그것을 읽은 탭에만 남습니다. 아래에서 다시 추가하세요.',
  tryTen: '첫 열 장 보기: 패션 MNIST에서는 9 0 0 3 0 2 7 2 5 5',
  tryClass: (name) => `한 클래스만 훑어보기: ${name}`,
  tryStandardize: '구석 픽셀 (0, 0) 표준화해 보기',
  tryDoubts: '신경망이 믿지 않는 레이블 찾아보기',

  images: '이미지',
  imagesCount: (count, set) => `${set} ${count}장`,
  dataSet: '데이터셋',
  part: '부분',
  parts: { train: '훈련', test: '테스트' },
  show: '보기',
  showFirst: '파일에 담긴 순서로',
  showRandom: '무작위로',
  showClass: (label, name) => (name === String(label) ? `클래스 ${label}` : `클래스 ${label} · ${name}`),
  imageNumber: '이미지 번호',
  previous: '이전',
  next: '다음',
  pageOf: (page, pages) => `${pages}쪽 가운데 ${page}쪽`,
  shuffle: '다시 섞기',
  imageWithLabel: '레이블',
  noImages: '그런 이미지가 없습니다.',
  arriving: '이미지를 받는 중입니다.',

  oneImage: '이미지 한 장',
  titleOf: (part, index, label, name) =>
    `${part} 이미지 ${index}` +
    (label === null ? '' : ` · 레이블 ${label}`) +
    (label === null || name === String(label) ? '' : ` · ${name}`),
  pictureOf: (title) => `${title}의 그림`,
  row: '행',
  column: '열',
  pixelIs: (row, column, value) =>
    `${row}행 ${column}열의 픽셀은 ${value}입니다. 0은 종이, 255는 가장 진한 잉크입니다. 숫자를 눌러 다른 픽셀을 고르세요.`,
  pixels: '픽셀',
  pixelsScroll: '픽셀, 28개 숫자로 된 28행',
  asRow: '같은 이미지를 784개짜리 한 행으로',
  asRowText:
    '밀집층은 행과 열을 모릅니다. 줄을 차례로 이어 붙이면 28 × 28 = 784개의 숫자가 되고, 이미지 한 장이 신경망에 들어가는 표의 한 행이 됩니다. 방향키로 픽셀을 옮겨 다닐 수 있습니다.',
  rowWalk: '방향키로 픽셀 옮겨 다니기',
  rowOf784: '한 행으로 늘어놓은 784개 픽셀',

  shapes: '배열의 모양',
  shapeOne: '이미지 한 장 → 한 행',
  shapeImages: '전체 이미지 → 행',
  shapeLabels: '레이블 → 원-핫',
  shapesText: (count, numbers, megabytes) =>
    `28행 28열 이미지 ${count}장이 784개짜리 행 ${count}개가 됩니다. 같은 ${numbers}바이트(${megabytes} MB)를 같은 순서로, 다르게 읽을 뿐입니다.`,
  oneHot: '원-핫',
  oneHotText: (label, name) =>
    name === String(label)
      ? `${josa(`레이블 ${label}`, '은/는')} ${label}번 자리만 1이고 나머지는 0인 행이 됩니다.`
      : `${josa(`레이블 ${label}(${name})`, '은/는')} ${label}번 자리만 1이고 나머지는 0인 행이 됩니다.`,

  classes: '클래스',
  classesText: '평균 이미지와 훈련 이미지 수',

  scalingTitle: '픽셀 값',
  scaling: '스케일링',
  scalings: {
    none: '원본 · 0…255',
    'min-max': '최소–최대 · 0…1',
    standardized: '표준화 · 평균 0, 표준편차 1',
  },
  scalingTexts: {
    none: '바이트 그대로입니다. 입력이 크면 로짓도 기울기도 커져서, 0…1에서 SGD에 알맞던 학습률이 여기서는 너무 큽니다.',
    'min-max': '바이트의 범위가 0…1이 됩니다. 히스토그램의 모양은 그대로이고 축만 바뀝니다.',
    standardized:
      '784개 픽셀을 저마다의 평균과 표준편차로 옮기고 나눕니다. 평균과 표준편차는 훈련 부분에서만 구합니다. 검증·테스트 데이터의 정보가 훈련에 새어 들면 안 되기 때문입니다.',
  },
  onePixel: (image, row, column) => `훈련 이미지 ${image}, ${row}행 ${column}열`,
  histogramOf: (images, pixels) => `훈련 이미지 ${images}장의 픽셀 ${pixels}개`,
  mean: '평균',
  deviation: '표준편차',
  smallest: '최솟값',
  largest: '최댓값',
  outside: '축 밖의 값',
  constant: '늘 같아서 0이 되는 픽셀',
  histogram: '히스토그램',
  histogramText: '스케일링한 픽셀 값이 얼마나 자주 나오는지, 로그 높이로',
  histogramCaption: '높이는 픽셀 수(로그 눈금)입니다. x′은 수식의 픽셀이 있는 자리입니다.',
  bin: (from, to, count) => `${from}부터 ${to}까지: 픽셀 ${count}개`,

  stop: '멈추기',
  soFar: '지금까지 찾은 것입니다. 모든 이미지를 볼 때까지 계속 찾습니다.',
  duplicates: '거의 같은 이미지',
  duplicatesText:
    '훈련 이미지와 테스트 이미지를 통틀어 가장 가까운 열두 쌍입니다. 모든 쌍을 직접 비교하거나, 픽셀 블록의 합으로 얻는 틀릴 수 없는 하한으로 제외하므로 놓치는 쌍이 없습니다. 훈련에서 쌍둥이를 이미 본 테스트 이미지는 학습이 아니라 암기를 평가하게 됩니다.',
  findDuplicates: '거의 같은 이미지 찾기',
  difference: (levels) => `픽셀 차이 ${levels}단계(255단계 가운데, 제곱평균제곱근)`,
  labelsDiffer: '레이블이 다름',
  duplicatesDone: '모든 쌍을 비교하거나 제외했습니다.',
  doubts: '의심스러운 레이블',
  doubtsText:
    '이미지를 반으로 나누고, 은닉 유닛 64개인 신경망을 각각 하나씩 훈련해(Adam, 5에포크 이상, 시드 42) 본 적 없는 나머지 반을 판단하게 합니다. 가장 낮은 확률을 받은 레이블 스무 개를 보여 줍니다. 틀린 레이블도 있고 그저 어려운 이미지도 있습니다. 데이터가 늘 옳은 것은 아닙니다.',
  findDoubts: '의심스러운 레이블 찾기',
  labelSays: '레이블',
  networkSays: '신경망',
  doubtsDone: (count, all) =>
    `신경망은 레이블 ${all}개 가운데 ${count}개와 다르게 답했습니다. 여기 있는 것은 그중 가장 믿지 못한 스무 개입니다.`,

  own: '내 데이터',
  ownText: (most, megabytes) =>
    `28×28 회색 이미지와 레이블의 IDX 파일을 gzip 압축 여부와 상관없이 쓸 수 있습니다. 훈련용 한 쌍이 필요하고, 있다면 테스트용 한 쌍도 받습니다(없으면 6분의 1을 떼어 둡니다). 한 파일에 이미지는 ${most}개까지이며, 그만큼이면 메모리 ${megabytes} MB를 씁니다. 아무것도 이 탭을 떠나지 않습니다.`,
  dropHere: '이미지 파일과 레이블 파일을 이 페이지 아무 데나 놓거나 고르세요.',
  chooseFiles: '파일 고르기',
  ownFiles: '고른 파일',
  bytes: (count) => `${count}바이트`,
  removeFile: (name) => `${name} 빼기`,
  ownNames: '클래스 이름(쉼표로 구분)',
  ownNamesExample: '동그라미, 네모, 세모',
  ownNamesText: '레이블 순서대로 두 개에서 열 개까지 적습니다. 비워 두면 번호로 부릅니다.',
  folder: (name) => `“${name}”: 폴더입니다. 폴더 안의 파일을 놓으세요.`,
  nameTooLong: (name, most) =>
    `클래스 이름 “${name}”: 너무 깁니다. ${most}자까지 쓸 수 있습니다. 이름 사이에는 쉼표나 쌍반점, 줄바꿈을 넣으세요.`,
  ownPair: (train, test) => `훈련: ${train}. 테스트: ${test}.`,
  reading: '읽는 중…',
  takeOwn: '이 파일 쓰기',
  ownTaken: (train, test, classes) =>
    `이제 모든 방이 내 데이터를 씁니다. 클래스 ${classes}개, 훈련 이미지 ${train}장, 테스트 이미지 ${test}장입니다.`,

  offline: '인터넷 없이',
  offlineText:
    '한 번 받은 것은 이 브라우저에 남습니다. 페이지 자체와, 방에서 쓴 데이터셋입니다. 시간이 지나면 브라우저가 지울 수 있고, 사파리는 이레 동안 방문하지 않으면 지웁니다.',
  offlineNever:
    '이 브라우저는 아무것도 남겨 두지 않습니다. https로 연 페이지에서만, 또 모든 비공개 창에서는 아니지만, 남겨 둘 수 있습니다. 페이지는 열려 있는 동안 그대로 쓸 수 있습니다.',
  offlinePage: '페이지의 모든 방과 함께 제공되는 신경망',
  megabytes: (count: string) => `${count} MB`,
  kept: '✓ 저장됨',
  notYetKept: '아직 없음',
  keepFailed: '받거나 저장하지 못했습니다. 연결과 기기의 남은 공간을 확인하세요',
  keepKept: (set: string, megabytes: string) => `${set} 저장하기 (${megabytes} MB)`,
  keepSet: (set: string) => `${set} 저장하기`,
  removeKept: '지우기',
  removeSet: (set: string) => `이 브라우저에서 ${set} 지우기`,
};
