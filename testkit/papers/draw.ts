import { chromium } from '@playwright/test';
import { photographHtml, type Shot, shotOf } from './camera.ts';
import type { Drawing } from './drawing.ts';
import type { PaperSet } from './paper-set.ts';
import { randomOf } from './random.ts';
import type { PaperForm } from './truth.ts';

/** What to photograph: the same order gives the same picture. */
export interface PhotographOrder {
  readonly form: PaperForm;
  readonly set: PaperSet;
  readonly drawing: Drawing;
  readonly seed: number;
  /** Photographing otherwise than the seed says, e.g. smaller or upside down. */
  readonly shot?: Partial<Shot>;
}

/** A browser that photographs papers. */
export interface Studio {
  /** The photograph as JPEG. */
  photograph(order: PhotographOrder): Promise<Buffer>;
  close(): Promise<void>;
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Opens a studio on the system's Chromium. `chromiumPath` is its executable. */
export const openStudio = async (chromiumPath = '/usr/bin/chromium'): Promise<Studio> => {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: flags });
  const page = await browser.newPage();
  return {
    photograph: async ({ form, set, drawing, seed, shot: otherwise }) => {
      const random = randomOf(seed);
      const sheet = drawing.sheet(form, set, random);
      const look = drawing.look(form, random);
      const shot = { ...shotOf(random, sheet), ...otherwise };
      await page.setViewportSize({ width: shot.width, height: shot.height });
      await page.setContent(photographHtml(sheet, look, shot, random));
      return page.screenshot({ type: 'jpeg', quality: shot.quality });
    },
    close: () => browser.close(),
  };
};
