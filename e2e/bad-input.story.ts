import { type Browser, expect, type Page } from '@playwright/test';
import { aJpeg, aPngBomb } from '#testkit/sample-files.ts';
import { fillIn, inputOf, saved, sectionOf } from './case-page.ts';
import { deskOf, photograph, picture, story } from './desk.ts';
import { openNew } from './journey.ts';

const newCase = async (browser: Browser): Promise<Page> => {
  const clerk = await deskOf(browser, 'clerk5');
  await openNew(clerk);
  return clerk;
};

const placeOf = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });

const stored = async (page: Page): Promise<readonly { readonly fileName: string }[]> => {
  const id = page.url().split('/').at(-1);
  return (await (await page.request.get(`/api/elv/vehicle-cases/${id}`)).json()).photos;
};

const bad = [
  {
    what: 'a text under a photograph’s name',
    file: { name: '行驶证.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('这不是照片'.repeat(400)) },
    says: '文件内容不是照片（JPEG、PNG）或 PDF，请换一个文件',
  },
  {
    what: 'an empty file',
    file: { name: '空.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) },
    says: '“空.jpg”是空文件，没有内容，请重新选择',
  },
  {
    what: 'a file over the limit',
    file: { name: '巨大.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(15 * 1024 * 1024 + 1, 1) },
    says: '超过 15 MB，请压缩或降低拍摄分辨率后再传',
  },
  {
    what: 'a picture that would unfold beyond all memory',
    file: { name: '炸弹.png', mimeType: 'image/png', buffer: aPngBomb(60_000, 60_000) },
    says: '照片像素过大，请调低相机分辨率后再上传',
  },
  {
    what: 'a program',
    file: { name: '程序.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') },
    says: '不是照片或 PDF，请选择 JPG、PNG 或 PDF 文件',
  },
] as const;

story(
  'R01: bad files are refused at their place, in words that say what to do, and nothing is stored',
  async ({ browser }) => {
    const clerk = await newCase(browser);
    const place = placeOf(clerk, '行驶证正页');
    for (const { what, file, says } of bad) {
      await place.locator('input[type=file]').first().setInputFiles(file);
      await expect(place.getByRole('alert'), what).toContainText(says, { timeout: 20_000 });
      await place.getByRole('button', { name: '不传了' }).click();
    }
    await expect(place.getByText('点击选择，或拖入、粘贴')).toBeVisible();
    expect(await stored(clerk)).toEqual([]);
  },
);

story('R01: a file whose name leads out of its place is refused, and nothing is stored', async ({ browser }) => {
  const clerk = await newCase(browser);
  const id = clerk.url().split('/').at(-1);
  const answer = await clerk.request.post(
    `/api/elv/vehicle-cases/${id}/photos/licence-back?key=${crypto.randomUUID()}`,
    {
      headers: { 'x-requested-with': 'desk' },
      multipart: { file: { name: '../../../../etc/背面.jpg', mimeType: 'image/jpeg', buffer: aJpeg(200, 150) } },
    },
  );
  expect([answer.status(), await answer.json()]).toEqual([400, expect.objectContaining({ code: 'FILE_NAME' })]);
  expect(await stored(clerk)).toEqual([]);
});

story('R01: a photograph too small to read says so and can be taken again', async ({ browser }) => {
  const clerk = await newCase(browser);
  const place = placeOf(clerk, '行驶证正页');
  const file = { name: '太小.jpg', mimeType: 'image/jpeg', buffer: aJpeg(24, 20) };
  await place.locator('input[type=file]').first().setInputFiles(file);
  await expect(place.getByRole('alert')).toContainText('照片已损坏或太小，请重新拍摄', { timeout: 60_000 });
  await expect(place.getByRole('button', { name: '换一张行驶证正页' })).toBeVisible();
});

story('R01: a malformed number is named with its reason and stays as it was typed', async ({ browser }) => {
  const clerk = await newCase(browser);
  const wrong = [
    ['papers', 'vin', 'LTE', /车辆识别代号：应为 17 位车辆识别代号/],
    ['papers', 'plateNo', '沪A1', /号牌号码：不是有效的号牌号码，例如 沪A12345/],
    ['owner', 'ownerIdentityNo', '310101190001010012', /身份证号码：.*校验/],
    ['owner', 'ownerPhone', '1380000', /联系电话：/],
  ] as const;
  for (const [section, name, typed, reason] of wrong) {
    await fillIn(clerk, section, { [name]: typed });
    await inputOf(clerk, section, name).blur();
    await expect(sectionOf(clerk, section).getByText(reason).first()).toBeVisible();
    await saved(clerk, section);
    await expect(inputOf(clerk, section, name)).toHaveValue(typed);
    await expect(inputOf(clerk, section, name)).toHaveAttribute('aria-invalid', 'true');
  }
});

story('R01: a wrong check digit is doubted and asks for a rubbing, and blocks nothing', async ({ browser }) => {
  const clerk = await newCase(browser);
  await fillIn(clerk, 'papers', { vin: 'LTESTA002A0000056' });
  await saved(clerk, 'papers');
  await expect(
    sectionOf(clerk, 'papers')
      .getByText(/校验位.*拓印/)
      .first(),
  ).toBeVisible();
  await expect(inputOf(clerk, 'papers', 'vin')).toHaveAttribute('aria-invalid', 'false');
  await expect(placeOf(clerk, '车架号拓印')).toContainText('请补传');
  const panel = clerk.getByRole('region', { name: '现在可以办理' });
  await panel.getByRole('button', { name: /^还有 \d+ 项$/ }).click();
  await expect(panel.getByText(/车辆识别代号/)).toHaveCount(0);
});

story('R01: a doubt about what was typed is told beside what was read on the paper', async ({ browser }) => {
  const clerk = await newCase(browser);
  await photograph(clerk, '行驶证正页', picture('LDEMA0006A0900100.licence-main'));
  await expect(inputOf(clerk, 'papers', 'vin')).toHaveValue('LDEMA0006A0900100', { timeout: 60_000 });
  await expect(placeOf(clerk, '车架号拓印')).toContainText('选传');
  await fillIn(clerk, 'papers', { vin: 'LDEMA0007A0900100' });
  await saved(clerk, 'papers');
  const papers = sectionOf(clerk, 'papers');
  await expect(papers.getByText(/校验位不符.*拓印/)).toBeVisible();
  await expect(papers.getByText('识别为“LDEMA0006A0900100”')).toBeVisible();
  await expect(papers.getByRole('button', { name: '与识别不同' })).toBeVisible();
  await expect(placeOf(clerk, '车架号拓印')).toContainText('请补传');
  await papers.getByText('识别为“LDEMA0006A0900100”').getByRole('button', { name: '采用' }).click();
  await expect(papers.getByText(/校验位不符/)).toHaveCount(0);
  await expect(placeOf(clerk, '车架号拓印')).toContainText('选传');
});

story('R01: a photograph that is no licence is told apart, and another one is asked for', async ({ browser }) => {
  const clerk = await newCase(browser);
  await photograph(clerk, '行驶证正页', picture('whole'));
  const place = placeOf(clerk, '行驶证正页');
  await expect(place.getByRole('alert')).toContainText(/换一张|重新拍|重拍/, { timeout: 60_000 });
  await expect(place.getByRole('button', { name: '换一张行驶证正页' })).toBeVisible();
  await expect(inputOf(clerk, 'papers', 'vin')).toHaveValue('');
});
