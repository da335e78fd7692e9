import type { LoadProblem } from '../../engine/loading/failure';
import { fixed } from '../../parts/write-number';
import type { IdxNumbers, OtherFile } from '../../engine/loading/file-kind';
import type { loading as english } from '../en/loading';
import { josa } from '../josa';

const count = (value: number) => fixed(value, 0, 'ko');

const reads =
  'Atelier는 바이트로 된 IDX 파일을 읽습니다: 이미지(개수 × 28 × 28)와 그 레이블(개수), gzip으로 압축했어도 됩니다';

const others: Record<OtherFile, string> = {
  png: 'PNG 그림입니다',
  jpeg: 'JPEG 사진입니다',
  picture: '그림 파일입니다',
  zip: 'zip 압축 파일입니다',
  npz: 'NumPy 배열을 모은 파일(npz)입니다',
  npy: 'NumPy 배열(npy)입니다',
  csv: '글자로 적은 표(CSV)입니다',
  text: '글 파일입니다',
  'web-page': '웹 페이지입니다',
  hdf5: 'HDF5 파일입니다',
  parquet: 'Parquet 표입니다',
  pdf: 'PDF입니다',
  archive: '압축 파일입니다',
  nothing: '빈 파일입니다',
  unknown: '알 수 없는 형식입니다',
};

const numbers: Record<IdxNumbers, string> = {
  uint8: '바이트',
  int8: '부호 있는 바이트',
  int16: '16비트 정수',
  int32: '32비트 정수',
  float32: '32비트 실수',
  float64: '64비트 실수',
};

function reason(problem: LoadProblem): string {
  switch (problem.kind) {
    case 'missing':
      return '서버에 파일이 없습니다(404)';
    case 'refused':
      return `서버가 요청을 거절했습니다(${problem.status})`;
    case 'connection-lost':
      return problem.bytesTotal === null
        ? `${count(problem.bytesReceived)}바이트를 받은 뒤 연결이 끊어졌습니다`
        : `${count(problem.bytesTotal)}바이트 가운데 ${count(problem.bytesReceived)}바이트를 받은 뒤 연결이 끊어졌습니다`;
    case 'changed':
      return '받는 동안 서버에서 파일이 바뀌었습니다';
    case 'truncated-gzip':
      return 'gzip 데이터가 중간에 끊긴 파일입니다';
    case 'damaged-gzip':
      return '손상되어 gzip 압축을 풀 수 없습니다';
    case 'after-gzip':
      return 'gzip 데이터가 끝난 뒤에 다른 내용이 더 있습니다';
    case 'unreadable':
      return '읽을 수 없습니다. 고른 뒤에 바뀌었거나 옮겨졌거나 지워졌습니다. 다시 고르세요';
    case 'no-idx':
      return `${others[problem.what]}. ${reads}`;
    case 'idx-of':
      return `${numbers[problem.numbers]}로 된 IDX 파일입니다(${problem.sizes.map(count).join(' × ')}). ${reads}`;
    case 'idx-reversed':
      return '헤더의 바이트 순서가 거꾸로(리틀 엔디언)인 IDX 파일입니다. 레이블은 0 0 8 1, 이미지는 0 0 8 3으로 시작해야 합니다';
    case 'unclear-pairs':
      return '두 가지로 짝지을 수 있습니다. 어느 레이블이 어느 이미지의 것인지 이름으로 알 수 있게 하세요(예: a-images와 a-labels)';
    case 'one-class':
      return `훈련에 쓸 이미지가 모두 레이블 ${problem.label}입니다. 신경망이 구분하려면 클래스가 둘 이상이어야 합니다`;
    case 'unpaired':
      return `이미지 파일 ${problem.images}개와 레이블 파일 ${problem.labels}개로는 짝이 맞지 않습니다. 한 쌍이나 두 쌍이 필요합니다`;
    case 'web-page':
      return 'IDX 파일이 아니라 웹 페이지입니다';
    case 'still-compressed':
      return '두 번 압축되어, 압축을 풀어도 여전히 gzip입니다';
    case 'wrong-magic':
      return `매직 넘버가 ${problem.actual}입니다. 이 IDX 파일은 ${josa(problem.expected, '으로/로')} 시작해야 합니다`;
    case 'wrong-dimensions':
      return `${problem.actual}차원입니다. ${problem.expected === 3 ? '이미지는 3차원' : '레이블은 1차원'}이어야 합니다`;
    case 'wrong-size':
      return `이미지 크기가 ${problem.rows}×${problem.columns}픽셀입니다. 28×28이어야 합니다`;
    case 'empty':
      return '헤더에 0개라고 적힌 빈 파일입니다';
    case 'too-many':
      return `${count(problem.count)}개가 있다고 하지만, 최대 ${count(problem.limit)}개까지만 읽습니다`;
    case 'header-cut':
      return `${problem.actual}바이트에서 끝나, ${problem.expected}바이트 헤더가 다 오지 않았습니다`;
    case 'too-short':
      return `헤더에는 ${count(problem.expected)}개라고 적혀 있지만 온전한 것은 ${count(problem.actual)}개뿐입니다`;
    case 'too-long':
      return `헤더에 적힌 ${count(problem.expected)}개 뒤에 바이트가 더 있습니다`;
    case 'wrong-label':
      return `${count(problem.index)}번 레이블이 ${problem.label}입니다. 레이블은 0부터 ${problem.largest}까지입니다`;
    case 'counts-differ':
      return `레이블은 ${count(problem.labels)}개인데 이미지는 ${count(problem.images)}개입니다`;
  }
}

export const loading: typeof english = {
  failed: (file, problem) => `${file}: ${reason(problem)}.`,
};
