import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import type { Client } from '#kernel/contract/client.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { aServedProduct, type ServedProduct } from '#testkit/served-product.ts';
import { upload } from '#testkit/upload.ts';

// Real: the whole product behind its web server, on PostgreSQL, its files on disk.

let served: ServedProduct;
let cookie: string;
let clerk: Client<typeof vehicleCaseContract>;
beforeAll(async () => {
  served = await aServedProduct();
  cookie = await served.signIn('clerk1');
  clerk = served.client(vehicleCaseContract, cookie);
});
afterAll(() => served.close());

const sent = async (fileName: string) => {
  const { id } = await clerk.open({ key: randomUUID(), registeredWithPolice: true });
  const address = `/api/elv/vehicle-cases/${id}/photos/licence-back?key=${randomUUID()}`;
  const { status, body } = await upload(served.server, cookie, address, aJpeg(), fileName);
  const stored = (await clerk.get({ id })).photos.map((photo) => photo.fileName);
  return { status, body, stored };
};

test.each([['../背面.jpg'], ['../../../../etc/passwd'], ['photos/../../a.jpg'], ['..'], ['..\\\\..\\\\a.jpg']])(
  'R01, T5.4: the file name %j, which leads out of its place, is refused with the reason, and nothing is stored',
  async (name) => {
    const { status, body, stored } = await sent(name);
    expect([status, body]).toEqual([
      400,
      expect.objectContaining({ code: 'FILE_NAME', message: expect.stringContaining('文件名') }),
    ]);
    expect(stored).toEqual([]);
  },
);

test.each([
  ['背面.jpg', '背面.jpg'],
  ['a..b.jpg', 'a..b.jpg'],
  // The second name, which no form of a browser sends, is not listened to.
  [`a.jpg"; filename*=UTF-8''..%2F..%2Fb.jpg; x="`, 'a.jpg'],
  ['C:\\\\Users\\\\li\\\\背面.jpg', '背面.jpg'],
])('R01: the file name %j is kept as %j, its last part: old browsers send where a file lay', async (name, shown) => {
  expect(await sent(name)).toMatchObject({ status: 200, stored: [shown] });
});
