import type { FileReply } from '#kernel/contract/file-reply.ts';
import { shanghaiMinute } from '#kernel/time/shanghai.ts';
import { type Box, type FormRow, type FormStyle, layOutForm } from '#practices/printed-document/model/form-layout.ts';
import { codePointName, missingMark, printableText } from '#practices/printed-document/model/printable-text.ts';
import { type ChineseFonts, chineseFonts } from '#practices/printed-document/server/chinese-fonts.ts';
import { drawCells, drawFormFrame, drawPlaces } from '#practices/printed-document/server/form-drawing.ts';
import {
  beginDocument,
  drawFittingLine,
  drawLine,
  drawWatermark,
  textWidthIn,
} from '#practices/printed-document/server/printed-document.ts';

/** A4 in points. */
const paper = { widthPt: 595.28, heightPt: 841.89 } as const;
const margin = 56;

const small = { sizePt: 8, colour: '#333333' } as const;

/** One printed paper. `heightPt` is how high its form is; a demo's paper is marked so that nobody takes it for a document. */
export interface PrintedPaper {
  readonly title: string;
  readonly number: string | null;
  readonly rows: readonly FormRow[];
  readonly heightPt: number;
  readonly sealed: string;
  /** The day it is of, as written. */
  readonly day: string;
  readonly foot: string;
  readonly printedBy: string;
  readonly now: Date;
  readonly demo: boolean;
  readonly across: boolean;
}

const styleOf = (across: boolean): FormStyle => ({
  labelWidthPt: across ? 84 : 76,
  labelSizePt: across ? 11 : 9.5,
  valueSizesPt: across ? [13, 12, 11, 10, 9, 8, 7, 6] : [11, 10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6, 5.5, 5, 4.5, 4],
  paddingPt: across ? 8 : 6,
});

const drawable = (rows: readonly FormRow[], { covers }: ChineseFonts) => {
  const missed = new Set<string>();
  const drawn = rows.map((row) =>
    row.map((cell) => {
      const { text, missing } = printableText(cell.value, covers);
      for (const one of missing) missed.add(codePointName(one));
      return { ...cell, value: text };
    }),
  );
  const note =
    missed.size === 0 ? '' : `${missingMark} 为字库没有的字，请手写补正：${[...missed].slice(0, 6).join(' ')}`;
  return { rows: drawn, note };
};

/**
 * Prints one paper: its name, its number, a form, the place of the seal, and at the foot who printed it and by which step it stands.
 * No seal is drawn. Source: tender R10, R11.
 */
export const paperFile = async (printed: PrintedPaper): Promise<FileReply> => {
  const fonts = await chineseFonts();
  const { title, number, demo, now, across } = printed;
  const page = across ? { widthPt: paper.heightPt, heightPt: paper.widthPt } : paper;
  const document = beginDocument(fonts, { ...page, title, author: printed.sealed, createdAt: now });
  const width = page.widthPt - 2 * margin;
  const line = (y: number, height: number): Box => ({ x: margin, y, width, height });
  document.addPage();
  if (demo) drawWatermark(document, '演示');
  drawLine(document, title, line(56, 40), { sizePt: across ? 30 : 22, strong: true, align: 'center', spacingPt: 3 });
  if (number) drawFittingLine(document, number, line(102, 18), { sizePt: 12, align: 'center' });
  if (demo)
    drawLine(document, '演示数据，不作凭证', line(38, 14), {
      sizePt: 9,
      strong: true,
      align: 'right',
      colour: '#c00000',
    });
  const { rows, note } = drawable(printed.rows, fonts);
  const table = line(128, printed.heightPt);
  drawCells(document, layOutForm(rows, table, styleOf(across), textWidthIn(document)));
  const below = line(table.y + table.height, 110);
  drawPlaces(
    document,
    [
      { kind: 'signature', columns: 6, lines: [{ label: '日期', value: printed.day }] },
      { kind: 'seal', columns: 6, caption: printed.sealed },
    ],
    below,
  );
  drawFormFrame(document, { ...table, height: table.height + below.height });
  const by = printableText(printed.printedBy, fonts.covers).text;
  const foot = page.heightPt - 40;
  drawFittingLine(document, note, line(foot - 24, 12), small);
  drawFittingLine(document, printed.foot, line(foot - 12, 12), small);
  drawFittingLine(document, `打印 ${by} ${shanghaiMinute(now)}`, line(foot, 12), { ...small, align: 'right' });
  document.end();
  return {
    stream: document,
    mediaType: 'application/pdf',
    fileName: `${number ? `${title} ${number}` : title}.pdf`,
    disposition: 'inline',
  };
};
