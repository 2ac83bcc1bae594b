import { type Box, formColumns, lineSpacing, type PlacedCell } from '../model/form-layout.ts';
import { type Document, drawBlock, drawFittingLine } from './printed-document.ts';
import { drawQrCode } from './qr-code.ts';

/** A place below the cells of a form, so many columns wide. */
export type FormPlace =
  /** A code to scan with a line under it; without a text the place says why it is empty. */
  | { readonly kind: 'qr'; readonly columns: number; readonly text: string | null; readonly caption: string }
  /** Where a seal is pressed; nothing that looks like a seal is drawn. */
  | { readonly kind: 'seal'; readonly columns: number; readonly caption: string }
  /** Lines to be signed, or filled already. */
  | {
      readonly kind: 'signature';
      readonly columns: number;
      readonly lines: readonly { readonly label: string; readonly value: string }[];
    };

const thinPt = 0.5;
const thickPt = 1.2;
const captionPt = 8.5;
const smallPt = 7;
const insetPt = 6;
const faint = '#6b6b6b';

const inset = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x + by,
  y: y + by,
  width: width - 2 * by,
  height: height - 2 * by,
});

const drawFrame = (document: Document, { x, y, width, height }: Box, lineWidthPt: number): void => {
  document.lineWidth(lineWidthPt).rect(x, y, width, height).stroke('black');
};

/** Draws the cells of a form with their rules. */
export const drawCells = (document: Document, cells: readonly PlacedCell[]): void => {
  for (const { box, label, value } of cells) {
    const ruleX = label.box.x + label.box.width;
    drawFrame(document, box, thinPt);
    document
      .moveTo(ruleX, box.y)
      .lineTo(ruleX, box.y + box.height)
      .stroke('black');
    drawBlock(document, label);
    drawBlock(document, value);
  }
};

const drawQrPlace = (document: Document, place: FormPlace & { kind: 'qr' }, box: Box): void => {
  const inner = inset(box, insetPt);
  if (place.text === null) {
    drawFittingLine(document, place.caption, inner, { sizePt: captionPt, align: 'center', colour: faint });
    return;
  }
  const below = { ...inner, y: inner.y + inner.height - smallPt * lineSpacing, height: smallPt * lineSpacing };
  drawQrCode(document, place.text, { ...inner, height: below.y - inner.y });
  drawFittingLine(document, place.caption, below, { sizePt: smallPt, align: 'center' });
};

const drawSealPlace = (document: Document, place: FormPlace & { kind: 'seal' }, box: Box): void => {
  const inner = inset(box, insetPt);
  const head = { ...inner, height: captionPt * lineSpacing };
  const frame = { ...inner, y: head.y + head.height + 2, height: inner.height - head.height - 2 };
  drawFittingLine(document, place.caption, head, { sizePt: captionPt, align: 'center' });
  document
    .lineWidth(thinPt)
    .dash(2, { space: 2 })
    .rect(frame.x, frame.y, frame.width, frame.height)
    .stroke('#9a9a9a')
    .undash();
  drawFittingLine(document, '（盖章处）', frame, { sizePt: captionPt, align: 'center', colour: faint });
};

const drawSignaturePlace = (document: Document, place: FormPlace & { kind: 'signature' }, box: Box): void => {
  const inner = inset(box, insetPt);
  const height = inner.height / place.lines.length;
  for (const [index, { label, value }] of place.lines.entries()) {
    const head = { ...inner, y: inner.y + index * height, height: captionPt * lineSpacing };
    const ruleY = inner.y + (index + 1) * height - insetPt;
    const above = { ...head, y: ruleY - head.height - 2 };
    drawFittingLine(document, label, head, { sizePt: captionPt });
    drawFittingLine(document, value, above, { sizePt: captionPt + 1, align: 'center' });
    document
      .lineWidth(thinPt)
      .moveTo(inner.x, ruleY)
      .lineTo(inner.x + inner.width, ruleY)
      .stroke('black');
  }
};

const drawPlace = (document: Document, place: FormPlace, box: Box): void => {
  if (place.kind === 'qr') drawQrPlace(document, place, box);
  else if (place.kind === 'seal') drawSealPlace(document, place, box);
  else drawSignaturePlace(document, place, box);
};

/** Draws places side by side in a box, each framed. */
export const drawPlaces = (document: Document, places: readonly FormPlace[], box: Box): void => {
  let { x } = box;
  for (const place of places) {
    const width = (place.columns * box.width) / formColumns;
    const placed = { ...box, x, width };
    drawFrame(document, placed, thinPt);
    drawPlace(document, place, placed);
    x += width;
  }
};

/** Draws the strong frame round a form. */
export const drawFormFrame = (document: Document, box: Box): void => drawFrame(document, box, thickPt);
