import { randomInt, randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { importColumns } from '#areas/governance/person/model/import-rows.ts';
import { identityCheckDigit } from '#practices/identity-codes/model/identity-number.ts';
import { filledBook } from '#testkit/filled-book.ts';
import { administrator, phone, seriousOf } from './administrator.ts';
import { story } from './desk.ts';
import { chooseOption, endDialog, openDialog } from './dialog.ts';

/** Workers draw from ranges of their own, so that no two stories of a run meet the same person. */
let drawn = randomInt(1_000);
const rangeOf = (): number => Number(process.env.TEST_WORKER_INDEX ?? 0) * 1_000;

/** Somebody the running product has not met yet: a day of birth and a number on that day for each. */
const somebody = (): { readonly userName: string; readonly identityNo: string; readonly phone: string } => {
  drawn = (drawn + 1) % 1_000;
  const one = rangeOf() + drawn;
  const born = new Date(Date.UTC(1960, 0, 1 + Math.floor(one / 1_000)));
  const first = `310101${born.toISOString().slice(0, 10).replaceAll('-', '')}${String(one % 1_000).padStart(3, '0')}`;
  return {
    userName: `story.${one}`,
    identityNo: first + identityCheckDigit(first),
    phone: `137${String(one).padStart(8, '0')}`,
  };
};

/** The form of a new person. Its page may still be on its way: the list before it has a field whose label names 用户名 and 姓名 too. */
const newPerson = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '新增用户' }).click();
  await expect(page.getByRole('heading', { name: '新增用户' })).toBeVisible();
};

/** Fills the form of a new person and sends it off; answers the initial password, or the half of it, that is shown. */
const enter = async (page: Page, one: ReturnType<typeof somebody>): Promise<string> => {
  await page.getByLabel('用户名', { exact: true }).fill(one.userName);
  await page.getByLabel('姓名', { exact: true }).fill('故事演示');
  await page.getByLabel('身份证号码').fill(one.identityNo);
  await page.getByLabel('手机或电话').fill(one.phone);
  await page.getByLabel('岗位').fill('经办人');
  await page.getByRole('button', { name: '新增用户' }).click();
  const dialog = await openDialog(page);
  // A password is derived slowly on purpose, more so on a machine that runs other stories meanwhile.
  await expect(dialog.getByText('只显示这一次')).toBeVisible({ timeout: 30_000 });
  const shown = await dialog.locator('dd').last().textContent();
  await endDialog(dialog, dialog.getByRole('button', { name: '已交付，关闭' }));
  await expect(page.getByRole('heading', { name: '故事演示' })).toBeVisible();
  return shown ?? '';
};

story(
  'R42: the system administrator opens an account, sees it masked, and gives a reason for seeing more',
  async ({ browser }) => {
    const admin = await administrator(browser, 'admin1');
    await admin.goto('/governance/people');
    await expect(admin.getByRole('heading', { name: '用户' })).toBeVisible();
    expect(await seriousOf(admin)).toEqual([]);

    await newPerson(admin);
    await admin.getByLabel('单位', { exact: true }).fill('闵行');
    await admin.getByTitle('示例循环汽车拆解（闵行）有限公司（演示）').click();
    const one = somebody();
    await enter(admin, one);

    const record = admin.getByRole('region', { name: '基本信息' });
    await expect(record).toContainText(`${one.phone.slice(0, 3)}****${one.phone.slice(-4)}`);
    await expect(record).not.toContainText(one.phone);
    await expect(admin.getByRole('region', { name: '角色' })).toContainText('平台角色由安全管理员申请');
    await expect(admin.getByRole('button', { name: '保存角色' })).toHaveCount(0);
    expect(await seriousOf(admin)).toEqual([]);

    await record.getByRole('button', { name: '查看手机或电话明文' }).click();
    const dialog = await openDialog(admin);
    await dialog.getByRole('button', { name: '电话联系本人' }).click();
    await expect(dialog.getByRole('textbox')).toHaveValue('电话联系本人');
    await dialog.getByRole('button', { name: '查看手机或电话' }).click();
    await expect(record).toContainText(one.phone);

    await record.getByRole('button', { name: '修改' }).click();
    await admin.getByLabel('岗位').fill('主管');
    await admin.getByRole('button', { name: '保存修改' }).click();
    await expect(record).toContainText('主管');
    await expect(record).toContainText(`${one.phone.slice(0, 3)}****`);

    await admin.getByRole('button', { name: '停用账号' }).click();
    await dialog.getByRole('button', { name: '人员离岗' }).click();
    await expect(dialog.getByRole('textbox')).toHaveValue('人员离岗');
    await dialog.getByRole('button', { name: '停用账号' }).click();
    await expect(admin.getByText('已办“停用账号”')).toBeVisible();

    await admin.goto('/governance/people?organisationId=yard-2&status=disabled');
    await expect(admin.getByRole('row').filter({ hasText: one.userName })).toContainText('已停用');
    await admin.getByLabel(/^按姓名/).fill(one.phone);
    await expect(admin).toHaveURL(new RegExp(`q=${one.phone}`));
    await expect(admin.getByText('共 1 人')).toBeVisible();
  },
);

