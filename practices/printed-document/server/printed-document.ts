import PDFDocument from 'pdfkit';
import { type Box, lineSpacing, type TextBlock, type TextWidth } from '../model/form-layout.ts';
import type { ChineseFonts, OpenedFont } from './chinese-fonts.ts';

/** A document being drawn. It is a stream and holds what was drawn until it is read. */
export type Document = PDFKit.PDFDocument;

/** What a document is, for those who open it; sizes in points. */
export interface DocumentFrame {
  readonly title: string;
  readonly author: string;
  readonly createdAt: Date;
  readonly widthPt: number;
  readonly heightPt: number;
}

/** Begins a document without pages, set in the given faces. */
export const beginDocument = (fonts: ChineseFonts, frame: DocumentFrame): Document => {
  const { title, author, createdAt, widthPt, heightPt } = frame;
  const document = new PDFDocument({
    size: [widthPt, heightPt],
    margin: 0,
    autoFirstPage: false,
    // Otherwise pdfkit prepares Helvetica, which has no Chinese, for every document.
    font: '',
    pdfVersion: '1.7',
    lang: 'zh-CN',
    displayTitle: true,
    info: { Title: title, Author: author, CreationDate: createdAt },
  });
  const register = (name: string, font: OpenedFont): void => {
    // pdfkit accepts a parsed font wherever it accepts a font's bytes; its types only know the bytes.
    document.registerFont(name, font as unknown as Uint8Array);
  };
  register('regular', fonts.regular);
  register('bold', fonts.bold);
  return document;
};

const choose = (document: Document, sizePt: number, strong: boolean): Document =>
  document.font(strong ? 'bold' : 'regular').fontSize(sizePt);

/** Measures text as {@link drawLine} draws it. */
export const textWidthIn =
  (document: Document): TextWidth =>
  (text, sizePt, strong) =>
    choose(document, sizePt, strong).widthOfString(text);

/** How a line of text is drawn. `spacingPt` stands between its characters. */
export interface LineStyle {
  readonly sizePt: number;
  readonly strong?: boolean;
  readonly align?: 'left' | 'center' | 'right';
  readonly colour?: string;
  readonly spacingPt?: number;
}

/** Chinese characters stand with this share of their height above the base line. */
const aboveBaseLine = 0.88;

/** Draws one line in the middle of a box's height. Text the box is too narrow for is not cut: measure first. */
export const drawLine = (document: Document, text: string, box: Box, style: LineStyle): void => {
  if (text === '') return;
  const { sizePt, strong = false, align = 'left', colour = 'black', spacingPt = 0 } = style;
  choose(document, sizePt, strong);
  const width = document.widthOfString(text) + spacingPt * ([...text].length - 1);
  const indent = { left: 0, center: (box.width - width) / 2, right: box.width - width }[align];
  const baseLine = box.y + (box.height - sizePt) / 2 + aboveBaseLine * sizePt;
  document
    .fillColor(colour)
    .text(text, box.x + indent, baseLine, { lineBreak: false, baseline: 'alphabetic', characterSpacing: spacingPt });
};

/** Draws a line, smaller if need be so that it stays within its box. */
export const drawFittingLine = (document: Document, text: string, box: Box, style: LineStyle): void => {
  const width = textWidthIn(document)(text, style.sizePt, style.strong ?? false);
  const sizePt = width <= box.width ? style.sizePt : (style.sizePt * box.width) / width;
  drawLine(document, text, box, { ...style, sizePt });
};

/** Draws the lines of a block, together in the middle of its box. */
export const drawBlock = (document: Document, { box, lines, sizePt, strong, align }: TextBlock): void => {
  const height = sizePt * lineSpacing;
  const top = box.y + (box.height - height * lines.length) / 2;
  for (const [index, line] of lines.entries()) {
    drawLine(document, line, { ...box, y: top + index * height, height }, { sizePt, strong, align });
  }
};

/** Draws a word across the whole page behind what comes after. */
export const drawWatermark = (document: Document, word: string): void => {
  const { width, height } = document.page;
  const sizePt = height / 2.4;
  const box = { x: 0, y: height / 2 - sizePt / 2, width, height: sizePt };
  document
    .save()
    .rotate(-22, { origin: [width / 2, height / 2] })
    .fillOpacity(0.14);
  drawLine(document, word, box, { sizePt, strong: true, align: 'center', colour: '#c00000', spacingPt: sizePt / 3 });
  document.restore().fillOpacity(1);
};
