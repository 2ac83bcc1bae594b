import { expect, type Page } from '@playwright/test';
import { deskOf, story } from './desk.ts';
import { chooseOption } from './dialog.ts';

// Most stories ask for stillness; here everything moves as it does for most people.
story.use({ contextOptions: { reducedMotion: 'no-preference' } });

const rowsOf = (page: Page) =>
  page
    .getByRole('table')
    .getByRole('row')
    .filter({ has: page.getByRole('link') });

/** How many cases the list says it has. */
const total = async (page: Page): Promise<number> => {
  const text = await page
    .getByText(/^[\d,]+ 件$/)
    .first()
    .textContent();
  return Number(text?.replace(/\D/g, ''));
};

story('R14: filters stand in the address and survive loading again and going back', async ({ browser }) => {
  const commission = await deskOf(browser, 'commission1');
  await commission.getByRole('link', { name: '案卷列表' }).first().click();
  await expect(rowsOf(commission)).not.toHaveCount(0);
  const all = await total(commission);
  // Other stories open cases and confirm some meanwhile: no number stands still, but there are only ever more of them.
  const showsAll = async (): Promise<void> => {
    await expect(commission).not.toHaveURL(/state=/);
    await expect.poll(() => total(commission)).toBeGreaterThanOrEqual(all);
  };
  const showsSome = async (): Promise<void> => {
    await expect(commission).toHaveURL(/state=/);
    await expect.poll(() => total(commission)).toBeLessThan(all);
    await expect(rowsOf(commission).first()).toContainText('商委确认');
    await expect(rowsOf(commission).filter({ hasNotText: '商委确认' })).toHaveCount(0);
  };

  await commission.getByRole('combobox', { name: '状态' }).click();
  await chooseOption(commission, '商委确认');
  await commission.keyboard.press('Escape');
  await showsSome();

  await commission.reload();
  await showsSome();

  await rowsOf(commission).first().click();
  await commission.waitForURL('**/vehicle-cases/*');
  await commission.goBack();
  await showsSome();
  await commission.getByRole('button', { name: '清除筛选' }).click();
  await showsAll();
  await commission.goBack();
  await showsSome();
});

story('R14: a case is found by plate, by VIN, by case number and by owner', async ({ browser }) => {
  const commission = await deskOf(browser, 'commission1');
  const { rows } = await (await commission.request.get('/api/elv/vehicle-cases?state=certified')).json();
  const [wanted] = rows;
  const list = commission.getByRole('textbox', { name: '按号牌、车辆识别代号、案卷编号、所有人查找' });
  await commission.goto('/elv/vehicle-cases');
  for (const text of [wanted.plateNo, wanted.vin, wanted.caseNo, wanted.ownerName]) {
    await list.fill(text);
    await expect(commission).toHaveURL(new RegExp(`q=${encodeURIComponent(text)}`));
    await expect(rowsOf(commission).filter({ hasText: wanted.caseNo })).toHaveCount(1);
  }
  await list.fill('没有这样的车');
  await expect(commission.getByText('没有符合条件的案卷')).toBeVisible();

  // The search of the top bar leads straight to the one case.
  for (const text of [wanted.plateNo, wanted.vin, wanted.caseNo]) {
    await commission.goto('/elv/my-work');
    await expect(commission.getByRole('heading', { name: '我的工作' })).toBeVisible();
    await commission.keyboard.press('/');
    await expect(commission.getByRole('textbox', { name: '搜索' })).toBeFocused();
    await commission.keyboard.insertText(text);
    await commission.keyboard.press('Enter');
    await commission.waitForURL(`**/vehicle-cases/${wanted.id}`);
  }
});

for (const [userName, kind] of [
  ['clerk1', '受理登记'],
  ['desk1', '车管审核'],
  ['commission1', '商委确认'],
] as const) {
  story(
    `R14: the work of ${userName} is counted by kind, and the most urgent is one click away`,
    async ({ browser }) => {
      const person = await deskOf(browser, userName);
      const kinds = person.getByRole('navigation', { name: '按事项筛选' }).getByRole('link');
      await expect(kinds.filter({ hasText: kind })).toHaveCount(1);
      await kinds.filter({ hasText: kind }).click();
      await expect(person).toHaveURL(/state=/);
      await expect(rowsOf(person).first()).toContainText(kind);
      const plate = await rowsOf(person).first().getByRole('link').getAttribute('href');
      await person.getByRole('button', { name: '处理最急的一件' }).click();
      await expect(person).toHaveURL(new RegExp(`${plate}$`));
    },
  );
}

story('R14: an observer, who has no work of their own, lands on what has moved lately', async ({ browser }) => {
  const observer = await deskOf(browser, 'observer1');
  await expect(observer.getByText('没有等您处理的案卷')).toBeVisible();
  await expect(observer.getByRole('heading', { name: '最近变动的案卷' })).toBeVisible();
  await expect(rowsOf(observer)).not.toHaveCount(0);
});

story('R14: a list is worked by keys: down, down, up, and Enter opens', async ({ browser }) => {
  const commission = await deskOf(browser, 'commission1', '/elv/vehicle-cases');
  await expect(rowsOf(commission)).not.toHaveCount(0);
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) await commission.keyboard.press(key);
  const first = rowsOf(commission).first().getByRole('link');
  await expect(first).toBeFocused();
  const place = await first.getAttribute('href');
  await commission.keyboard.press('Enter');
  await expect(commission).toHaveURL(new RegExp(`${place}$`));
});
