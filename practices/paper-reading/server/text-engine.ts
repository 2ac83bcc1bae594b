import * as runtime from 'onnxruntime-web';
import { DetectionService, type Image, type OrtModule } from 'paddleocr';
import type { Sighting, TextPiece } from '../model/text-piece.ts';
import { openLineReader } from './line-reader.ts';
import { heightOf, type Quad, widthOf } from './line-strip.ts';
import { modelFile } from './model-files.ts';

/** Finds and reads text in photographs. */
export interface TextEngine {
  /** Every run of text in a photograph. `detail` is the longest side, in pixels, at which text is looked for. */
  spot(photograph: Image, detail: number, onProgress: (fraction: number) => void): Promise<Sighting>;
}

/** The run time's tensors have more kinds and more exact types than the library asks for; what the library calls is there. */
const ort = runtime as unknown as OrtModule;

/** Quarter turns clockwise by which the text lies. */
type Turn = 0 | 1 | 2 | 3;

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

const mean = (numbers: readonly number[]): number =>
  numbers.length === 0 ? 0 : numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** A page whose longest lines are read worse than this is tried upside down. */
const plainlyUpright = 0.9;

/**
 * Opens the engine: PP-OCRv4's detection and recognition as WebAssembly, on one thread so that the rest of the machine keeps working.
 * Takes about a second and 500 MB; give it a process of its own.
 */
export const openTextEngine = async (): Promise<TextEngine> => {
  runtime.env.wasm.numThreads = 1;
  const [detection, read] = await Promise.all([
    modelFile('ch_PP-OCRv4_det_infer.onnx').then((model) => ort.InferenceSession.create(model)),
    openLineReader(),
  ]);
  const detector = new DetectionService(ort, detection, {
    channelOrder: 'bgr',
    boxScoreThreshold: 0.5,
    unclipRatio: 1.6,
  });

  /** Which way the text lies, and what was read to find out. */
  const turnOf = async (
    photograph: Image,
    quads: readonly Quad[],
  ): Promise<{ readonly turn: Turn; readonly known: ReadonlyMap<Quad, TextPiece> }> => {
    const tall = quads.filter((quad) => heightOf(quad) > widthOf(quad) * 1.5).length;
    const wide = quads.filter((quad) => widthOf(quad) > heightOf(quad) * 1.5).length;
    const [one, other]: readonly [Turn, Turn] = tall > wide ? [1, 3] : [0, 2];
    const length = (quad: Quad): number => Math.max(widthOf(quad), heightOf(quad));
    const longest = [...quads].sort((a, b) => length(b) - length(a)).slice(0, 5);
    const tried = async (turn: Turn) => {
      const known = new Map<Quad, TextPiece>();
      for (const quad of longest) known.set(quad, await read(photograph, turned(quad, turn)));
      return { turn, known, sureness: mean([...known.values()].map(({ confidence }) => confidence)) };
    };
    const first = await tried(one);
    if (first.sureness >= plainlyUpright) return first;
    const second = await tried(other);
    return first.sureness >= second.sureness ? first : second;
  };

  return {
    spot: async (photograph, detail, onProgress) => {
      const boxes = await detector.run(photograph, { maxSideLength: detail });
      onProgress(0.4);
      const quads = boxes.flatMap(({ points }) => (points ? [points] : []));
      const { turn, known } = await turnOf(photograph, quads);
      onProgress(0.5);
      const pieces: TextPiece[] = [];
      for (const [order, quad] of quads.entries()) {
        const piece = known.get(quad) ?? (await read(photograph, turned(quad, turn)));
        if (piece.text.trim() !== '') pieces.push(piece);
        onProgress(0.5 + (0.5 * (order + 1)) / quads.length);
      }
      return { width: photograph.width, height: photograph.height, pieces };
    },
  };
};
