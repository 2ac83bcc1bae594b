import { z } from 'zod';

const placeShape = z.tuple([z.iso.datetime(), z.string().max(120), z.int()]);

/** Where a list goes on, as text: a moment, a name and a number. */
export const cursorOf = (at: Date, name: string, number: number): string =>
  Buffer.from(JSON.stringify([at.toISOString(), name, number])).toString('base64url');

/** What a cursor says; undefined for one we never gave. */
export const readCursor = (
  text: string,
): { readonly at: Date; readonly name: string; readonly number: number } | undefined => {
  try {
    const [at, name, number] = placeShape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return { at: new Date(at), name, number };
  } catch {
    return undefined;
  }
};
