// What the engine refuses arrives as a record: it is worded where it is shown, in the language chosen there.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dataReady, openHouse, type House } from './support';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await house.close();
  expect(house.complaints).toEqual([]);
});

/** `count` black images of class 0 as IDX files. */
function ownFiles(count: number) {
  const header = (...numbers: number[]) => {
    const bytes = Buffer.alloc(4 * numbers.length);
    numbers.forEach((number, place) => bytes.writeUInt32BE(number, 4 * place));
    return bytes;
  };
  const file = (name: string, ...parts: Buffer[]) => ({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.concat(parts),
  });
  return [
    file('my-images', header(2051, count, 28, 28), Buffer.alloc(count * 784)),
    file('my-labels', header(2049, count), Buffer.alloc(count)),
  ];
}

it('refuses own files in Korean, and in English once that is chosen', async () => {
  const page = await house.visit('#/data', { lang: 'ko' });
  const alert = page.locator('#room').getByRole('alert');
  const use = page.getByRole('button', { name: '이 파일 쓰기' });
  const language = page.getByRole('button', { name: /^(언어|Language)/ });

  await page.locator('#own-files').setInputFiles(ownFiles(12));
  await page.locator('#own-names').fill('양말');
  await use.click();
  await alert.waitFor();
  expect(await alert.textContent()).toBe('클래스 이름 수는 지금 1인데, 2 이상 10 이하여야 합니다.');

  await page.locator('#own-names').fill('');
  await page.locator('#own-files').setInputFiles(ownFiles(1));
  await use.click();
  await alert.filter({ hasText: '이미지' }).waitFor();
  expect(await alert.textContent()).toBe(
    '이미지 수는 지금 1인데, 나눈 두 부분에 이미지가 하나씩은 남아야 합니다.',
  );

  await language.click();
  await alert.filter({ hasText: 'images' }).waitFor();
  expect(await alert.textContent()).toBe(
    'The number of images is 1, but must be large enough to leave an image in each part.',
  );
  await page.context().close();
});

it('says in Korean why the epochs cannot be fewer than have begun', async () => {
  const page = await house.visit('#/train?images=1000&epochs=3', { lang: 'ko' });
  await dataReady(page);
  await page.getByRole('button', { name: '+1 에포크' }).click();
  await expect.poll(() => page.getByRole('table', { name: '기록' }).locator('tbody tr').count()).toBe(1);
  await page.getByRole('button', { name: '+1 배치' }).click();
  const epochs = page.getByRole('textbox', { name: '에포크' });
  await epochs.fill('1');
  await epochs.press('Enter');
  const alert = page.getByRole('alert').filter({ hasText: '에포크 수' });
  await alert.waitFor();
  expect(await alert.locator('p').textContent()).toBe(
    '에포크 수는 지금 1인데, 이미 시작한 에포크 수(2) 이상이어야 합니다.',
  );
  await page.context().close();
});
