import { randomOf } from '#testkit/papers/random.ts';
import type { PrintedPaper } from './paper-print.ts';
import type { Order } from './studio.ts';

/** What a paper is like and where it lies. */
export interface Lying {
  /** How far it curls, decimetres at the edges: across and along. */
  readonly curl: readonly [across: number, along: number];
  /** Above nothing a fold across the middle that stands up so many decimetres, below nothing a booklet's spine that lies down. */
  readonly fold: number;
  /** 0 paper, 1 laminated. */
  readonly gloss: number;
  readonly cornerMm: number;
  readonly on: 'desk' | 'counter' | 'pad' | 'clipboard' | 'stone';
}

const grounds = { desk: 0, counter: 1, pad: 2, clipboard: 3, stone: 4 } as const;

/** A card fresh from a wallet. */
export const card = (on: Lying['on']): Lying => ({ curl: [0, 0.012], fold: 0, gloss: 0.75, cornerMm: 3, on });
/** A loose leaf that was folded once. */
export const leaf = (on: Lying['on']): Lying => ({ curl: [0.05, 0.06], fold: 0.035, gloss: 0, cornerMm: 0.3, on });
/** An open booklet. */
export const booklet = (on: Lying['on']): Lying => ({ curl: [0.05, 0.03], fold: -0.07, gloss: 0.15, cornerMm: 1, on });

/** Size of the picture and how much of it the paper fills, 0 to 1. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly share: number;
  readonly mostBytes: number;
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** A paper photographed from above by a hand that is not quite steady; all of it from the seed. */
export const paperOrder = (paper: PrintedPaper, lying: Lying, frame: Frame, seed: number): Order => {
  const random = randomOf(seed);
  const [across, deep] = [paper.widthMm / 100, paper.heightMm / 100];
  const lens = 1.7;
  const far = lens * Math.max(deep / frame.share, (across / frame.share) * (frame.height / frame.width));
  const [pitch, yaw] = [radians(random.between(4, 12)), radians(random.between(-6, 6))];
  const look = [random.between(-0.015, 0.015) * across, random.between(-0.01, 0.03) * deep] as const;
  const eye = [
    look[0] + far * Math.sin(yaw),
    far * Math.cos(pitch) * Math.cos(yaw),
    look[1] + far * Math.sin(pitch),
  ] as const;
  const light = random.between(2.4, 5.2);
  return {
    scene: 'paper.glsl',
    print: paper.print,
    width: frame.width,
    height: frame.height,
    samples: 4,
    seed: (seed % 97) + 1,
    numbers: {
      leaf: [
        across / 2,
        deep / 2,
        ...lying.curl.map((most) => most * random.between(0.4, 1.2) * Math.max(across, deep) * 0.5),
        lying.fold * Math.max(across, deep) * 0.5,
        lying.gloss,
        lying.cornerMm / 100,
        grounds[lying.on],
      ],
      shot: [...eye, ...look, lens, radians(random.between(-2.5, 2.5)), light],
    },
    blur: 0.45,
    grain: 6,
    vignette: 0.28,
    mostBytes: frame.mostBytes,
    best: 0.76,
  };
};
