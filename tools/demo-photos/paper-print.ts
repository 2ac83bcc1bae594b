import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentDrawing } from '#testkit/papers/drawing-current.ts';
import type { PaperSet } from '#testkit/papers/paper-set.ts';
import { randomOf, seedOf } from '#testkit/papers/random.ts';
import { sheetHtml } from '#testkit/papers/sheet.ts';
import type { PaperForm } from '#testkit/papers/truth.ts';
import type { Print } from './studio.ts';

const folder = join(import.meta.dirname, 'papers');
const photos = join(import.meta.dirname, '../../apps/server/demo/photos');

/** A paper as printed: its picture, and its size in millimetres. */
export interface PrintedPaper {
  readonly print: Print;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** Words as written with a ball pen: no two letters stand alike. */
const handwritten = (words: string): string => {
  const random = randomOf(seedOf(words));
  const letters = [...words].map((letter) => {
    const [lean, lift, size] = [random.between(-7, 5), random.between(-0.07, 0.07), random.between(0.94, 1.1)];
    return `<i style="transform:translateY(${lift}em) rotate(${lean}deg) skewX(-9deg) scale(${size})">${letter}</i>`;
  });
  return `<span class="hand">${letters.join('')}</span>`;
};

/** The round seal of an office or a company, red, its name round a star; `place` is left and top. */
const stamped = (name: string, [left = '0', top = '0']: readonly string[]): string => {
  const turn = randomOf(seedOf(name)).between(-14, 14);
  return `<svg class="stamp" style="left:${left};top:${top};transform:rotate(${turn}deg)" width="400" height="400" viewBox="0 0 400 400">
<g fill="#c4302b"><circle cx="200" cy="200" r="184" fill="none" stroke="#c4302b" stroke-width="11"/>
<path d="m200 128 17 50h53l-43 32 16 51-43-31-43 31 16-51-43-32h53z"/>
<path id="arc${left}" d="M69 262a144 144 0 1 1 262 0" fill="none"/>
<text font-family="Noto Serif CJK SC" font-weight="700" font-size="${name.length > 12 ? 31 : 40}">
<textPath href="#arc${left}" textLength="${Math.min(470, name.length * 46)}" startOffset="50%" text-anchor="middle">${name}</textPath></text>
<text x="200" y="322" text-anchor="middle" font-family="Noto Sans CJK SC" font-size="34">样张</text></g></svg>`;
};

/** A fingerprint in stamp ink; `place` is left and top. */
const fingerprint = ([left = '0', top = '0']: readonly string[]): string =>
  `<svg class="print" style="left:${left};top:${top};transform:rotate(12deg)" width="110" height="140" viewBox="0 0 110 140">
<clipPath id="tip"><ellipse cx="55" cy="70" rx="46" ry="62"/></clipPath><g clip-path="url(#tip)" fill="none" stroke="#bf2f2c" stroke-width="4.2">
${Array.from({ length: 14 }, (_, ring) => `<ellipse cx="${54 + (ring % 3)}" cy="82" rx="${3 + ring * 6}" ry="${5 + ring * 8}"/>`).join('')}</g></svg>`;

const pens = `<svg width="0" height="0" style="position:absolute">
<filter id="wobble" x="-5%" y="-20%" width="110%" height="140%"><feTurbulence type="fractalNoise" baseFrequency=".045" numOctaves="2" seed="3"/><feDisplacementMap in="SourceGraphic" scale="7" xChannelSelector="R" yChannelSelector="G"/></filter>
<filter id="worn"><feTurbulence type="fractalNoise" baseFrequency=".09" numOctaves="3" seed="8" result="wear"/><feColorMatrix in="wear" values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 -4 0 0 2.75"/><feComposite operator="in" in="SourceGraphic"/></filter></svg>`;

const photoUrl = (part: string): string => {
  const file = join(photos, `${part}.jpg`);
  if (!existsSync(file)) throw new Error(`the photograph of ${part} comes before the papers that show it`);
  return `data:image/jpeg;base64,${readFileSync(file).toString('base64')}`;
};

/** What a template calls for in double braces: `hand:words`, `stamp:name;left,top`, `finger:left,top`, `photo:part`, or a word of its own. */
const expanded = (template: string, words: Readonly<Record<string, string>>): string =>
  template.replace(/\{\{(\w+)(?::([^;}]*))?(?:;([^}]*))?\}\}/g, (_, kind: string, what = '', place = '') => {
    switch (kind) {
      case 'hand':
        return handwritten(what);
      case 'stamp':
        return stamped(what, place.split(','));
      case 'finger':
        return fingerprint(what.split(','));
      case 'photo':
        return photoUrl(what);
      default:
        return words[kind] ?? '';
    }
  });

/** A paper from a template below `papers/`, eight pixels to the millimetre or as many as `scale` says. */
export const templatePaper = (
  file: string,
  [widthMm, heightMm]: readonly [number, number],
  scale = 8,
  words: Readonly<Record<string, string>> = {},
): PrintedPaper => {
  const [width, height] = [Math.round(widthMm * scale), Math.round(heightMm * scale)];
  const css = readFileSync(join(folder, 'paper.css'), 'utf8');
  const body = expanded(readFileSync(join(folder, file), 'utf8'), words);
  const html = `<!doctype html><meta charset="utf-8"><style>:root{--width:${width}px;--height:${height}px}${css}</style><body>${pens}${body}`;
  return { print: { html, width, height }, widthMm, heightMm };
};

/** Nobody's head and shoulders over the empty patch of an identity card; `scale` is pixels to the millimetre. */
const portrait = (scale: number): string =>
  `<svg style="position:absolute;left:${59 * scale}px;top:${8 * scale}px;filter:blur(${scale / 14}px)" width="${21 * scale}" height="${28 * scale}" viewBox="0 0 210 280">
<rect width="210" height="280" fill="#dfe4e8"/><path d="M18 280c4-60 30-74 64-82l46 0c34 8 60 22 64 82z" fill="#3d4450"/><path d="M82 176h46v28l-23 30-23-30z" fill="#b58f78"/>
<path d="M82 200l23 32 23-32 12 8-24 40h-22l-24-40z" fill="#e8eaec"/><ellipse cx="105" cy="122" rx="47" ry="60" fill="#c39c84"/><path d="M56 116c-6-60 22-76 50-76s56 16 48 76c-6-26-14-38-24-40-24 6-44 4-54-2-10 6-16 20-20 42z" fill="#26211f"/>
<path d="M128 68c22 30 20 90-10 112 26-10 36-36 34-66z" fill="#a57f69" opacity=".5"/></svg>`;

/** A vehicle's or an owner's paper, as printed now, filled from the set. */
export const formPaper = (form: PaperForm, set: PaperSet, seed: number): PrintedPaper => {
  const random = randomOf(seed);
  const sheet = currentDrawing.sheet(form, set, random);
  const look = currentDrawing.look(form, random);
  const scale = sheet.width > 200 ? 9 : 20;
  const [width, height] = [Math.round(sheet.width * scale), Math.round(sheet.height * scale)];
  const face = form === 'id-card-front' ? portrait(scale) : '';
  const html = `<!doctype html><meta charset="utf-8"><body style="margin:0;background:#f4f1ea">${sheetHtml(sheet, look, scale, random)}${face}`;
  return { print: { html, width, height }, widthMm: sheet.width, heightMm: sheet.height };
};
