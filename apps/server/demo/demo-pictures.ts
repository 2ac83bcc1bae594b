import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { findImageSize } from '#kernel/files/image-size.ts';
import type { Fingerprint } from '#practices/photo-evidence/model/fingerprint.ts';
import type { PictureLooker } from '#practices/photo-evidence/model/picture-seen.ts';

/** Which photograph a picture of the demo stands for; `again` that somebody has edited it a little. */
export interface DemoTag {
  readonly vin: string;
  readonly part: string;
  readonly again: boolean;
}

const tagged = /^demo (\S+) (\S+)( again)?$/;

/** The comment a picture of the demo carries. */
export const commentOf = ({ vin, part, again }: DemoTag): string => `demo ${vin} ${part}${again ? ' again' : ''}`;

/** The comment behind the first marker of a JPEG, where it is one of the demo's. */
const tagOf = (bytes: Uint8Array): DemoTag | null => {
  if (bytes[2] !== 0xff || bytes[3] !== 0xfe) return null;
  const length = ((bytes[4] ?? 0) << 8) | (bytes[5] ?? 0);
  const [, vin, part, again] = tagged.exec(Buffer.from(bytes.subarray(6, 4 + length)).toString('utf8')) ?? [];
  return vin && part ? { vin, part, again: again !== undefined } : null;
};

const hex = (text: string, from: number): number => Number.parseInt(text.slice(from, from + 4), 16);

/** A print by lot for each photograph the demo stands for: the same again for the same, a few bits off for an edited one. */
const printOf = ({ vin, part, again }: DemoTag): Fingerprint => {
  const coarse = sm3Hex(Buffer.from(`coarse ${vin} ${part}`));
  const fine = sm3Hex(Buffer.from(`fine ${vin} ${part}`));
  const first = hex(coarse, 0) ^ (again ? 0b11 : 0);
  const rest = fine.slice(1);
  const edge = Number.parseInt(fine.slice(0, 1), 16) ^ (again ? 0b1111 : 0);
  return { bands: [first, hex(coarse, 4), hex(coarse, 8), hex(coarse, 12)], fine: `${edge.toString(16)}${rest}` };
};

/**
 * Looks at the demo's pictures as at the photographs they stand for: there is one illustration of each part, for every vehicle, and what was photographed of different vehicles does not look the same.
 * Any other picture is looked at as it is.
 */
export const demoLooker = (looker: PictureLooker): PictureLooker => ({
  look: async (bytes) => {
    const tag = tagOf(bytes);
    if (!tag) return looker.look(bytes);
    const size = findImageSize(Buffer.from(bytes), 'image/jpeg') ?? { width: 0, height: 0 };
    return { ...size, takenAt: null, place: null, camera: null, software: null, fingerprint: printOf(tag), turned: [] };
  },
});
