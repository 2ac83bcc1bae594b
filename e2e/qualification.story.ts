import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { applicationValues, stepInputs } from '#apps/server/demo/qualification-walk.ts';
import type { QualificationAction } from '#areas/elv/qualification/model/qualification.lifecycle.ts';
import { qualificationRegistry } from '#areas/elv/qualification/model/qualification.profile.ts';
import type { Fields } from '#kernel/fields/field.ts';
import { plusDays, shanghaiDay } from '#kernel/time/shanghai.ts';
import { seriousOf } from './administrator.ts';
import { deskOf, photograph, picture, story } from './desk.ts';
import { endDialog, openDialog } from './dialog.ts';
import { onPhone } from './on-phone.ts';

const list = '/elv/qualifications';
const flow = qualificationRegistry.flow();
const today = shanghaiDay(new Date());

const status = (page: Page) => page.getByRole('status', { name: '当前状态' });
const act = (page: Page, action: QualificationAction) => page.locator(`[data-action="${action}"]`).first();

/** Opens the qualification of a yard by its name. */
const openEntry = async (browser: Browser, who: string, name: string): Promise<Page> => {
  const page = await deskOf(browser, who, `${list}?q=${encodeURIComponent(name)}`);
  await page.getByRole('row').filter({ hasText: name }).getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
  return page;
};

/** Types values into fields of a form, as a person would: chosen ones are clicked. */
const type = async (part: Page | Locator, section: string, fields: Fields, values: object): Promise<void> => {
  for (const [name, value] of Object.entries(values)) {
    const field = fields[name];
    if (!field) continue;
    if (field.kind === 'choice' || field.kind === 'switch') {
      const word = field.kind === 'switch' ? (value ? '是' : '否') : (field.choices?.[String(value)] ?? '');
      await part.getByRole('radiogroup', { name: field.title }).getByText(word, { exact: true }).click();
      continue;
    }
    const input = part.locator(`[id="in-${section}.${name}"]`);
    await input.fill(String(value));
    if (field.kind === 'date') await input.press('Enter');
    await input.blur();
  }
};

/** Takes a step that asks: fills its form, reason or opinion in as usual, and confirms. */
const take = async (page: Page, action: QualificationAction, more: object = {}): Promise<void> => {
  await act(page, action).click();
  const dialog = await openDialog(page);
  const values = { ...stepInputs(today)[action], ...more };
  const fields = flow.forms[action];
  if (fields) await type(dialog, 'input', fields, values);
  else if ('reason' in values) await dialog.getByRole('textbox').fill(String(values.reason));
  const title = flow.lifecycle.actions[action]?.title ?? '';
  await endDialog(dialog, dialog.getByRole('button', { name: title, exact: true }));
};

const openCase = async (page: Page): Promise<void> => {
  await page.goto('/elv/my-work');
  await page.getByRole('button', { name: /新建受理/ }).click();
  await page.getByText('车管登记车辆', { exact: true }).click();
};

const yard8 = '演示新开拆解（崇明）有限公司';
const yard6 = '演示再生车辆拆解（松江）有限公司';

