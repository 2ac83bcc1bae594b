import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { openDemoPhotos } from '#apps/server/demo/demo-photos.ts';
import type { Walker } from '#apps/server/demo/walk.ts';
import { findPhotoPart } from '#areas/elv/vehicle-case/model/photo-parts.ts';
import { home } from './product.ts';

const scanOf = (picture: string): Promise<Buffer> => {
  const document = new PDFDocument({ size: 'A5', margin: 0 });
  document.image(readFileSync(picture), 0, 0, { width: 420 });
  document.end();
  return buffer(document);
};

/**
 * The picture for each place of a case: the demo's photographs, and papers as scanned PDF. The product takes both but reads only
 * photographs, so the load is that of the case work and not of OCR, which is measured by itself.
 */
export const openPictures = async (): Promise<Walker['photo']> => {
  const scan = await scanOf(`${home}/apps/server/demo/photos/licence-main.jpg`);
  const demo = openDemoPhotos();
  return (part, vehicle) =>
    findPhotoPart(part)?.paper === undefined
      ? demo.of(part, vehicle)
      : Buffer.concat([scan, Buffer.from(`%${vehicle.papers.vin} ${part}\n`)]);
};
