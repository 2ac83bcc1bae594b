import { expect } from '@playwright/test';
import { seriousOf } from './administrator.ts';
import { deskOf, picture, story } from './desk.ts';
import { chooseOption, endDialog, openDialog } from './dialog.ts';
import { onPhone } from './on-phone.ts';

story.describe.configure({ timeout: 180_000 });

story(
  'T2.10: a person is entered with a certificate; the commission puts conduct down, the enterprise objects, another of the commission decides',
  async ({ browser }) => {
    const clerk = await deskOf(browser, 'clerk3', '/elv/practitioners');
    await expect(clerk.getByRole('table', { name: '从业人员' }).getByRole('link')).not.toHaveCount(0);
    expect(await seriousOf(clerk)).toEqual([]);
    await clerk.getByRole('button', { name: '登记人员' }).click();
    // First: Enter takes the day, and may send a form that is whole.
    await clerk.getByLabel('到岗日期').fill('2026-01-05');
    await clerk.getByLabel('到岗日期').press('Enter');
    await clerk.getByLabel('姓名').fill('施新演示');
    await clerk.getByLabel('身份证号码').fill('310101190001019999');
    await clerk.getByLabel('手机或电话').fill('13900009999');
    await clerk.getByRole('combobox', { name: '岗位' }).click();
    await chooseOption(clerk, '安全管理人员');
    await clerk.getByRole('button', { name: '登记人员' }).click();
    await expect(clerk.getByRole('heading', { level: 1 })).toHaveText('施新演示');

    await clerk.getByRole('button', { name: '登记证书' }).click();
    const entering = await openDialog(clerk);
    await entering.getByRole('combobox', { name: '证书类别' }).click();
    await chooseOption(clerk, '安全生产管理人员考核合格证');
    await entering.getByLabel('证书编号').fill('T310101190001019999');
    await entering.getByLabel('发证日期').fill('2024-01-05');
    await entering.getByLabel('发证日期').press('Enter');
    await entering.getByLabel('发证机关').fill('上海市应急管理局');
    await endDialog(entering, entering.getByRole('button', { name: '登记证书' }));
    const certificates = clerk.getByRole('region', { name: '证书', exact: true });
    await expect(certificates).toContainText('长期');
    await certificates.locator('input[type=file]').first().setInputFiles(picture('statement'));
    await expect(certificates.getByRole('link', { name: '打开' })).toBeVisible();
    expect(await seriousOf(clerk)).toEqual([]);
    const { pathname } = new URL(clerk.url());

    const judge = await deskOf(browser, 'commission1', pathname);
    await judge.getByRole('button', { name: '记录行为' }).click();
    const recording = await openDialog(judge);
    await recording.getByRole('combobox', { name: '行为类别' }).click();
    await chooseOption(judge, '违反安全操作规程');
    await recording.getByLabel('发生日期').fill('2026-10-12');
    await recording.getByLabel('发生日期').press('Enter');
    await recording.getByLabel('依据').fill('《安全生产法》第五十七条');
    await recording.getByLabel('事实').fill('现场检查发现未排空油液即动火切割，已责令停止作业。');
    await endDialog(recording, recording.getByRole('button', { name: '记录行为' }));
    const conduct = judge.getByRole('region', { name: '行为记录' });
    await expect(conduct).toContainText('已记录');
    await judge.getByRole('button', { name: '查看身份证号码明文' }).click();
    const asking = await openDialog(judge);
    await asking.getByLabel('原因').fill('核对本人身份');
    await endDialog(asking, asking.getByRole('button', { name: '查看身份证号码' }));
    await expect(judge.getByText('310101190001019999')).toBeVisible();

    await clerk.reload();
    await clerk.locator('[data-action=object]').click();
    const objecting = await openDialog(clerk);
    await objecting.getByLabel('原因').fill('动火前已排空油液，有当天照片');
    await endDialog(objecting, objecting.getByRole('button', { name: '提出异议' }));
    await expect(clerk.getByRole('region', { name: '行为记录' })).toContainText('有异议，待处理');

    await judge.reload();
    await expect(conduct).toContainText('异议须由其他人员处理');
    const other = await deskOf(browser, 'commission2', pathname);
    await onPhone(other);
    await other.locator('[data-action=strike]').click();
    const striking = await openDialog(other);
    await striking.getByLabel('原因').fill('异议成立，记录有误');
    await endDialog(striking, striking.getByRole('button', { name: '撤销记录' }));
    await expect(other.getByRole('region', { name: '行为记录' })).toContainText('已撤销');
    expect(await seriousOf(other)).toEqual([]);

    const onlooker = await deskOf(browser, 'observer1', pathname);
    await expect(onlooker.getByRole('heading', { level: 1 })).toHaveText('施***');
    await expect(onlooker.getByText('未排空油液')).toHaveCount(0);
  },
);
