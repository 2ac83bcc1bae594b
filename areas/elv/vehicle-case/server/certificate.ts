import type { FileReply } from '#kernel/contract/file-reply.ts';
import { shanghaiMinute } from '#kernel/time/shanghai.ts';
import {
  type Box,
  type FormRow,
  type FormStyle,
  layOutForm,
  type PlacedCell,
} from '#practices/printed-document/model/form-layout.ts';
import { codePointName, missingMark, printableText } from '#practices/printed-document/model/printable-text.ts';
import { type ChineseFonts, chineseFonts } from '#practices/printed-document/server/chinese-fonts.ts';
import {
  drawCells,
  drawFormFrame,
  drawPlaces,
  type FormPlace,
} from '#practices/printed-document/server/form-drawing.ts';
import {
  beginDocument,
  type Document,
  drawFittingLine,
  drawLine,
  drawWatermark,
  textWidthIn,
} from '#practices/printed-document/server/printed-document.ts';
import { certificateCopies, certificateRows, writtenDay } from '../model/certificate-form.ts';
import type { LoadedCase } from './vehicle-case.store.ts';

/** What of a case is printed. */
export type PrintedCase = Pick<LoadedCase, 'row' | 'snapshot'>;

/** A5 landscape in points: the form's own size, and half a sheet of A4 at full width. */
const page = { widthPt: 595.28, heightPt: 419.53 } as const;
const left = 28;
const width = page.widthPt - 2 * left;
const head: Box = { x: left, y: 18, width, height: 40 };
const table: Box = { x: left, y: 62, width, height: 212 };
const places: Box = { x: left, y: 274, width, height: 110 };
const foot: Box = { x: left, y: 389, width, height: 11 };

const style: FormStyle = {
  labelWidthPt: 62,
  labelSizePt: 8.5,
  valueSizesPt: [9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6, 5.5, 5],
  paddingPt: 5,
};
const watermark = '演示';
const small = { sizePt: 7, colour: '#333333' } as const;
const checkNote = '验真：扫描二维码，核对网页域名以及证明编号、车辆识别代号是否与本证明一致。';

/** So many missing characters of one value are named; what matters is that some are missing. */
const namedMissing = 6;

/** Who asked for which copies when. `demo` marks every page so that nobody takes it for a certificate. */
export interface CertificateOptions {
  readonly copies: 'all' | 'owner';
  readonly demo: boolean;
  readonly printedBy: string;
  readonly now: Date;
}

/** What the pages of one certificate have in common. */
interface Sheet {
  readonly cells: readonly PlacedCell[];
  readonly places: readonly FormPlace[];
  readonly printed: string;
  readonly missing: string;
  readonly demo: boolean;
}

/** Rows as the font can draw them, and a note naming what it cannot. */
const drawable = (rows: readonly FormRow[], { covers }: ChineseFonts) => {
  const notes: string[] = [];
  const drawn = rows.map((row) =>
    row.map((cell) => {
      const { text, missing } = printableText(cell.value, covers);
      const named = missing.slice(0, namedMissing).map(codePointName).join(' ');
      if (missing.length > 0) notes.push(`${cell.label.replace('\n', '')} ${named}`);
      return { ...cell, value: text };
    }),
  );
  const missing = notes.length === 0 ? '' : `${missingMark} 为字库没有的字，请按证件手写补正：${notes.join('；')}`;
  return { rows: drawn, missing };
};

const placesOf = (qrUrl: string | null, issuedOn: string): readonly FormPlace[] => {
  const caption = qrUrl === null ? '验真二维码未取得' : `扫码验真 ${URL.parse(qrUrl)?.host ?? ''}`;
  return [
    { kind: 'qr', columns: 3, text: qrUrl, caption },
    { kind: 'seal', columns: 3, caption: '上海市商务委员会监印' },
    { kind: 'seal', columns: 3, caption: '回收企业（章）' },
    {
      kind: 'signature',
      columns: 3,
      lines: [
        { label: '经办人（签字）', value: '' },
        { label: '日期', value: writtenDay(issuedOn) },
      ],
    },
  ];
};

const drawHead = (document: Document, copy: string, demo: boolean): void => {
  const side = { ...head, y: head.y + 5, height: 14 };
  const below = { ...side, y: side.y + 15 };
  drawLine(document, '报废机动车回收证明', head, { sizePt: 21, strong: true, align: 'center', spacingPt: 3 });
  drawLine(document, copy, side, { sizePt: 11, strong: true, align: 'right' });
  drawLine(document, '一式六联', below, { ...small, align: 'right' });
  if (demo) drawLine(document, '演示数据，不作凭证', below, { sizePt: 9, strong: true, colour: '#c00000' });
};

const drawPage = (document: Document, copy: string, sheet: Sheet): void => {
  document.addPage();
  if (sheet.demo) drawWatermark(document, watermark);
  drawHead(document, copy, sheet.demo);
  drawCells(document, sheet.cells);
  drawPlaces(document, sheet.places, places);
  drawFormFrame(document, { ...table, height: table.height + places.height });
  const half = width / 2;
  drawFittingLine(document, checkNote, { ...foot, width: half }, small);
  drawFittingLine(document, sheet.printed, { ...foot, x: left + half, width: half }, { ...small, align: 'right' });
  drawFittingLine(document, sheet.missing, { ...foot, y: foot.y + foot.height }, small);
};

/**
 * The recycling certificate of a case as PDF, one A5 page for each copy: all six, or the owner's alone. The handler's
 * name and both seals are left to be signed and pressed; who printed the page stands at its foot.
 *
 * Errors: throws when the case has no certificate yet. Source: tender R06; Regulation 715 art. 9; domain 2.5.
 */
export const certificateFile = async (loaded: PrintedCase, options: CertificateOptions): Promise<FileReply> => {
  const { row, snapshot } = loaded;
  const { certificate } = snapshot.record;
  if (certificate === null) throw new Error('the case has no certificate yet');
  const fonts = await chineseFonts();
  const document = beginDocument(fonts, {
    ...page,
    title: `报废机动车回收证明 ${certificate.certificateNo}`,
    author: row.enterprise_name,
    createdAt: options.now,
  });
  const { rows, missing } = drawable(certificateRows(snapshot.record, row.enterprise_name), fonts);
  const by = printableText(options.printedBy, fonts.covers).text;
  const sheet: Sheet = {
    cells: layOutForm(rows, table, style, textWidthIn(document)),
    places: placesOf(certificate.qrUrl, certificate.issuedOn),
    printed: `案卷 ${row.case_no}　打印 ${by} ${shanghaiMinute(options.now)}`,
    missing,
    demo: options.demo,
  };
  const copies = options.copies === 'owner' ? certificateCopies.slice(0, 1) : certificateCopies;
  for (const copy of copies) drawPage(document, copy, sheet);
  document.end();
  const kind = options.copies === 'owner' ? '回收证明（车主联）' : '回收证明';
  return {
    stream: document,
    mediaType: 'application/pdf',
    fileName: `${kind} ${certificate.certificateNo}.pdf`,
    disposition: 'inline',
  };
};
