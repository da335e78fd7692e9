// Fashion-MNIST's training files, decompressed.

async function bytes(name: string): Promise<Uint8Array> {
  const response = await fetch(`./fashion-mnist/${name}-ubyte.gz`);
  if (!response.ok || !response.body) throw new Error(`${name}: ${response.status}`);
  const plain = response.body.pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

export const trainImages = () => bytes('train-images-idx3');
export const trainLabels = () => bytes('train-labels-idx1');
