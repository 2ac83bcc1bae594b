import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

/** A font parsed once. pdfkit takes it as a source like a file's bytes, but parses nothing again. */
export interface OpenedFont {
  readonly postscriptName: string;
  hasGlyphForCodePoint(codePoint: number): boolean;
}

/** The faces documents are set in. */
export interface ChineseFonts {
  readonly regular: OpenedFont;
  readonly bold: OpenedFont;
  /** Whether both faces can draw a character. */
  covers(codePoint: number): boolean;
}

const resolve = createRequire(import.meta.url).resolve;

const openFont = async (file: string): Promise<OpenedFont> => {
  const bytes = await readFile(resolve(`@expo-google-fonts/noto-sans-sc/${file}`));
  const opener = new PDFDocument({ autoFirstPage: false }).font(bytes);
  // pdfkit keeps the parsed font of the face chosen last here; its types leave the field out. A test holds it to that.
  return (opener as unknown as { readonly _font: { readonly font: OpenedFont } })._font.font;
};

const openFonts = async (): Promise<ChineseFonts> => {
  const regular = await openFont('400Regular/NotoSansSC_400Regular.ttf');
  const bold = await openFont('700Bold/NotoSansSC_700Bold.ttf');
  const covers = (codePoint: number): boolean =>
    regular.hasGlyphForCodePoint(codePoint) && bold.hasGlyphForCodePoint(codePoint);
  return { regular, bold, covers };
};

let opened: Promise<ChineseFonts> | undefined;

/**
 * Noto Sans SC, read and parsed at the first call and kept for the life of the process: 21 MB of file bytes, held once,
 * for some 30 900 characters. Each document embeds only the glyphs it uses. Source: docs/adr/0014.
 */
export const chineseFonts = (): Promise<ChineseFonts> => {
  opened ??= openFonts();
  return opened;
};
