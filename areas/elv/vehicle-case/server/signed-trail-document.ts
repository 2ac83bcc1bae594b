import type { Readable } from 'node:stream';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { authorityFingerprint, type SignedTrail, verifyTrail } from '#kernel/lifecycle/signed-trail.ts';
import { shanghaiMinute } from '#kernel/time/shanghai.ts';
import { type Box, lineSpacing } from '#practices/printed-document/model/form-layout.ts';
import { breakLines } from '#practices/printed-document/model/line-breaking.ts';
import { printableText } from '#practices/printed-document/model/printable-text.ts';
import { chineseFonts } from '#practices/printed-document/server/chinese-fonts.ts';
import {
  beginDocument,
  type Document,
  drawLine,
  textWidthIn,
} from '#practices/printed-document/server/printed-document.ts';

/** A4 in points. */
const page = { widthPt: 595.28, heightPt: 841.89 } as const;
const margin = 42;
const width = page.widthPt - 2 * margin;
const foot = page.heightPt - margin;

interface Line {
  readonly text: string;
  readonly sizePt: number;
  readonly strong?: boolean;
  readonly colour?: string;
}

const small = (text: string): Line => ({ text, sizePt: 7, colour: '#555555' });
const plain = (text: string): Line => ({ text, sizePt: 9.5 });

const linesOfStep = ({ words }: SignedTrail, step: SignedTrail['steps'][number]): readonly Line[] => {
  const { actions, states } = words;
  const from = states[step.fromState] ?? step.fromState;
  const to = states[step.toState] ?? step.toState;
  const reason = typeof step.input.reason === 'string' && step.input.reason !== '' ? step.input.reason : null;
  const who = step.organisationName === null ? step.actorName : `${step.actorName}（${step.organisationName}）`;
  return [
    {
      text: `${step.seq}．${actions[step.action] ?? step.action}　${shanghaiMinute(new Date(step.at))}`,
      sizePt: 11,
      strong: true,
    },
    plain(`${who}　${from === to ? from : `${from} → ${to}`}　第 ${step.round} 轮`),
    ...(reason === null ? [] : [plain(`意见：${reason}`)]),
    small(`摘要 SM3 ${step.digest}`),
    ...(step.signature === null || step.publicKey === null
      ? [small('本步由系统或外部系统办理，无个人签名')]
      : [small(`签名 SM2 ${step.signature}`), small(`公钥指纹 ${sm3Hex(step.publicKey)}`)]),
  ];
};

/** Sets lines one below the other, on as many pages as they need; a group begins on a new page rather than being cut in two. */
const setter = (document: Document, covers: (codePoint: number) => boolean) => {
  let y = foot;
  const widthOf = textWidthIn(document);
  const broken = (lines: readonly Line[]): readonly Line[] =>
    lines.flatMap((line) => {
      const { text } = printableText(line.text, covers);
      const measure = (part: string): number => widthOf(part, line.sizePt, line.strong ?? false);
      return breakLines(text, width, measure).lines.map((part) => ({ ...line, text: part }));
    });
  return (lines: readonly Line[]): void => {
    const all = broken(lines);
    const height = all.reduce((sum, { sizePt }) => sum + sizePt * lineSpacing, 0);
    if (y + Math.min(height, foot - margin) > foot) {
      document.addPage();
      y = margin;
    }
    for (const { text, sizePt, strong = false, colour = 'black' } of all) {
      const box: Box = { x: margin, y, width, height: sizePt * lineSpacing };
      drawLine(document, text, box, { sizePt, strong, colour });
      y += box.height;
    }
    y += 8;
  };
};

/** The trail for readers, with the file that programs check attached to it. */
export const trailDocument = async (trail: SignedTrail, json: string): Promise<Readable> => {
  const fonts = await chineseFonts();
  const madeAt = new Date(trail.madeAt);
  const title = `办理签名记录 ${trail.caseNo}`;
  const document = beginDocument(fonts, { ...page, title, author: '沪商监管', createdAt: madeAt });
  const set = setter(document, fonts.covers);
  const { faults, signed, certified } = verifyTrail(json);
  set([
    { text: title, sizePt: 18, strong: true },
    plain(
      `共 ${trail.steps.length} 步，其中 ${signed} 步有经办人本人的 SM2 签名，${certified} 步的签名密钥附有办理当时有效的证书。`,
    ),
    plain(
      faults.length === 0
        ? '制作本文件时已逐步核验：记录未被改动，签名有效。'
        : `制作本文件时核验发现 ${faults.length} 处不符，请勿作为凭证。`,
    ),
    small(`${trail.madeBy} 制作于 ${shanghaiMinute(madeAt)}。本文件附有可由程序核验的 JSON 原件，以原件为准。`),
  ]);
  for (const step of trail.steps) set(linesOfStep(trail, step));
  set([
    small(trail.how),
    small(`系统签名 ${trail.seal.signature}`),
    small(`系统公钥 ${trail.seal.publicKey}（指纹 ${sm3Hex(trail.seal.publicKey)}）`),
    small(`签发证书指纹（SM3）${authorityFingerprint(trail) ?? '无'}`),
  ]);
  document.file(Buffer.from(json, 'utf8'), {
    name: `${trail.caseNo}.json`,
    type: 'application/json',
    creationDate: madeAt,
    modifiedDate: madeAt,
  });
  document.end();
  return document;
};
