import { inflateSync } from 'node:zlib';

/** A run of text as drawn, its lower left corner counted from the page's lower left corner in points. */
export interface DrawnText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly sizePt: number;
}

/** A rectangle as drawn, counted from the page's upper left corner in points. */
export interface DrawnBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One page as its viewer gets it: `text` are the runs in drawing order, one after another. */
export interface ReadPage {
  readonly widthPt: number;
  readonly heightPt: number;
  readonly runs: readonly DrawnText[];
  readonly boxes: readonly DrawnBox[];
  readonly text: string;
}

/** A PDF file read back. */
export interface ReadPdf {
  readonly pages: readonly ReadPage[];
  /** Names of the embedded fonts, each with the tag of its subset. */
  readonly fonts: readonly string[];
}

type PdfObject = { readonly dictionary: string; readonly stream: string };

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const objectsOf = (bytes: Buffer): ReadonlyMap<string, PdfObject> => {
  const objects = new Map<string, PdfObject>();
  for (const [, id = '', body = ''] of latin(bytes).matchAll(/(\d+) 0 obj\n(.*?)\nendobj/gs)) {
    const [dictionary = '', ...rest] = body.split('\nstream\n');
    const raw = rest.join('\nstream\n').replace(/\nendstream$/, '');
    const packed = dictionary.includes('/FlateDecode');
    objects.set(id, { dictionary, stream: packed ? latin(inflateSync(Buffer.from(raw, 'latin1'))) : raw });
  }
  return objects;
};

const referred = (dictionary: string, key: string): string =>
  new RegExp(`/${key} \\[?\\s*(\\d+) 0 R`).exec(dictionary)?.[1] ?? '';

/** Glyph number to text, as the font's ToUnicode map tells copying and searching viewers. */
const glyphTexts = (cmap: string): ReadonlyMap<number, string> => {
  const texts = new Map<number, string>();
  for (const [, from = '0', list = ''] of cmap.matchAll(/<(\w+)> <\w+> \[(.*?)\]/gs)) {
    for (const [index, [, codes = '']] of [...list.matchAll(/<([^>]*)>/g)].entries()) {
      const units = codes.split(' ').map((code) => Number.parseInt(code, 16));
      texts.set(Number.parseInt(from, 16) + index, String.fromCharCode(...units));
    }
  }
  return texts;
};

/** Where a show operation has no glyph of its font; a page with it has lost text. */
export const unreadable = '\ufffd';

const runsOf = (content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): DrawnText[] =>
  [...content.matchAll(/BT\n(.*?)\nET/gs)].map(([, block = '']) => {
    const [, x = '', y = ''] = /([\d.-]+) ([\d.-]+) Tm/.exec(block) ?? [];
    const [, font = '', size = ''] = /\/(F\d+) ([\d.]+) Tf/.exec(block) ?? [];
    const glyphs = [...block.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
    const texts = glyphs.map((glyph) => Number.parseInt(glyph, 16));
    const text = texts
      .map((glyph) => (glyph === 0 ? unreadable : (fonts.get(font)?.get(glyph) ?? unreadable)))
      .join('');
    return { text, x: Number(x), y: Number(y), sizePt: Number(size) };
  });

const boxesOf = (content: string): DrawnBox[] =>
  [...content.matchAll(/([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+) re$/gm)].map(([, ...numbers]) => {
    const [x = 0, y = 0, width = 0, height = 0] = numbers.map(Number);
    return { x, y, width, height };
  });

/** Reads what pdfkit writes: plain objects, deflated streams, subset fonts with ToUnicode maps. No general reader. */
export const readPdf = (bytes: Buffer): ReadPdf => {
  const objects = objectsOf(bytes);
  const get = (id: string): PdfObject => objects.get(id) ?? { dictionary: '', stream: '' };
  const all = [...objects.values()];
  const pages = all
    .filter(({ dictionary }) => /\/Type \/Page\b(?!s)/.test(dictionary))
    .map(({ dictionary }): ReadPage => {
      const resources = get(referred(dictionary, 'Resources')).dictionary;
      const fonts = new Map(
        [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [
          name,
          glyphTexts(get(referred(get(id).dictionary, 'ToUnicode')).stream),
        ]),
      );
      const content = get(referred(dictionary, 'Contents')).stream;
      const [, widthPt = '', heightPt = ''] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(dictionary) ?? [];
      const runs = runsOf(content, fonts);
      const text = runs.map((run) => run.text).join('');
      return { widthPt: Number(widthPt), heightPt: Number(heightPt), runs, boxes: boxesOf(content), text };
    });
  const embedded = all.filter(({ dictionary }) => dictionary.includes('/FontFile2'));
  const fonts = embedded.map(({ dictionary }) => /\/FontName \/(\S+)/.exec(dictionary)?.[1] ?? '');
  return { pages, fonts };
};
