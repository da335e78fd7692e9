// The training files of a data set, decompressed.

export type Images = 'fashion-mnist' | 'mnist';

async function bytes(set: Images, name: string): Promise<Uint8Array> {
  const response = await fetch(`./${set}/${name}-ubyte.gz`);
  if (!response.ok || !response.body) throw new Error(`${name}: ${response.status}`);
  const plain = response.body.pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

export const trainImages = (set: Images = 'fashion-mnist') => bytes(set, 'train-images-idx3');
export const trainLabels = (set: Images = 'fashion-mnist') => bytes(set, 'train-labels-idx1');
