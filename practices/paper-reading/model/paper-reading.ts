/** A place in a photograph as fractions, 0 to 1, of its width and height as a viewer shows it (the camera's orientation undone). */
export interface ReadingBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One value read from a paper, in the form the field of that name is stored in. */
export interface ReadValue {
  readonly value: string;
  /** 0 to 1: how likely every letter is right. */
  readonly confidence: number;
  readonly box: ReadingBox | null;
}

/** What was read from one photographed paper, by the paper's field keys. */
export type PaperReading = Readonly<Record<string, ReadValue>>;

/** What came of reading a photographed paper; `enough` false asks for another photograph, `message` says why. */
export interface PaperResult {
  readonly enough: boolean;
  readonly message: string | null;
  readonly fields: PaperReading;
}

/** A photograph, or how to fetch it: those that wait their turn take up no memory. */
export type PaperSource = Uint8Array | (() => Promise<Uint8Array>);

/** The photograph of a source. Errors: those of fetching it. */
export const bytesOf = async (source: PaperSource): Promise<Uint8Array> =>
  typeof source === 'function' ? source() : source;

/** Reads photographed papers. Errors: rejects with a message for the user when the photograph cannot be read at all. */
export interface PaperReader {
  read(paper: string, source: PaperSource, onProgress: (fraction: number) => void): Promise<PaperResult>;
}
