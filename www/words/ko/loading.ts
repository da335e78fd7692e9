import type { LoadProblem } from '../../engine/loading/failure';
import { fixed } from '../../parts/write-number';
import type { loading as english } from '../en/loading';
import { josa } from '../josa';

const count = (value: number) => fixed(value, 0, 'ko');

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
