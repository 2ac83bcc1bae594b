/** A size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A place in a picture as fractions of its width and height, 0 to 1. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Quarter turns clockwise, in degrees. */
export type Turn = 0 | 90 | 180 | 270;

/** How a picture lies in its frame: `x` and `y` are pixels from the frame's middle to the picture's middle, `scale` is screen pixels per picture pixel. */
export interface Lie {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
  readonly turn: Turn;
}

/** The largest enlargement: beyond it a photograph shows nothing more. */
export const maxScale = 8;

/** A picture's size after turning. */
export const turnedSize = ({ width, height }: Size, turn: Turn): Size =>
  turn === 90 || turn === 270 ? { width: height, height: width } : { width, height };

/** The scale at which the whole picture is seen; never enlarges a small one more than twice. */
export const fitScale = (picture: Size, frame: Size, turn: Turn): number => {
  const { width, height } = turnedSize(picture, turn);
  if (width === 0 || height === 0 || frame.width === 0 || frame.height === 0) return 1;
  return Math.min(frame.width / width, frame.height / height, 2);
};

/** The whole picture in the middle of its frame. */
export const fitted = (picture: Size, frame: Size, turn: Turn): Lie => ({
  scale: fitScale(picture, frame, turn),
  x: 0,
  y: 0,
  turn,
});

const held = (offset: number, pictureLength: number, frameLength: number): number => {
  const room = Math.max(0, (pictureLength - frameLength) / 2);
  return Math.min(room, Math.max(-room, offset));
};

/** Keeps the picture from leaving its frame. */
export const kept = (lie: Lie, picture: Size, frame: Size): Lie => {
  const { width, height } = turnedSize(picture, lie.turn);
  return { ...lie, x: held(lie.x, width * lie.scale, frame.width), y: held(lie.y, height * lie.scale, frame.height) };
};

/** Enlarges by a factor so that the point under the pointer stays under it; the point is counted from the frame's middle. */
export const zoomedAt = (
  lie: Lie,
  factor: number,
  point: { readonly x: number; readonly y: number },
  picture: Size,
  frame: Size,
): Lie => {
  const smallest = fitScale(picture, frame, lie.turn);
  const scale = Math.min(maxScale, Math.max(smallest, lie.scale * factor));
  const ratio = scale / lie.scale;
  const moved = { ...lie, scale, x: point.x - (point.x - lie.x) * ratio, y: point.y - (point.y - lie.y) * ratio };
  return kept(moved, picture, frame);
};

/** Turns the picture a quarter, whole again in its frame. */
export const turned = (lie: Lie, by: 90 | -90, picture: Size, frame: Size): Lie => {
  const turns: readonly Turn[] = [0, 90, 180, 270];
  const turn = turns[(turns.indexOf(lie.turn) + (by === 90 ? 1 : 3)) % 4] ?? 0;
  return fitted(picture, frame, turn);
};

const rotated = (x: number, y: number, turn: Turn): { x: number; y: number } => {
  if (turn === 90) return { x: -y, y: x };
  if (turn === 180) return { x: -x, y: -y };
  if (turn === 270) return { x: y, y: -x };
  return { x, y };
};

/** Brings a place to the middle of the frame, with about as much of its surroundings as of itself. */
export const focusedOn = (box: Box, picture: Size, frame: Size, turn: Turn = 0): Lie => {
  const place = turnedSize({ width: box.width * picture.width, height: box.height * picture.height }, turn);
  const wanted = Math.min(
    (frame.width * 0.62) / Math.max(1, place.width),
    (frame.height * 0.42) / Math.max(1, place.height),
  );
  const scale = Math.min(maxScale / 2, Math.max(fitScale(picture, frame, turn), wanted));
  const middle = rotated(
    (box.x + box.width / 2 - 0.5) * picture.width,
    (box.y + box.height / 2 - 0.5) * picture.height,
    turn,
  );
  return kept({ scale, x: -middle.x * scale, y: -middle.y * scale, turn }, picture, frame);
};

/** Where a place of the picture lies in the frame, in pixels from the frame's upper left corner. */
export const placeOf = (
  box: Box,
  lie: Lie,
  picture: Size,
  frame: Size,
): { left: number; top: number; width: number; height: number } => {
  const middle = rotated(
    (box.x + box.width / 2 - 0.5) * picture.width,
    (box.y + box.height / 2 - 0.5) * picture.height,
    lie.turn,
  );
  const size = turnedSize({ width: box.width * picture.width, height: box.height * picture.height }, lie.turn);
  const width = size.width * lie.scale;
  const height = size.height * lie.scale;
  return {
    left: frame.width / 2 + lie.x + middle.x * lie.scale - width / 2,
    top: frame.height / 2 + lie.y + middle.y * lie.scale - height / 2,
    width,
    height,
  };
};
