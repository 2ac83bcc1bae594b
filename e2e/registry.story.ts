import { type Browser, expect, type Page } from '@playwright/test';
import { yardValues } from '#apps/server/demo/demo-dismantlers.ts';
import { creditCodeOf } from '#apps/simulators/register/check-digits.ts';
import { dismantlerRegistry } from '#areas/elv/dismantler/model/dismantler.profile.ts';
import { importColumnsOf } from '#practices/registry/model/import-rows.ts';
import { filledBook } from '#testkit/filled-book.ts';
import { seriousOf } from './administrator.ts';
import { deskOf, photograph, picture, story } from './desk.ts';
import { openDialog } from './dialog.ts';
import { onPhone } from './on-phone.ts';

const list = '/elv/dismantlers';

const status = (page: Page) => page.getByRole('status', { name: '当前状态' });
const act = (page: Page, action: string) => page.locator(`[data-action="${action}"]`);

/** Opens the entry of a yard by its name. */
const openEntry = async (browser: Browser, who: string, name: string): Promise<Page> => {
  const page = await deskOf(browser, who, `${list}?q=${encodeURIComponent(name)}`);
  await page.getByRole('row').filter({ hasText: name }).getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
  return page;
};

/** Takes a step that asks: fills the reason if there is one to give, and confirms. */
const confirmed = async (page: Page, action: string, title: string, reason?: string): Promise<void> => {
  await act(page, action).click();
  const dialog = await openDialog(page);
  if (reason) await dialog.getByRole('textbox').fill(reason);
  await dialog.getByRole('button', { name: title }).click();
  await expect(dialog).toBeHidden();
};

/** Types what the fifth yard says of itself. */
const fillForm = async (page: Page): Promise<void> => {
  const today = new Date().toISOString().slice(0, 10);
  for (const [section, values] of Object.entries(yardValues(5, today))) {
    const fields = dismantlerRegistry.sections[section]?.fields ?? {};
    for (const [name, value] of Object.entries(values)) {
      const input = page.locator(`[id="in-${section}.${name}"]`);
      await input.fill(String(value));
      if (fields[name]?.kind === 'date') await input.press('Enter');
      await input.blur();
    }
  }
  await expect(page.getByText(/^已保存/).first()).toBeVisible();
};

const yard5 = '演示报废车服务（奉贤）有限公司';

story(
  'R49: an enterprise declares itself, is sent back once, and stands in the registry after two people’s reviews',
  async ({ browser }) => {
    story.setTimeout(240_000);
    const clerk = await deskOf(browser, 'clerk5');
    await expect(clerk.getByText('本企业还没有申报入库')).toBeVisible();
    await clerk.getByRole('button', { name: '申报入库' }).click();
    await expect(clerk.getByRole('heading', { name: yard5 })).toBeVisible();
    await expect(act(clerk, 'submit')).toHaveAttribute('aria-disabled', 'true');
    expect(await seriousOf(clerk)).toEqual([]);

    await fillForm(clerk);
    await photograph(clerk, '营业执照', picture('business-licence'));
    await photograph(clerk, '资质认定书', picture('statement'));
    await photograph(clerk, '场地照片', picture('whole'));
    await expect(clerk.getByText('必传 3/3')).toBeVisible();
    await act(clerk, 'submit').click();
    await expect(status(clerk)).toContainText('待初审');

    const first = await openEntry(browser, 'commission1', yard5);
    await expect(first.getByRole('region', { name: '法人信息核验' })).toContainText('各项与申报一致', {
      timeout: 20_000,
    });
    expect(await seriousOf(first)).toEqual([]);
    await confirmed(first, 'returnFirst', '退回修改', '主要设备请写明台数');

    await expect(clerk.getByText('主要设备请写明台数').first()).toBeVisible({ timeout: 30_000 });
    await expect(status(clerk)).toContainText('填报中');
    await clerk.locator('[id="in-capacity.mainEquipment"]').fill('举升机 6 台，制冷剂回收机 2 台');
    await clerk.locator('[id="in-capacity.mainEquipment"]').blur();
    await expect(clerk.getByText(/^已保存/).first()).toBeVisible();
    await act(clerk, 'submit').click();
    await expect(status(clerk)).toContainText('待初审');

    const again = await openEntry(browser, 'commission1', yard5);
    await expect(again.getByRole('region', { name: '法人信息核验' })).toContainText('各项与申报一致', {
      timeout: 20_000,
    });
    await confirmed(again, 'passFirst', '初审通过', '材料齐全');
    await again.goto(`${list}?q=${encodeURIComponent(yard5)}`);
    await again.getByRole('row').filter({ hasText: yard5 }).getByRole('link').first().click();
    await expect(act(again, 'passSecond')).toHaveAttribute('aria-disabled', 'true');
    await expect(again.getByText('须由其他人员办理').first()).toBeVisible();

    const second = await openEntry(browser, 'commission2', yard5);
    await onPhone(second);
    await confirmed(second, 'passSecond', '复审通过并入库', '同意入库');
    await expect(status(clerk)).toContainText('已入库', { timeout: 30_000 });
    await expect(clerk.getByRole('region', { name: '办理与变更记录' })).toContainText('复审通过并入库');
  },
);

