import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SimulatedVehicle } from '#apps/simulators/register/vehicle.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { bytesOf, type PaperReader, type PaperReading } from '#practices/paper-reading/model/paper-reading.ts';
import { commentOf } from './demo-pictures.ts';

const folder = join(import.meta.dirname, 'photos');

const read = (name: string): Buffer | undefined => {
  const file = join(folder, name);
  return existsSync(file) ? readFileSync(file) : undefined;
};

/** A JPEG with a comment after its first marker: the same picture, another file, as two photographs of a like part would be. */
const withComment = (jpeg: Buffer, comment: string): Buffer => {
  const text = Buffer.from(comment, 'utf8');
  const head = Buffer.from([0xff, 0xfe, (text.length + 2) >> 8, (text.length + 2) & 0xff]);
  return Buffer.concat([jpeg.subarray(0, 2), head, text, jpeg.subarray(2)]);
};

/** The pictures of the demo: a drawn set of papers for some vehicles, an illustration of each part for all. */
export interface DemoPhotos {
  /** Errors: throws when there is no picture for the place. */
  of(part: string, vehicle: SimulatedVehicle): Uint8Array;
  /** The same photograph as somebody has edited it a little, to be used for another vehicle. Errors: as {@link of}. */
  again(part: string, vehicle: SimulatedVehicle): Uint8Array;
  /** Gives back what the product's own OCR read from the drawn papers when they were made; reads nothing else. */
  readonly reader: PaperReader;
}

/** Opens the pictures that ship with the demo. */
export const openDemoPhotos = (): DemoPhotos => {
  // Written by tools/demo-photos.ts from true readings of these very files.
  const recorded = JSON.parse(read('readings.json')?.toString('utf8') ?? '{}') as Readonly<
    Record<string, PaperReading>
  >;
  const originals = new Map<string, string>();
  const kept = new Map<string, Buffer>();
  const original = (name: string): Buffer | undefined => {
    const found = kept.get(name) ?? read(name);
    if (found) kept.set(name, found);
    return found;
  };
  const pictureOf = (part: string, vehicle: SimulatedVehicle, again: boolean): Buffer => {
    const own = `${vehicle.papers.vin}.${part}.jpg`;
    const name = original(own) ? own : `${part}.jpg`;
    const picture = original(name);
    if (!picture) throw new Error(`the demo has no picture for ${part}`);
    const bytes = withComment(picture, commentOf({ vin: vehicle.papers.vin, part, again }));
    originals.set(sm3Hex(bytes), name);
    return bytes;
  };
  return {
    of: (part, vehicle) => pictureOf(part, vehicle, false),
    again: (part, vehicle) => pictureOf(part, vehicle, true),
    reader: {
      read: async (_, source) => {
        const fields = recorded[originals.get(sm3Hex(await bytesOf(source))) ?? ''];
        return fields
          ? { enough: true, message: null, fields }
          : { enough: false, message: '样张上没有可识别的内容，请手工填写', fields: {} };
      },
    },
  };
};
