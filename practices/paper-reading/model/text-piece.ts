/** A place in a photograph, in pixels from its upper left corner as a viewer shows it. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One way a run of text may be read, with the chance that it is just so. */
export interface Reading {
  readonly text: string;
  /** 0 to 1; those of one run add up to 1 at most. */
  readonly share: number;
}

/**
 * A run of text seen in a photograph. The corners go round the text as it is read: first letter's top, last letter's top, last
 * letter's foot, first letter's foot; so they tell which way the paper lies.
 */
export interface TextPiece {
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly corners: readonly [Point, Point, Point, Point];
  /** All likely ways to read it, likeliest first, `text` being the first; missing when there is no doubt. */
  readonly readings?: readonly Reading[];
}

/** All text seen in a photograph; width and height are those the corners are measured in. */
export interface Sighting {
  readonly width: number;
  readonly height: number;
  readonly pieces: readonly TextPiece[];
}
