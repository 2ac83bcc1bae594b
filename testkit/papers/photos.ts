import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'photos');

/** A kept photograph of a paper. */
export interface KeptPhoto {
  readonly name: string;
  /** The paper kind it is uploaded as. */
  readonly paper: string;
  /** Field key to true value. */
  readonly truth: Readonly<Record<string, string>>;
}

/** The photographs kept with the source, by name. */
export const keptPhotos: Readonly<Record<string, Omit<KeptPhoto, 'name'>>> = JSON.parse(
  readFileSync(join(folder, 'truth.json'), 'utf8'),
);

/** A kept photograph's JPEG. */
export const jpegOf = (name: string): Buffer => readFileSync(join(folder, name));
