import * as runtime from 'onnxruntime-web';
import type { Image } from 'paddleocr';
import { type LetterChances, likelyReadings, plainReading, takenTogether } from '../model/likely-readings.ts';
import type { TextPiece } from '../model/text-piece.ts';
import { heightOf, type Look, lengthened, type Quad, stripOf, widthOf } from './line-strip.ts';
import { dictionaryOf, modelFile } from './model-files.ts';

/** Reads the line of text between four corners. */
export type LineReader = (photograph: Image, corners: Quad) => Promise<TextPiece>;

/** A single letter is taller than wide; the recogniser reads it better with something beside it. */
const widened = (quad: Quad): Quad =>
  widthOf(quad) > 0 && heightOf(quad) > widthOf(quad) * 1.4
    ? lengthened(quad, (heightOf(quad) / 1.3 - widthOf(quad)) / 2)
    : quad;

/** How every line is looked at. */
const firstLook: Look = { stretch: 1, margin: 0 };
/** How a line in doubt is looked at again. Source: measured on photographs of made-up papers; sharpening and more contrast read worse. */
const furtherLooks: readonly Look[] = [
  { stretch: 1.25, margin: 0 },
  { stretch: 1, margin: 0.25 },
];
/** So many ways to read a line are told. */
const mostReadings = 24;

/** The chance that some letter is wrong, above which other ways to read it are looked for. */
const doubtful = 0.02;
/** The chance that the likeliest reading is wrong, above which a line is looked at again. */
const veryDoubtful = 0.15;
/** Codes, and words of a letter or two: they are held against check digits and lists, so that another reading may prove right. */
const isCheckable = (text: string): boolean => /[A-Z0-9]{3}/.test(text) || [...text.trim()].length <= 3;

/** Opens PP-OCRv4's recognition. */
export const openLineReader = async (): Promise<LineReader> => {
  const [recognition, dictionary] = await Promise.all([
    modelFile('ch_PP-OCRv4_rec_infer.onnx').then((model) => runtime.InferenceSession.create(model)),
    dictionaryOf(),
  ]);

  const chancesIn = async (photograph: Image, quad: Quad, look: Look): Promise<LetterChances> => {
    const { width, height, planes } = stripOf(photograph, quad, look);
    const input = new runtime.Tensor('float32', planes, [1, 3, height, width]);
    const results = await recognition.run({ [recognition.inputNames[0] ?? '']: input });
    const output = results[recognition.outputNames[0] ?? ''];
    const [, steps = 0, kinds = 0] = output?.dims ?? [];
    return { steps, kinds, chances: output?.data as Float32Array };
  };

  return async (photograph: Image, corners: Quad): Promise<TextPiece> => {
    const quad = widened(corners);
    const first = await chancesIn(photograph, quad, firstLook);
    const plain = plainReading(first, dictionary);
    const isBlank = plain.text.trim() === '';
    if (!isBlank && (1 - plain.confidence) * plain.text.length < doubtful) return { ...plain, corners };
    const looks = [likelyReadings(first, dictionary)];
    const plains = [plain];
    if (isBlank || (isCheckable(plain.text) && 1 - (looks[0]?.[0]?.share ?? 0) > veryDoubtful)) {
      for (const look of furtherLooks) {
        const chances = await chancesIn(photograph, quad, look);
        looks.push(likelyReadings(chances, dictionary));
        plains.push(plainReading(chances, dictionary));
      }
    }
    const readings = takenTogether(looks, mostReadings).filter(({ text }) => text.trim() !== '');
    const text = readings[0]?.text ?? '';
    const spelt = plains.filter((one) => one.text === text);
    const confidence = Math.max(...(spelt.length > 0 ? spelt : plains).map((one) => one.confidence));
    return { text, confidence, corners, readings };
  };
};
