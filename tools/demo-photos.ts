import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PaperReading } from '#practices/paper-reading/model/paper-reading.ts';
import { paperReaderOf } from '#practices/paper-reading/server/paper-reader.ts';
import { paperOrders } from './demo-photos/papers.ts';
import { type Order, openStudio, type Studio } from './demo-photos/studio.ts';
import { thingOrders } from './demo-photos/things.ts';
import { vehiclePapers } from './demo-photos/vehicle-papers.ts';

/*
 * Draws the pictures of the demo data and has the product's own OCR read the vehicles' papers. The same pictures every time.
 * `node tools/demo-photos.ts [start ...]`: all, or those whose file name starts so; `--read-only` reads the pictures there are.
 */
const folder = fileURLToPath(new URL('../apps/server/demo/photos/', import.meta.url));
const starts = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const readOnly = process.argv.includes('--read-only');

const isWanted = (file: string): boolean => starts.length === 0 || starts.some((start) => file.startsWith(start));

const draw = async (studio: Studio, file: string, order: Order): Promise<void> => {
  const jpeg = await studio.photograph(order);
  writeFileSync(`${folder}${file}`, jpeg);
  console.log(`${file} ${Math.round(jpeg.length / 1024)} KB`);
};

const drawAll = async (): Promise<void> => {
  const studio = await openStudio();
  try {
    // Things first: a licence shows a photograph of the vehicle. Each order is made when it is wanted.
    for (const orders of [thingOrders, paperOrders]) {
      for (const [part, order] of orders()) if (isWanted(`${part}.jpg`)) await draw(studio, `${part}.jpg`, order);
    }
    for (const { file, order } of vehiclePapers()) if (isWanted(file)) await draw(studio, file, order);
  } finally {
    await studio.close();
  }
};

const readAll = async (): Promise<void> => {
  const reader = paperReaderOf({ idleSeconds: 30, timeoutSeconds: 120 });
  const readings: Record<string, PaperReading> = {};
  try {
    for (const { file, paper } of vehiclePapers()) {
      const { enough, fields } = await reader.read(paper, readFileSync(`${folder}${file}`), () => undefined);
      if (enough) readings[file] = fields;
      console.log(`${file} ${enough ? `read: ${Object.keys(fields).length} fields` : 'not read'}`);
    }
  } finally {
    await reader.close();
  }
  writeFileSync(`${folder}readings.json`, `${JSON.stringify(readings, null, 2)}\n`);
};

mkdirSync(folder, { recursive: true });
if (!readOnly) await drawAll();
await readAll();
