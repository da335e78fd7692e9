import type { Words } from '../en';
import { josa } from '../josa';

export const runs: Words['runs'] = {
  note: (most) => `이 브라우저에 보관 · 지금 실행 옆에 ${most}개까지`,
  noteHere: (most) => `이 탭에만 있음 · 지금 실행 옆에 ${most}개까지`,
  obstacles: {
    unavailable: '이 브라우저는 이 페이지의 데이터를 보관하지 않습니다. 실행은 탭을 닫을 때까지만 남습니다.',
    'older-page':
      '이 페이지의 옛 버전이 다른 탭에 열려 있어 실행을 보관할 수 없습니다. 그 탭을 닫으면 다시 보관합니다.',
    'newer-page':
      '이 브라우저에서 이 페이지의 새 버전을 열었으므로 이 탭은 더 보관할 수 없습니다. 이 탭의 실행은 탭을 닫을 때까지만 남습니다. 새로고침하면 다음 실행부터 보관합니다.',
    full: '이 브라우저에 실행을 보관할 자리가 없습니다. 지금 훈련하는 것은 탭을 닫을 때까지만 남습니다. 실행을 지우면 자리가 생깁니다.',
    silent:
      '이 브라우저의 저장소가 대답하지 않습니다. 지금 훈련하는 것은 탭을 닫거나 저장소가 돌아올 때까지만 남습니다.',
    broken: '이 브라우저의 저장소가 이 실행을 받지 않았습니다. 탭을 닫거나 저장소가 받을 때까지만 남습니다.',
  },
  beingKept: '보관하는 중…',
  hereOnly: '이 탭에만 있음',
  elsewhere: '다른 탭에 열려 있음',
  dataGone: '데이터가 여기에 없음',
  rates: (first, last) => `${first} → ${last}`,
  leaving: (name) =>
    `더 보관할 자리가 없습니다. 다음 실행을 보관하면 이름 없는 실행 가운데 가장 오래된 ${josa(`“${name}”`, '이/가')} 지워집니다. 이름을 붙인 실행은 지우지 않습니다.`,
  leavingMany: (count, name) =>
    `더 보관할 자리가 없습니다. 다음 실행을 보관하면 이름 없는 실행 가운데 “${name}”부터 오래된 순서로 ${count}개가 지워집니다. 이름을 붙인 실행은 지우지 않습니다.`,
  inEpoch: (name, epoch, epochs, step) =>
    `끝나지 않은 실행: ${name}, 에포크 ${epoch}/${epochs}, 배치 ${step}개까지.`,
  atValidation: (name, epoch, epochs, step) =>
    `끝나지 않은 실행: ${name}, 에포크 ${epoch}/${epochs}의 검증, 배치 ${step}개까지.`,
  takeUp: '이어서 훈련하기',
  catchingUp: (step, to) => `같은 단계를 밟아 멈춘 곳으로 돌아가는 중: 배치 ${step}/${to}`,
  damaged: (count) => `보관한 실행 가운데 ${count}개는 읽을 수 없어 건너뛰었습니다.`,
  unreadable: (obstacle) => `이 브라우저에 보관한 실행을 읽을 수 없습니다. ${obstacle}`,
  notRemoved: (name) =>
    `이 브라우저의 저장소가 하지 않아 ${josa(`“${name}”`, '을/를')} 지우지 못했습니다. 그대로 남아 있습니다.`,
  notRenamed: (name) =>
    `이 브라우저의 저장소가 받지 않아 ${josa(`“${name}”`, '이라는/라는')} 이름을 보관하지 못했습니다.`,
  isElsewhere: (name) =>
    `${josa(`“${name}”`, '은/는')} 다른 탭에 열려 있습니다. 그 탭에서 이어 가거나 그 탭을 닫으세요. 쌍둥이는 여기서도 실행할 수 있습니다.`,
  moved: '다른 탭이 이 실행을 이어 갔습니다. 여기서 훈련하는 것은 따로 한 실행이 되고, 둘 다 보관합니다.',
  isDataGone: (name) =>
    `${josa(`“${name}”`, '은/는')} 직접 고른 데이터로 훈련했는데 그 데이터가 지금 여기에 없습니다. 데이터 방에서 같은 파일을 다시 고르면 이어 갈 수 있습니다. 곡선은 남아 있습니다.`,
  cannotGoOn: (name, reason) =>
    `${josa(`“${name}”`, '은/는')} 이어 갈 수 없습니다: ${reason}. 곡선은 남아 있고, 새 실행을 시작했습니다.`,
  reasons: {
    gone: '더는 남아 있지 않습니다',
    damaged: '일부가 없습니다',
    differs: '같은 단계를 밟아도 그때와 다른 값이 나옵니다',
  },
  memory: (megabytes) => `메모리 ${megabytes} MB`,
};