story(
  'R42, R43: an enterprise’s administrator enters a clerk, gives the role, the clerk gets to work, and hands it over to a colleague',
  async ({ browser }) => {
    const yard = await administrator(browser, 'yardadmin1');
    await yard.goto('/governance/people');
    await expect(yard.getByRole('heading', { name: '用户' })).toBeVisible();
    const areas = yard.getByRole('navigation', { name: '业务领域' }).getByRole('link');
    await expect(areas).toHaveText(['报废机动车', '统一管理']);
    await expect(yard.getByRole('row').filter({ hasText: 'clerk1b' })).toBeVisible();
    await expect(yard.getByRole('row').filter({ hasText: 'clerk2' })).toHaveCount(0);

    await newPerson(yard);
    const one = somebody();
    const initial = await enter(yard, one);
    await expect(yard.getByText(`${one.userName}@madema019`).first()).toBeVisible();
    await yard.getByLabel('回收拆解企业经办人').check();
    await yard.getByRole('button', { name: '保存角色' }).click();
    await expect(yard.getByRole('button', { name: '保存角色' })).toBeDisabled();
    await expect(yard.getByLabel('回收拆解企业经办人')).toBeChecked();

    const clerk = await (await browser.newContext()).newPage();
    await clerk.goto('/');
    await clerk.getByLabel('用户名').fill(`${one.userName}@madema019`);
    await clerk.getByLabel('密码').fill(initial);
    await clerk.getByRole('button', { name: '登录', exact: true }).click();
    await clerk.getByLabel('新密码', { exact: true }).fill('Quite-Other-2026');
    await clerk.getByLabel('再输一次新密码').fill('Quite-Other-2026');
    await clerk.keyboard.press('Enter');
    await expect(clerk.getByRole('heading', { name: '我的工作' })).toBeVisible();

    const opened = await clerk.request.post('/api/elv/vehicle-cases', {
      headers: { 'x-requested-with': 'desk' },
      data: { key: randomUUID() },
    });
    expect(opened.status()).toBe(200);
    await yard.getByRole('button', { name: '移交工作' }).click();
    const dialog = await openDialog(yard);
    await expect(dialog).toContainText('在办事项：在办报废案卷 1 件');
    await dialog.getByRole('combobox').click();
    await chooseOption(yard, '周一演示（clerk1）');
    await dialog.getByLabel('原因').fill('人员调离本岗位');
    expect(await seriousOf(yard)).toEqual([]);
    await dialog.getByRole('button', { name: '移交工作' }).click();
    await expect(yard.getByText('已移交：在办报废案卷 1 件')).toBeVisible();
  },
);

story(
  'R42: a workbook with a bad line is looked through first, and the good lines are entered in one go',
  async ({ browser }) => {
    const yard = await administrator(browser, 'yardadmin1');
    await yard.goto('/governance/people/import');
    const lines = [somebody(), { ...somebody(), identityNo: '310101199003070010' }, somebody()];
    const bytes = await filledBook(
      importColumns,
      lines.map((line) => ({ ...line, name: '导入演示' })),
    );
    await yard.locator('input[type=file]').setInputFiles({ name: '新员工.xlsx', mimeType: '', buffer: bytes });
    const outcome = yard.getByRole('region', { name: '预检结果' });
    await expect(outcome).toContainText('可导入 2 行');
    await expect(outcome.getByRole('row').last()).toHaveText(/3\s*身份证号码\s*校验位不符/);
    expect(await seriousOf(yard)).toEqual([]);

    await outcome.getByRole('button', { name: '只导入没有错误的 2 人' }).click();
    await expect(yard.getByRole('heading', { name: '已开通 2 个账号' })).toBeVisible();
    const waiting = yard.waitForEvent('download');
    await yard.getByRole('button', { name: '下载初始密码' }).click();
    expect((await waiting).suggestedFilename()).toBe('初始密码.xlsx');
    await yard.getByRole('button', { name: '已妥善保存，清除' }).click();
    await expect(yard.getByRole('button', { name: '下载初始密码' })).toHaveCount(0);
    await yard.getByRole('button', { name: '查看用户列表' }).click();
    await expect(yard.getByRole('row').filter({ hasText: lines[2]?.userName ?? '' })).toBeVisible();
  },
);

