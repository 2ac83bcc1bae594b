/** A place in a photograph, in pixels from its upper left corner as a viewer shows it. */
export interface Point {
  readonly x: number;
  readonly y: number;
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
}

/** All text seen in a photograph; width and height are those the corners are measured in. */
export interface Sighting {
  readonly width: number;
  readonly height: number;
  readonly pieces: readonly TextPiece[];
}