story(
  'R49: a change lies beside what stands in the registry, and what differs from the company register is lit',
  async ({ browser }) => {
    const changed = await openEntry(browser, 'commission1', '沪示例报废车回收拆解一厂');
    await expect(changed.getByText('库内信息变更中')).toBeVisible();
    const comparison = changed.getByRole('region', { name: /^比对/ });
    await expect(comparison.getByRole('listitem').filter({ hasText: '年回收能力' })).toContainText('60,000 辆');
    await expect(comparison.getByRole('listitem').filter({ hasText: '资质认定书编号' }).locator('mark')).toHaveText(
      'B',
    );

    const differs = await openEntry(browser, 'commission2', '演示绿源拆解');
    const lit = differs.getByRole('region', { name: /^比对/ });
    const address = lit.getByRole('listitem').filter({ hasText: '注册地址' });
    await expect(address).toContainText('与法人库不一致', { timeout: 20_000 });
    await expect(address.locator('mark').first()).toHaveText('新址');
  },
);

story('R49: whoever’s qualification lapses soon is warned, and so is the authority', async ({ browser }) => {
  const clerk = await deskOf(browser, 'clerk2');
  await clerk
    .getByRole('region', { name: '回收拆解企业库' })
    .getByRole('link', { name: /证书即将到期/ })
    .click();
  await expect(clerk.getByText(/还有 \d+ 天/)).toBeVisible();
  await expect(act(clerk, 'beginChange')).toBeVisible();
  expect(await seriousOf(clerk)).toEqual([]);
  const commission = await deskOf(browser, 'commission2');
  await commission
    .getByRole('region', { name: '回收拆解企业库' })
    .getByRole('link', { name: /证书即将到期/ })
    .click();
  await expect(commission).toHaveURL(/validity=lapsing/);
  await expect(commission.getByRole('row').filter({ hasText: '天后到期' })).toHaveCount(1);
  expect(await seriousOf(commission)).toEqual([]);
});

/** A workbook with lines about enterprises nobody knows, the second with a wrong phone. */
const aWorkbook = async (): Promise<Buffer> => {
  const today = new Date().toISOString().slice(0, 10);
  const columns = importColumnsOf(dismantlerRegistry);
  const stamp = String(Date.now()).slice(-5);
  const lineOf = (n: number): Readonly<Record<string, unknown>> => ({
    name: `故事导入拆解${stamp}${n}有限公司`,
    creditCode: creditCodeOf('91310116', `MB${stamp}${n}`),
    districtCode: '金山区',
    ...Object.fromEntries(
      Object.entries(yardValues(4, today)).flatMap(([section, values]) =>
        Object.entries(values).map(([field, value]) => [`${section}.${field}`, value]),
      ),
    ),
    ...(n === 2 ? { 'basic.contactPhone': '138' } : {}),
  });
  const rows = [1, 2, 3].map(lineOf);
  return filledBook(
    columns,
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)]))),
  );
};

story(
  'R49: the authority imports enterprises: errors by line and column, then what is right, waiting for a review',
  async ({ browser }) => {
    const page = await deskOf(browser, 'commission2', list);
    await page.getByRole('button', { name: '从 Excel 导入' }).click();
    await expect(page.getByRole('heading', { name: '从 Excel 导入回收拆解企业' })).toBeVisible();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载模板' }).click();
    expect((await download).suggestedFilename()).toBe('回收拆解企业导入模板.xlsx');
    const file = { name: '企业.xlsx', mimeType: 'application/octet-stream', buffer: await aWorkbook() };
    await page.locator('input[type=file]').setInputFiles(file);
    const outcome = page.getByRole('region', { name: '预检结果' });
    await expect(outcome.getByRole('row').filter({ hasText: '联系方式' })).toContainText('3');
    expect(await seriousOf(page)).toEqual([]);
    await outcome.getByRole('button', { name: '只导入没有错误的 2 家' }).click();
    await expect(page.getByText('已导入 2 家，等待初审')).toBeVisible();
    await page.getByRole('button', { name: '查看待初审' }).click();
    await expect(page.getByRole('row').filter({ hasText: '故事导入拆解' })).toHaveCount(2);
  },
);
