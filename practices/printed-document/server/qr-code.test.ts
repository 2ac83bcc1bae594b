import { create } from 'qrcode';
import { describe, expect, test } from 'vitest';
import { readPdf } from '#testkit/read-pdf.ts';
import { chineseFonts } from './chinese-fonts.ts';
import { beginDocument } from './printed-document.ts';
import { drawQrCode, qrRuns } from './qr-code.ts';

const address = 'https://qclt.mofcom.gov.cn/verify/elv?carid=8f2c7a11-5d3e-4a0b-9a55-0d6e2b7f1c90';
const matrixOf = (text: string): number[] => [...create(text, { errorCorrectionLevel: 'M' }).modules.data];

describe('R06: the verification code', () => {
  test.each([
    ['an address', address],
    ['the longest text we print', 'x'.repeat(300)],
    ['Chinese', '验真'],
  ])('R06: the runs make the standard matrix of %s again', (_, text) => {
    const { size, runs } = qrRuns(text);
    const matrix = Array.from({ length: size * size }, () => 0);
    for (const { x, y, length } of runs) matrix.fill(1, y * size + x, y * size + x + length);

    expect(matrix).toEqual(matrixOf(text));
  });

  test('R06: what is drawn is that matrix, within its box and with four modules of white round it', async () => {
    const frame = { title: '', author: '', createdAt: new Date(0), widthPt: 200, heightPt: 200 };
    const document = beginDocument(await chineseFonts(), frame).addPage();
    drawQrCode(document, address, { x: 20, y: 30, width: 120, height: 100 });
    document.end();
    const chunks: Buffer[] = [];
    for await (const chunk of document) chunks.push(chunk);
    const [white, ...dark] = readPdf(Buffer.concat(chunks)).pages[0]?.boxes ?? [];

    expect(white).toEqual({ x: 30, y: 30, width: 100, height: 100 });
    const { size } = create(address, { errorCorrectionLevel: 'M' }).modules;
    const unit = 100 / (size + 8);
    const matrix = Array.from({ length: size * size }, () => 0);
    for (const { x, y, width } of dark) {
      const from = Math.round((y - 30) / unit - 4) * size + Math.round((x - 30) / unit - 4);
      matrix.fill(1, from, from + Math.round(width / unit));
    }
    expect(matrix).toEqual(matrixOf(address));
  });
});
