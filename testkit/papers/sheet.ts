import type { Random } from './random.ts';

/** What a piece of text is on a paper; a drawing gives each its look. */
export type Role = 'title' | 'label' | 'english' | 'value' | 'stamp' | 'sample';

/** Text on a sheet: the place of its upper left corner and its height in millimetres. */
export interface Words {
  readonly role: Role;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly text: string;
  /** Width in millimetres at which lines break. */
  readonly wrap?: number;
  /** Width in millimetres over which the letters are spread. */
  readonly spread?: number;
}

/** A ruled line, a filled patch or a bar code, in millimetres. */
export interface Mark {
  readonly kind: 'line' | 'patch' | 'bars' | 'frame';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly colour?: string;
}

/** A paper as laid out, in millimetres, before it is inked. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly words: readonly Words[];
  readonly marks: readonly Mark[];
}

/** How a role is inked. `stretch` is the letters' width against their natural one. */
export interface Ink {
  readonly family: string;
  readonly weight: number;
  readonly colour: string;
  readonly spacing?: number;
  readonly stretch?: number;
  readonly opacity?: number;
}

/** How a drawing looks: ink by role, the paper's own picture, and how far the printer's values stand off their places. */
export interface Look {
  readonly inks: Readonly<Record<Role, Ink>>;
  readonly paper: string;
  readonly ruleColour: string;
  /** Offset of everything printed into the form, millimetres, and its turn, degrees. */
  readonly print: { readonly x: number; readonly y: number; readonly turn: number };
  /** How far each place strays, millimetres. */
  readonly stray: number;
  readonly corner: number;
}

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);

const inkCss = ({ family, weight, colour, spacing = 0, opacity = 1 }: Ink): string =>
  `font-family:${family};font-weight:${weight};color:${colour};letter-spacing:${spacing}em;opacity:${opacity}`;

const wordsHtml = (words: Words, look: Look, px: number, random: Random): string => {
  const ink = look.inks[words.role];
  const stray = (): number => random.between(-look.stray, look.stray);
  const [x, y] = [(words.x + stray()) * px, (words.y + stray() * 0.6) * px];
  const wrap = words.wrap ? `width:${words.wrap * px}px;word-break:break-all` : 'white-space:nowrap';
  const spread = words.spread ? `width:${words.spread * px}px;text-align-last:justify` : '';
  const stretch = ink.stretch ? `transform:scaleX(${ink.stretch});transform-origin:0 0` : '';
  const css = `left:${x}px;top:${y}px;font-size:${words.size * px}px;line-height:1.22;${wrap};${spread};${stretch};${inkCss(ink)}`;
  return `<div style="position:absolute;${css}">${escaped(words.text)}</div>`;
};

const barsCss =
  'background:repeating-linear-gradient(90deg,#222 0 2px,transparent 2px 5px,#222 5px 6px,transparent 6px 11px)';

const markHtml = ({ kind, x, y, width, height, colour }: Mark, look: Look, px: number): string => {
  const place = `position:absolute;left:${x * px}px;top:${y * px}px;width:${width * px}px;height:${Math.max(height * px, 0)}px`;
  const ruled = colour ?? look.ruleColour;
  switch (kind) {
    case 'line':
      return `<div style="${place};min-width:1.5px;min-height:1.5px;background:${ruled}"></div>`;
    case 'frame':
      return `<div style="${place};box-sizing:border-box;border:${0.3 * px}px solid ${ruled}"></div>`;
    case 'bars':
      return `<div style="${place};${barsCss}"></div>`;
    case 'patch':
      return `<div style="${place};background:${ruled}"></div>`;
  }
};

/** A sheet as HTML, `px` pixels to the millimetre; the form first, then what the printer put into it. */
export const sheetHtml = (sheet: Sheet, look: Look, px: number, random: Random): string => {
  const isPrinted = ({ role }: Words): boolean => role === 'value';
  const part = (words: readonly Words[]): string => words.map((one) => wordsHtml(one, look, px, random)).join('');
  const { x, y, turn } = look.print;
  const shift = `transform:translate(${x * px}px,${y * px}px) rotate(${turn}deg)`;
  const size = `width:${sheet.width * px}px;height:${sheet.height * px}px`;
  return `<div style="position:relative;overflow:hidden;${size};border-radius:${look.corner * px}px;${look.paper}">
${sheet.marks.map((mark) => markHtml(mark, look, px)).join('')}${part(sheet.words.filter((one) => !isPrinted(one)))}
<div style="position:absolute;inset:0;${shift}">${part(sheet.words.filter(isPrinted))}</div></div>`;
};
