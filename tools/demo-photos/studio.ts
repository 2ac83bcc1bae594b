import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { chromiumFlags, chromiumPath } from '#testkit/chromium.ts';

/** What is printed, struck or stuck on the thing in a scene: a page of HTML, photographed flat at its size in pixels. */
export interface Print {
  readonly html: string;
  readonly width: number;
  readonly height: number;
}

/** A scene to photograph: the same order gives the same picture. */
export interface Order {
  /** The scene's shader, a file below `scenes/`. */
  readonly scene: string;
  readonly print: Print | null;
  /** Size of the picture, pixels. */
  readonly width: number;
  readonly height: number;
  /** Rays through each pixel. */
  readonly samples: number;
  readonly seed: number;
  /** Arrays of the scene's own, by the name of their uniform. */
  readonly numbers: Readonly<Record<string, readonly number[]>>;
  /** Softness of the lens, pixels; noise of the sensor, of 255; darkness of the corners, 0 to 1. */
  readonly blur: number;
  readonly grain: number;
  readonly vignette: number;
  /** The JPEG's quality is the best, from `best` (0 to 1) downwards, that keeps the file within so many bytes. */
  readonly mostBytes: number;
  readonly best: number;
}

/** A browser that photographs scenes by tracing rays in its shader language, without a graphics card. */
export interface Studio {
  /** The photograph as JPEG. */
  photograph(order: Order): Promise<Buffer>;
  close(): Promise<void>;
}

const folder = import.meta.dirname;
const shader = (name: string): string => readFileSync(join(folder, name), 'utf8');

const including = (name: string): string =>
  shader(`scenes/${name}`).replace(/^#include "(.*)"$/gm, (_, included: string) => shader(`scenes/${included}`));

const fragmentOf = (scene: string): string =>
  ['darkroom/head.glsl', 'darkroom/world.glsl']
    .map(shader)
    .concat(including(scene), ['darkroom/defaults.glsl', 'darkroom/camera.glsl'].map(shader))
    .join('\n');

/** One white pixel, for scenes without print. */
const blank =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==';

const flatPicture = async (browser: Browser, { html, width, height }: Print): Promise<string> => {
  // A page of its own: scripts of the print before must not stand in the way.
  const page = await browser.newPage({ viewport: { width, height } });
  await page.setContent(html);
  const picture = await page.screenshot({ type: 'png' });
  await page.close();
  return `data:image/png;base64,${picture.toString('base64')}`;
};

/** Opens a studio on the system's Chromium. */
export const openStudio = async (): Promise<Studio> => {
  const softwareShaders = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-gpu-watchdog'];
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: [...chromiumFlags.filter((flag) => flag !== '--disable-gpu'), ...softwareShaders],
  });
  return {
    photograph: async ({ scene, print, ...rest }) => {
      const order = {
        ...rest,
        fragment: fragmentOf(scene),
        print: print ? await flatPicture(browser, print) : blank,
      };
      // A fresh page for each picture gives its graphics memory back.
      const darkroom = await browser.newPage();
      try {
        await darkroom.goto(pathToFileURL(join(folder, 'darkroom/darkroom.html')).href);
        const jpeg = await darkroom.evaluate(`photograph(${JSON.stringify(order)})`);
        // The darkroom answers the JPEG in base64.
        return Buffer.from(jpeg as string, 'base64');
      } finally {
        await darkroom.close();
      }
    },
    close: () => browser.close(),
  };
};
