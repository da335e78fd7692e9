import type { Words } from '../en';
import { josa } from '../josa';

export const exchange: Words['exchange'] = {
  title: '가지고 나가기',
  note: '지금 신경망이나 실행 전체를 다른 도구에서 쓸 수 있는 파일로 저장합니다. 거기서도 같은 수가 나옵니다.',
  save: '신경망 저장',
  open: '신경망 열기',
  copyResult: '결과 복사',
  export: '내보내기',
  formats: { onnx: 'ONNX', keras: 'Keras', notebook: '노트북', script: '스크립트' },
  about: {
    safetensors: 'safetensors: 모든 비트 그대로, 처음 보는 사람에게 필요한 설명과 함께',
    onnx: '원래 바이트에서 출력까지, 어떤 실행기에서나',
    keras: 'keras.models.load_model로 열어 이어서 훈련',
    notebook: 'NumPy, PyTorch, Keras로 같은 실행을 다시',
    script: '같은 내용의 프로그램',
  },
  saved: (file) => `${josa(file, '을/를')} 저장했습니다.`,
  opened: (file) =>
    `${josa(file, '을/를')} 열었습니다. 그 신경망에서 새 실행을 시작합니다. 앞의 실행은 목록에 남습니다.`,
  guessed:
    '파일에 층의 활성화 함수와 픽셀 스케일링이 적혀 있지 않아 ReLU, 소프트맥스, 0…1 픽셀로 보았습니다.',
  notOpened: (file, reason) => `${josa(file, '을/를')} 열지 못했습니다. ${reason} 바뀐 것은 없습니다.`,
  notMade: (reason) => `파일을 만들지 못했습니다. ${reason}`,
  runIsGone: '그사이에 다른 실행으로 바뀌었습니다.',
  beginsWith: (file, fingerprint) =>
    `층, 픽셀, 초기 가중치를 바꾸기 전까지 실행은 ${file}의 신경망(${fingerprint})에서 시작합니다.`,
  drawAnew: '초기 가중치를 다시 뽑기',
  fromFile: (file) => `${file}에서 시작`,
  result: {
    step: (epochs, all, step) => `에포크 ${epochs}/${all}, 배치 ${step}개`,
    training: (loss, accuracy) => `훈련 손실 ${loss}, 정확도 ${accuracy}`,
    validation: (loss, accuracy) => `검증 손실 ${loss}, 정확도 ${accuracy}`,
    test: (accuracy) => `테스트 정확도 ${accuracy}`,
    rates: (rates) => `배치에 따른 학습률: ${rates}`,
    fingerprint: (fingerprint) => `가중치 지문 ${fingerprint}`,
    began: (file, fingerprint) =>
      `${file}의 신경망(${fingerprint})에서 시작: 링크에는 설정만 있고 그 신경망은 없습니다`,
  },
};
