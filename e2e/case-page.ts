import { expect, type Locator, type Page } from '@playwright/test';
import { sections } from '#areas/elv/vehicle-case/model/vehicle-case.fields.ts';
import type { SectionId } from '#areas/elv/vehicle-case/model/vehicle-case.views.ts';
import type { AnyDraft, Field } from '#kernel/fields/field.ts';
import { aJpeg } from '#testkit/sample-files.ts';
import { openDialog } from './dialog.ts';

/** Longest wait for an outside system of the simulators or for the OCR, in ms. */
export const outsideAnswers = 60_000;

/** A small true photograph, for places where only its being there counts. */
export const snapshot = { name: '照片.jpg', mimeType: 'image/jpeg', buffer: aJpeg(200, 150) };

/** The part of the case page with that section, by its title on screen. */
export const sectionOf = (page: Page, section: SectionId): Locator =>
  page.getByRole('region', { name: sections[section].title, exact: true });

/** How a field is called on screen; one that may stay empty says so in its label. */
const named = (title: string): RegExp => new RegExp(`^${title.replaceAll('/', '\\/')}\\s*(选填)?$`);

const fieldIn = (section: SectionId, name: string): Field => {
  const field = sections[section].fields[name];
  if (!field) throw new Error(`${section} has no field ${name}`);
  return field;
};

/** The text box, combo box or date box of a field. */
export const inputOf = (page: Page, section: SectionId, name: string): Locator => {
  const field = fieldIn(section, name);
  const role = field.kind === 'choice' ? 'combobox' : 'textbox';
  return sectionOf(page, section).getByRole(role, { name: named(field.title) });
};

const choose = (page: Page, section: SectionId, field: Field, title: string): Promise<void> =>
  sectionOf(page, section)
    .getByRole('radiogroup', { name: named(field.title) })
    .getByRole('radio', { name: title, exact: true })
    .check();

/** Types what is looked for into a list to choose from, and takes it once it is the one offered. */
const pick = async (list: Locator, wanted: string, title: string): Promise<void> => {
  await list.fill(wanted);
  await expect(list.page().locator('.ant-select-item-option-active', { hasText: title })).toBeVisible();
  await list.press('Enter');
};

const wallClock = (instant: string): string =>
  new Date(instant).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16);

const fillLines = async (page: Page, section: SectionId, field: Field, lines: readonly string[]): Promise<void> => {
  const place = sectionOf(page, section);
  for (const [index, line] of lines.entries()) {
    await place.getByRole('button', { name: '添加一项' }).click();
    await place.getByRole('textbox', { name: `${field.title} 第 ${index + 1} 项` }).fill(line);
  }
};

const fillAssemblies = async (page: Page): Promise<void> => {
  const place = sectionOf(page, 'dismantling');
  await place.getByRole('button', { name: '按本车列出全部总成' }).click();
  // The lines below take over what is chosen and written in the first.
  const disposition = '作废金属交钢铁企业';
  await pick(place.getByRole('combobox', { name: '第 1 行处置方式' }), disposition, disposition);
  const destinations = place.getByRole('textbox', { name: /^第 \d+ 行去向单位$/ });
  await destinations.first().fill('演示钢铁有限公司');
  await destinations.first().blur();
  await expect(destinations.last()).toHaveValue('演示钢铁有限公司');
};

const fillOne = async (page: Page, section: SectionId, name: string, value: unknown): Promise<void> => {
  const field = fieldIn(section, name);
  const text = String(value);
  if (name === 'assemblies') return fillAssemblies(page);
  // A list that is no table is a list of codes.
  if (field.kind === 'list') return fillLines(page, section, field, value as readonly string[]);
  if (field.kind === 'switch') return choose(page, section, field, value === true ? '是' : '否');
  const choices = field.choices ?? {};
  if (field.kind === 'choice' && Object.keys(choices).length < 5) {
    return choose(page, section, field, choices[text] ?? text);
  }
  const input = inputOf(page, section, name);
  if (field.kind === 'choice') return pick(input, `${text} ${choices[text]}`, choices[text] ?? text);
  await input.fill(field.kind === 'time' ? wallClock(text) : text);
  if (field.kind === 'date' || field.kind === 'time') await input.press('Enter');
};

/** Fills fields of a section as a clerk does, in the order given. */
export const fillIn = async (page: Page, section: SectionId, values: AnyDraft): Promise<void> => {
  for (const [name, value] of Object.entries(values)) await fillOne(page, section, name, value);
};

/** Waits until everything typed has arrived at the server. */
export const saved = (page: Page, section: SectionId): Promise<void> =>
  expect(sectionOf(page, section).getByText(/^(已保存|填写的内容会自动保存)/)).toBeVisible();

/** Photographs every place of a section that must have one and has none yet. The places follow from what was filled in. */
export const photographAll = async (page: Page, section: SectionId): Promise<void> => {
  const part = sectionOf(page, section);
  const empty = part
    .getByRole('region')
    .filter({ has: page.getByText('必传', { exact: true }) })
    .filter({ hasNot: page.getByRole('img') })
    .filter({ hasNot: page.getByRole('progressbar') });
  await saved(page, section);
  await expect(async () => {
    for (const place of (await empty.all()).reverse()) {
      await place.locator('input[type=file]').first().setInputFiles(snapshot, { timeout: 1_000 });
    }
    await expect(part.getByText(/照片 (\d+)\/\1 处/)).toBeVisible({ timeout: 4_000 });
  }).toPass({ timeout: 30_000 });
};

/** The button of a step, wherever the person has it: beside the case or under the review. */
export const stepButton = (page: Page, title: string): Locator =>
  page
    .getByRole('region', { name: /^(现在可以办理|审核结论)$/ })
    .getByRole('button', { name: new RegExp(`^${title}( ?[A-Z])?$`) });

/** What a step asks for before it is taken. */
interface Asked {
  /** Whether a dialog must be confirmed; most steps state their consequence in one. */
  readonly dialog?: boolean;
  readonly reason?: string;
}

/** Takes a step by its title, through its dialog where there is one, and waits for the word that it is done. */
export const takeStep = async (page: Page, title: string, { dialog = true, reason }: Asked = {}): Promise<void> => {
  const button = stepButton(page, title);
  await expect(button).toBeEnabled({ timeout: outsideAnswers });
  await button.click();
  if (dialog) {
    const asking = await openDialog(page);
    if (reason !== undefined) await asking.getByRole('textbox').fill(reason);
    await asking.getByRole('button', { name: title, exact: true }).click();
  }
  await expect(page.getByText(`已办“${title}”`).first()).toBeVisible({ timeout: 20_000 });
};

/** The state as the head of the case page says it. */
export const stateIs = (page: Page, title: string): Promise<void> =>
  expect(page.getByRole('status', { name: '当前状态' })).toHaveText(title, { timeout: outsideAnswers });
