import type { PaperReading } from './photo.store.ts';

/** What came of reading a photographed paper; `enough` false asks for another photograph, `message` says why. */
export interface PaperResult {
  readonly enough: boolean;
  readonly message: string | null;
  readonly fields: PaperReading;
}

/** Reads photographed papers; the composition gives the product's own OCR. Errors: rejects with a message for the user. */
export interface PaperReader {
  read(paper: string, bytes: Uint8Array, onProgress: (fraction: number) => void): Promise<PaperResult>;
}
