import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { familyVehicle, familyVin } from '#apps/simulators/register/family.ts';
import { openStudio, type PhotographOrder } from './draw.ts';
import { currentDrawing } from './drawing-current.ts';
import { olderDrawing } from './drawing-older.ts';
import { trialOf } from './trial.ts';
import { paperForms, truthOf } from './truth.ts';
import { photographVehicle } from './vehicle-papers.ts';

/** Writes the photographs the suite reads, with their true values: run by hand after a drawing changes. `node testkit/papers/write-photos.ts` */
const folder = join(import.meta.dirname, 'photos');
/** Small enough to be kept with the source, large enough to be read. */
const kept = { noise: 0.1, quality: 56 } satisfies PhotographOrder['shot'];
const maxBytes = 120 * 1024;

mkdirSync(folder, { recursive: true });
const truths: Record<string, { readonly paper: string; readonly truth: Readonly<Record<string, string>> }> = {};
const keep = (name: string, paper: string, jpeg: Buffer, truth: Readonly<Record<string, string>>): void => {
  if (jpeg.length > maxBytes) console.warn(`${name} has ${jpeg.length >> 10} KB`);
  writeFileSync(join(folder, name), jpeg);
  truths[name] = { paper, truth };
};

const studio = await openStudio();
for (const [drawing, seed] of [
  [currentDrawing, 7001],
  [olderDrawing, 7002],
] as const) {
  for (const form of paperForms) {
    const order = trialOf(drawing, form, seed);
    const dense = form === 'registration-certificate-p12' || form === 'business-licence';
    const upright = form === 'business-licence' || form === 'registration-certificate-p12';
    const size = dense ? [1560, 1170] : [1240, 930];
    const [width = 0, height = 0] = drawing === olderDrawing && upright ? [...size].reverse() : size;
    const jpeg = await studio.photograph({ ...order, shot: { ...kept, width, height } });
    keep(`${drawing.name}.${form}.jpg`, form, jpeg, truthOf(form, order.set));
  }
}
const vehicle = familyVehicle(familyVin(41));
if (!vehicle) throw new Error('the family has no member 41');
for (const { form, jpeg, truth } of await photographVehicle(studio, vehicle, { ...kept, width: 1400, height: 1050 }))
  keep(`${vehicle.papers.vin}.${form}.jpg`, form, jpeg, truth);
const upsideDown = trialOf(currentDrawing, 'vehicle-licence-main', 7003);
const tilt = { x: 3, y: -4, z: 178 };
keep(
  'upside-down.vehicle-licence-main.jpg',
  upsideDown.form,
  await studio.photograph({ ...upsideDown, shot: { ...kept, width: 1240, height: 930, tilt } }),
  truthOf(upsideDown.form, upsideDown.set),
);
await studio.close();
writeFileSync(join(folder, 'truth.json'), `${JSON.stringify(truths, null, 2)}\n`);
