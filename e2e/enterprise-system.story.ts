import { expect } from '@playwright/test';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { administrator, seriousOf } from './administrator.ts';
import { deskOf, story } from './desk.ts';
import { endDialog, openDialog } from './dialog.ts';
import { onPhone } from './on-phone.ts';

story(
  'R01: a yard registers its own system, the commission confirms it, and the yard ends it again',
  async ({ browser }) => {
    const crypto = softwareCrypto(Buffer.alloc(32, 7));
    const { publicKey, privateKey } = await crypto.newKeyPair();
    const yard = await administrator(browser, 'yardadmin1', { width: 1440, height: 900 });
    await yard.goto('/elv/enterprise-systems');
    await yard.getByRole('button', { name: '登记系统' }).click();
    const dialog = await openDialog(yard, '登记企业系统');
    await dialog.getByLabel('系统名称').fill('过磅系统');
    await dialog.getByLabel('公钥（SM2）').fill('04abc');
    const command = await dialog.getByLabel('签名命令').innerText();
    const challenge = /printf '%s' '([^']+)'/.exec(command)?.[1] ?? '';
    await dialog.getByLabel('私钥持有证明（签名）').fill(await crypto.signWith(privateKey, Buffer.from(challenge)));
    await dialog.getByRole('button', { name: '登记', exact: true }).click();
    await expect(dialog.getByText('应为 SM2 公钥')).toBeVisible();
    await dialog.getByLabel('公钥（SM2）').fill(publicKey);
    expect(await seriousOf(yard)).toEqual([]);
    await endDialog(dialog, dialog.getByRole('button', { name: '登记', exact: true }));
    await expect(yard.getByRole('heading', { name: '过磅系统' })).toBeVisible();
    await expect(yard.getByText('待确认', { exact: true }).first()).toBeVisible();

    const commission = await deskOf(browser, 'commission1', new URL(yard.url()).pathname);
    await onPhone(commission);
    await commission.getByRole('button', { name: '确认', exact: true }).click();
    const asked = await openDialog(commission, '公钥指纹');
    await endDialog(asked, asked.getByRole('button', { name: '确认', exact: true }));
    await expect(commission.getByText('使用中', { exact: true }).first()).toBeVisible();
    expect(await seriousOf(commission)).toEqual([]);

    await yard.goto('/elv/enterprise-systems');
    await yard.getByRole('row').filter({ hasText: '过磅系统' }).click();
    await yard.getByRole('button', { name: '停用', exact: true }).click();
    const ending = await openDialog(yard, '停用立即生效');
    await ending.getByLabel('原因').fill('更换密钥');
    await endDialog(ending, ending.getByRole('button', { name: '停用', exact: true }));
    await expect(yard.getByText('已停用', { exact: true }).first()).toBeVisible();
  },
);
