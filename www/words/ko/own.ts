import type { own as english } from '../en/own';
import { josa } from '../josa';

export const own: typeof english = {
  name: '내 그림',
  title: '내가 그린 그림, 그리고 그것을 읽는 법을 배우는 신경망.',
  lede: '클래스 이름을 몇 개 정하고, 저마다 몇 번씩 그린 뒤, 신경망을 처음부터 훈련해 내 글씨를 읽게 해 보세요.',
  classes: '무엇을 구별하게 할까요?',
  classesText: '클래스는 두 개에서 열 개까지입니다. 준비된 것을 고르거나 이름을 직접 쓰세요.',
  ownName: '직접 정한 이름(쉼표로 나눔)',
  ownExample: '고양이, 물고기, 집',
  addName: '추가',
  noName: '먼저 이름을 쓰세요.',
  namesThere: '이미 있는 클래스입니다.',
  tooMany: (most, count) =>
    `클래스는 ${most}개까지이고, 지금 ${count}개가 있습니다. 몇 개를 없애거나 더 적게 추가하세요.`,
  nameFirst: '무엇을 그릴지 먼저 고르세요',
  drawA: '그릴 것:',
  drawHere: (name) => `여기에 그리세요: ${name}`,
  pad: '그림판',
  keep: '이 그림 모으기',
  told: '방금 일어난 일',
  keptOne: (name, count) => `모았습니다. 지금까지 ${name} 그림 ${count}개. 이번에는 조금 다르게 그려 보세요.`,
  refusals: {
    empty: '그림판이 비어 있습니다. 먼저 그리세요.',
    dot: '점뿐입니다. 획을 더 길게 그리세요.',
    filled: '그림판이 가득 찼습니다. 지우고 획을 줄여 그리세요.',
  },
  thereAlready: '똑같은 그림이 이미 있습니다. 한 번 더 그려 보세요.',
  classIsFull: (name) => `${name} 그림이 이미 50개라서 더 모으지 않습니다.`,
  shelf: '지금까지 그린 것',
  undo: '되돌리기',
  undone: '되돌렸습니다.',
  empty: '아직 없습니다. 위에서 클래스를 고르세요.',
  noneOf: '아직 그림이 없습니다.',
  drawFor: (name, count) => `${name} 그리기(지금까지 ${count}개)`,
  drawingsOf: (name) => `${name} 그림들`,
  show: (name, at) => `${name} 그림 ${at}번: 변형 보기`,
  remove: (name, at) => `${name} 그림 ${at}번 없애기`,
  removedOne: (name) => `${name} 그림 하나를 없앴습니다. 되돌리기를 누르면 돌아옵니다.`,
  removeClass: (name) => `클래스 없애기: ${name}`,
  removedClass: (name) =>
    `${josa(`클래스 “${name}”`, '과/와')} 그 그림을 없앴습니다. 되돌리기를 누르면 돌아옵니다.`,
  varied: '신경망이 보게 되는 것',
  variedOf: (name, count) => `${name} 그림 하나와 그 변형, 이미지 ${count}장`,
  itself: '그린 그대로',
  variation: (at) => `변형 ${at}`,
  variedText:
    '그림 몇 개는 이미지 몇 장일 뿐입니다. 그래서 엔진이 그림마다 조금씩 돌리고, 옮기고, 늘이고, 휘고, 선을 굵거나 가늘게 바꿉니다. 첫 번째가 그린 그대로입니다.',
  ready: '이렇게 됩니다',
  twoClasses: '클래스가 두 개는 있어야 구별할 것이 생깁니다.',
  becomes: (drawings, variations, images) =>
    `그림 ${drawings}개가 저마다 이미지 ${variations}장이 되어, 모두 ${images}장입니다.`,
  lacks: (list, fewest) => `클래스마다 그림이 ${fewest}개는 있어야 합니다. 모자란 것: ${list}`,
  lack: (name, missing) => `${name} ${missing}개`,
  part: '부분',
  drawingsHead: '그림',
  imagesHead: '이미지',
  parts: { train: '훈련', validation: '검증', test: '테스트' },
  splitText:
    '그림 하나는 그 변형과 함께 한 부분에만 들어갑니다. 일부로 훈련하고 나머지로 테스트하면, 이미 본 것을 묻는 셈이 되기 때문입니다.',
  train: '이것으로 훈련하기',
  readBack: '훈련한 신경망으로 그리기 방에서 읽기',
  inTrain: '내 그림을 배우는 훈련입니다.',
  keepTitle: '간직하고 가져가기',
  standing: '그림이 있는 곳',
  standings: {
    reading: '이 브라우저에 남은 그림을 찾는 중…',
    writing: '이 브라우저에 저장하는 중…',
    kept: '그림을 이 브라우저에 저장했습니다. 브라우저가 지울 수도 있으니 파일로 두면 더 안전합니다.',
    'here-only': '그림이 이 탭에만 있습니다. 파일로 저장하세요.',
  },
  obstacles: {
    unavailable:
      '이 브라우저는 이 페이지의 것을 저장하지 않습니다. 그림이 이 탭에만 있으니 파일로 저장하세요.',
    'older-page':
      '다른 탭에 열린 이전 버전의 페이지가 저장소를 쓰고 있습니다. 그림이 이 탭에만 있습니다. 그 탭을 닫거나 파일로 저장하세요.',
    'newer-page':
      '이 브라우저에서 더 새로운 버전의 페이지가 열려, 저장소를 이제 그쪽이 씁니다. 그림을 파일로 저장하고 새로고침하세요.',
    full: '이 브라우저의 저장소에 남은 자리가 없습니다. 그림이 이 탭에만 있으니 파일로 저장하세요.',
    silent: '브라우저의 저장소가 응답하지 않습니다. 그림이 이 탭에만 있으니 파일로 저장하세요.',
    broken: '브라우저의 저장소가 작동하지 않습니다. 그림이 이 탭에만 있으니 파일로 저장하세요.',
  },
  save: '파일로 저장',
  open: '파일 열기',
  removeAll: '모두 없애기',
  sure: '클래스와 그림을 모두 없앨까요?',
  yes: '네, 없앱니다',
  no: '아니요, 둡니다',
  allRemoved: '모두 없앴습니다. 이 페이지가 열려 있는 동안에는 되돌리기를 누르면 돌아옵니다.',
  file: '파일',
  saved: (name) => `저장한 파일: ${name}`,
  opened: (drawings, classes) =>
    `열었습니다: 클래스 ${classes}개, 그림 ${drawings}개. 되돌리기를 누르면 전에 있던 것이 돌아옵니다.`,
  notOpened: (name, problem) => `${name}: ${problem} 여기 있던 그림은 그대로입니다.`,
  problem(problem) {
    switch (problem.kind) {
      case 'empty-file':
        return '파일이 비어 있습니다.';
      case 'too-large':
        return '그림 파일로는 너무 큽니다(최대 8 MB).';
      case 'unreadable':
        return '파일을 읽을 수 없습니다. 옮겼거나 바뀌었을 수 있습니다.';
      case 'not-json':
        return 'JSON이 아닙니다. 그림 파일이 아니거나 중간에 잘렸습니다.';
      case 'other-json':
        return 'JSON이지만 여기서 저장한 그림 파일이 아닙니다.';
      case 'version':
        return `파일의 버전은 ${problem.version}, 이 페이지가 읽는 버전은 1입니다.`;
      case 'too-few-classes':
        return `클래스가 ${problem.count}개인데, 두 개는 있어야 합니다.`;
      case 'too-many-classes':
        return `클래스가 ${problem.count}개인데, 열 개까지만 됩니다.`;
      case 'no-name':
        return `${problem.at}번 클래스의 이름이 글자가 아닙니다.`;
      case 'empty-name':
        return `${problem.at}번 클래스에 이름이 없습니다.`;
      case 'long-name':
        return `${problem.at}번 클래스의 이름이 40자를 넘습니다.`;
      case 'double-name':
        return `이름이 같은 클래스가 둘 있습니다: ${problem.name}.`;
      case 'too-many-drawings':
        return `그림이 ${problem.count}개인데, 500개까지만 됩니다.`;
      case 'no-drawing':
        return `${problem.at}번 그림 자리에 있는 것은 그림이 아닙니다.`;
      case 'wrong-class':
        return `${problem.at}번 그림의 클래스가 파일에 없습니다.`;
      case 'no-picture':
        return `${problem.at}번 그림에 픽셀이 없습니다.`;
      case 'wrong-length':
        return `${problem.at}번 그림의 픽셀이 784개가 아니라 ${problem.length}개입니다.`;
      case 'wrong-pixel':
        return `${problem.at}번 그림의 ${problem.place}번째 픽셀이 0에서 255까지의 정수가 아닙니다.`;
      case 'blank':
        return `${problem.at}번 그림이 비어 있습니다.`;
      case 'double-drawing':
        return `${problem.at}번 그림이 ${problem.first}번 그림과 똑같습니다.`;
    }
  },
};
