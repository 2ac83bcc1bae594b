import type { Random } from './random.ts';
import { type Look, type Sheet, sheetHtml } from './sheet.ts';

/** How a paper was photographed. Lengths in pixels of the photograph, angles in degrees. */
export interface Shot {
  readonly width: number;
  readonly height: number;
  /** Share of the photograph's width, or height if that is less, that the paper takes. */
  readonly share: number;
  readonly tilt: { readonly x: number; readonly y: number; readonly z: number };
  readonly shift: { readonly x: number; readonly y: number };
  readonly blur: number;
  readonly smear: number;
  /** How far the paper waves. */
  readonly wave: number;
  readonly noise: number;
  readonly glare: { readonly x: number; readonly y: number; readonly size: number; readonly strength: number };
  readonly shadow: { readonly angle: number; readonly strength: number };
  readonly warmth: number;
  readonly brightness: number;
  readonly contrast: number;
  readonly table: string;
  /** JPEG quality, 1 to 100. */
  readonly quality: number;
  readonly seed: number;
}

const tables = [
  'repeating-linear-gradient(92deg,#7a5a3c 0 7px,#6d4f34 8px 19px,#83633f 20px 31px)',
  'repeating-linear-gradient(3deg,#a98963 0 40px,#a08059 42px 44px)',
  'radial-gradient(circle at 40% 60%,#6b6f74,#43474c)',
  'linear-gradient(120deg,#d8d6d2,#b9b6b0)',
  'repeating-conic-gradient(#2f4a3c 0 25%,#33503f 0 50%) 0 0/24px 24px',
  'linear-gradient(200deg,#2a2d33,#16181c)',
] as const;

/** A photograph as a clerk with a phone takes it: legible, but never straight, evenly lit or free of noise. */
export const shotOf = (random: Random, sheet: Sheet): Shot => {
  const dense = sheet.width > 200 || sheet.height > 200;
  const long = dense ? random.whole(1900, 2400) : random.whole(1250, 2100);
  const short = Math.round(long * 0.75);
  const wide = sheet.width >= sheet.height;
  return {
    width: wide ? long : short,
    height: wide ? short : long,
    share: random.between(dense ? 0.9 : 0.76, 0.96),
    tilt: { x: random.between(-9, 9), y: random.between(-9, 9), z: random.between(-4, 4) },
    shift: { x: random.between(-0.015, 0.015), y: random.between(-0.03, 0.03) },
    blur: random.between(0.2, dense ? 0.7 : 1.2),
    smear: random.chance(0.3) ? random.between(0.4, dense ? 0.9 : 1.6) : 0,
    wave: random.between(0, dense ? 5 : 7),
    noise: random.between(0.1, 0.32),
    glare: {
      x: random.between(0.1, 0.9),
      y: random.between(0.1, 0.9),
      size: random.between(0.12, 0.4),
      strength: random.between(0, 0.62),
    },
    shadow: { angle: random.between(0, 360), strength: random.between(0.05, 0.5) },
    warmth: random.between(-0.5, 1),
    brightness: random.between(0.82, 1.1),
    contrast: random.between(0.84, 1.08),
    table: random.pick(tables),
    quality: random.whole(52, 82),
    seed: random.whole(1, 9999),
  };
};

const filters = ({ seed, wave, smear, noise }: Shot): string => `<svg width="0" height="0" style="position:absolute">
<filter id="wave" x="-5%" y="-5%" width="110%" height="110%"><feTurbulence type="fractalNoise" baseFrequency="0.0016 0.0022" numOctaves="1" seed="${seed}"/>
<feDisplacementMap in="SourceGraphic" scale="${wave * 6}" xChannelSelector="R" yChannelSelector="G"/></filter>
<filter id="smear"><feGaussianBlur stdDeviation="${smear} ${smear * 0.25}"/></filter>
<filter id="noise"><feTurbulence type="fractalNoise" baseFrequency="0.85" numOctaves="2" seed="${seed + 1}"/>
<feColorMatrix values="1.6 0 0 0 -.3  0 1.6 0 0 -.3  0 0 1.6 0 -.3  0 0 0 0 ${noise}"/></filter></svg>`;

/** A photograph of a sheet as a page to be rendered at the shot's size. */
export const photographHtml = (sheet: Sheet, look: Look, shot: Shot, random: Random): string => {
  const { width, height, tilt, shift, glare, shadow } = shot;
  const px = Math.min((width * shot.share) / sheet.width, (height * shot.share) / sheet.height);
  const lens = `perspective(${width * 1.7}px) rotateX(${tilt.x}deg) rotateY(${tilt.y}deg) rotateZ(${tilt.z}deg)`;
  const place = `position:absolute;left:50%;top:50%;transform:translate(${shift.x * width}px,${shift.y * height}px) translate(-50%,-50%) ${lens}`;
  const cover = 'position:absolute;inset:0;pointer-events:none';
  const light = `radial-gradient(ellipse ${glare.size * width}px ${glare.size * width * 0.7}px at ${glare.x * 100}% ${glare.y * 100}%,rgba(255,255,250,${glare.strength}) 0,rgba(255,255,250,${glare.strength * 0.6}) 40%,transparent 100%)`;
  const shade = `linear-gradient(${shadow.angle}deg,rgba(10,10,20,${shadow.strength}),transparent 60%)`;
  const tint = shot.warmth > 0 ? `rgba(255,190,90,${shot.warmth * 0.16})` : `rgba(90,140,255,${-shot.warmth * 0.16})`;
  return `<!doctype html><meta charset="utf-8"><body style="margin:0;overflow:hidden">${filters(shot)}
<div style="position:relative;width:${width}px;height:${height}px;overflow:hidden;filter:brightness(${shot.brightness}) contrast(${shot.contrast})">
<div style="${cover};filter:blur(${shot.blur}px)"><div style="${cover};filter:url(#smear)"><div style="${cover};background:${shot.table}"></div>
<div style="${place}"><div style="filter:url(#wave) drop-shadow(6px 9px 9px rgba(0,0,0,.45))">${sheetHtml(sheet, look, px, random)}</div></div></div></div>
<div style="${cover};background:${light}"></div><div style="${cover};background:${shade}"></div><div style="${cover};background:${tint};mix-blend-mode:multiply"></div>
<div style="${cover};filter:url(#noise);mix-blend-mode:overlay"></div></div></body>`;
};