story('R42: somebody else’s person is not there, and cases in hand go to a colleague', async ({ browser }) => {
  const yard = await administrator(browser, 'yardadmin1');
  await yard.goto('/governance/people/demo-clerk2');
  await expect(yard.getByRole('heading', { name: '没有找到这个用户' })).toBeVisible();

  await yard.goto('/governance/people/demo-clerk1b');
  await yard.getByRole('button', { name: '移交工作' }).click();
  const dialog = await openDialog(yard);
  await expect(dialog).toContainText(/在办报废案卷 \d+ 件|没有在办事项/);
  expect(await seriousOf(yard)).toEqual([]);
});

/** Agrees to what waits for somebody; answers the second half of the password that was set. */
const agree = async (page: Page, userName: string): Promise<string> => {
  await page.goto('/governance/credential-changes');
  const row = page.getByRole('row').filter({ hasText: userName });
  await expect(row).toContainText('待审批');
  await expect(row).toContainText(/身份证号码 310\*{11}/);
  await row.getByRole('button', { name: '批准', exact: true }).click();
  const dialog = await openDialog(page);
  await expect(dialog).toContainText(/身份证号码 310\*{11}/);
  await dialog.getByRole('button', { name: '批准', exact: true }).click();
  const shown = await openDialog(page, '后半段只显示这一次');
  await expect(shown).toContainText(userName);
  const half = await shown.locator('dd').last().textContent();
  await endDialog(shown, shown.getByRole('button', { name: '已交付，关闭' }));
  await expect(row).toHaveCount(0);
  return half ?? '';
};

/** Signs in with a password somebody else has set, and chooses another. */
const firstSignIn = async (page: Page, userName: string, set: string, own: string): Promise<void> => {
  await page.goto('/');
  await page.getByLabel('用户名').fill(userName);
  await page.getByLabel('密码').fill(set);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByLabel('新密码', { exact: true }).fill(own);
  await page.getByLabel('再输一次新密码').fill(own);
  await page.keyboard.press('Enter');
};

story(
  'R42, R43: of somebody of the platform a password takes two administrators, half each, and the person is told',
  async ({ browser }) => {
    const admin = await administrator(browser, 'admin1');
    await admin.goto('/governance/people');
    await newPerson(admin);
    const one = somebody();
    const first = await enter(admin, one);
    await expect(admin.getByText('新密码已申请，待安全管理员批准')).toBeVisible();
    await expect(admin.getByRole('button', { name: '重置密码' })).toHaveCount(0);
    await admin.goto('/governance/credential-changes');
    const own = admin.getByRole('row').filter({ hasText: one.userName });
    await expect(own).toContainText('等安全管理员审批');
    await expect(own.getByRole('button')).toHaveText(['撤回']);
    expect(await seriousOf(admin)).toEqual([]);

    const security = await administrator(browser, 'security1', phone);
    const second = await agree(security, one.userName);
    expect(await seriousOf(security)).toEqual([]);
    const person = await (await browser.newContext()).newPage();
    await firstSignIn(person, one.userName, `${first}-${second}`, 'Quite-Other-2026');
    await expect(person.getByRole('banner').getByRole('button', { name: /故事演示/ })).toBeVisible();

    await admin.goto(`/governance/people?q=${one.phone}`);
    await admin.getByRole('link', { name: '故事演示' }).click();
    await admin.getByRole('button', { name: '重置密码' }).click();
    const dialog = await openDialog(admin);
    await dialog.getByRole('button', { name: '本人忘记密码，已当面核对身份' }).click();
    await dialog.getByRole('button', { name: '重置密码' }).click();
    const handed = await openDialog(admin, '前半段只显示这一次');
    await expect(handed).toContainText(one.userName);
    const half = await handed.locator('dd').last().textContent();
    await endDialog(handed, handed.getByRole('button', { name: '已交付，关闭' }));
    const other = await agree(security, one.userName);

    const again = await (await browser.newContext()).newPage();
    await firstSignIn(again, one.userName, `${half}-${other}`, 'Third-Gate-2026');
    const told = await openDialog(again);
    await expect(told).toContainText('韩管演示申请、朱安演示批准，重置了您的登录密码');
    expect(await seriousOf(again)).toEqual([]);
    await endDialog(told, told.getByRole('button', { name: '知道了' }));
  },
);