story(
  'R10, R11: an enterprise applies, is examined, visited and granted by two people, and prints its certificate',
  async ({ browser }) => {
    story.setTimeout(300_000);
    const clerk = await deskOf(browser, 'clerk8', list);
    await expect(clerk.getByText('本企业还没有申请资质')).toBeVisible();
    await clerk.getByRole('button', { name: '申请资质' }).click();
    await expect(clerk.getByRole('heading', { name: yard8 })).toBeVisible();
    await expect(act(clerk, 'submit')).toHaveAttribute('aria-disabled', 'true');
    expect(await seriousOf(clerk)).toEqual([]);
    for (const [section, values] of Object.entries(applicationValues(8, today)))
      await type(clerk, section, qualificationRegistry.sections[section]?.fields ?? {}, values);
    await expect(clerk.getByText(/^已保存/).first()).toBeVisible();
    for (const { title } of qualificationRegistry.attachments.filter(({ required }) => required))
      await photograph(clerk, title, picture(title === '营业执照' ? 'business-licence' : 'statement'));
    await take(clerk, 'submit');
    await expect(status(clerk)).toContainText('待受理');

    const officer = await openEntry(browser, 'commission1', yard8);
    await expect(officer.getByRole('region', { name: '法人信息核验' })).toContainText('各项与申报一致', {
      timeout: 20_000,
    });
    expect(await seriousOf(officer)).toEqual([]);
    const address = officer.url();
    // After each step the next entry that waits is opened; this one is gone on with.
    for (const [action, state] of [
      ['accept', '审查中'],
      ['passReview', '现场评审中'],
      ['recordOnSite', '待决定'],
    ] as const) {
      await take(officer, action);
      await officer.goto(address);
      await expect(status(officer)).toContainText(state);
    }

    const decider = await openEntry(browser, 'commission2', yard8);
    await onPhone(decider);
    await expect(decider.getByText('危废间标识齐全')).toBeVisible();
    await take(decider, 'grant');

    await clerk.reload();
    await expect(status(clerk)).toContainText('资质有效');
    const certificate = clerk.getByRole('region', { name: '打印资质认定书' });
    await expect(certificate).toContainText(/沪拆资〔\d{4}〕\d{4}号/);
    const paper = await certificate.getByRole('link', { name: '查看与打印' }).getAttribute('href');
    const printed = await clerk.request.get(paper ?? '');
    expect([printed.status(), printed.headers()['content-type']]).toEqual([200, 'application/pdf']);
    await expect(clerk.getByRole('link', { name: '资质现场评审记录' })).toBeVisible();
    expect(await seriousOf(clerk)).toEqual([]);
  },
);

story(
  'R13: a suspended enterprise is refused at the intake and told why, accepts again once resumed, and is heard before a revocation',
  async ({ browser }) => {
    story.setTimeout(300_000);
    const clerk = await deskOf(browser, 'clerk6');
    await expect(clerk.getByText(/停业整顿至/).first()).toBeVisible();
    await openCase(clerk);
    await expect(clerk.getByText(/企业正在停业整顿（至 .*），不能新受理车辆/)).toBeVisible();

    const decider = await openEntry(browser, 'commission2', yard6);
    await expect(status(decider)).toContainText('停业整顿');
    await take(decider, 'resume');
    await expect(decider.getByText('停业整顿提前结束').first()).toBeVisible();
    await openCase(clerk);
    await expect(clerk).toHaveURL(/\/elv\/vehicle-cases\/[\w-]+/);

    const officer = await openEntry(browser, 'commission1', yard6);
    await take(officer, 'offerHearing');
    await expect(status(officer)).toContainText('拟吊销，待申请听证');
    await decider.reload();
    await expect(act(decider, 'revoke')).toHaveAttribute('aria-disabled', 'true');
    await expect(decider.getByText(/期满前不能作出吊销决定/)).toBeVisible();

    await clerk.goto(`${list}?q=${encodeURIComponent(yard6)}`);
    await clerk.getByRole('row').filter({ hasText: yard6 }).getByRole('link').first().click();
    await take(clerk, 'requestHearing');
    await expect(status(clerk)).toContainText('已申请听证');
    await officer.reload();
    await act(officer, 'scheduleHearing').click();
    const dialog = await openDialog(officer);
    const notice = { ...stepInputs(today).scheduleHearing, heldOn: plusDays(today, 3) };
    await type(dialog, 'input', flow.forms.scheduleHearing ?? {}, notice);
    await dialog.getByRole('button', { name: '通知听证' }).click();
    await expect(dialog.getByText(/听证须提前通知/).first()).toBeVisible();
    await type(dialog, 'input', flow.forms.scheduleHearing ?? {}, { heldOn: plusDays(today, 40) });
    await endDialog(dialog, dialog.getByRole('button', { name: '通知听证' }));
    await expect(status(officer)).toContainText('听证已通知');
    expect(await seriousOf(officer)).toEqual([]);
  },
);
