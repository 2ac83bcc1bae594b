import { shanghaiMinute } from '#kernel/time/shanghai.ts';

/** What of a photograph is odd by its time, its place or its shape. None of it proves anything; a person looks. */
export type OddityCode = 'early' | 'late' | 'ahead' | 'far' | 'screenshot';

/** An oddity with its reason in words. */
export interface Oddity {
  readonly code: OddityCode;
  readonly reason: string;
}

/** What is known of a photograph. Times of the camera are its own clock's. */
export interface PhotoFacts {
  readonly takenAt: Date | null;
  readonly receivedAt: Date;
  readonly mediaType: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly camera: string | null;
  readonly software: string | null;
  /** From where it should have been taken; null where either place is not known. */
  readonly metresAway: number | null;
}

/** What a photograph is held against. */
export interface PhotoLimits {
  /** What it should not be older than, in words; null where there is no such moment yet. `grace`: what was taken then is old enough to be odd only if the moment lies behind this. */
  readonly notBefore: { readonly title: string; readonly at: Date; readonly grace: Date | null } | null;
  /** Until when it should have been sent, seen from when it was taken. */
  readonly sentUntil: Date | null;
  /** Metres. */
  readonly farMetres: number;
}

/** A camera's clock may be wrong by so much and nobody wonders. Milliseconds. */
const clockSlackMs = 10 * 60_000;

/** Screens of phones and desks as they are sold, the short side first. Assumption: no list is published; those of common devices of the last ten years. */
const screens = new Set(
  [
    [720, 1280],
    [720, 1600],
    [750, 1334],
    [828, 1792],
    [1080, 1920],
    [1080, 2160],
    [1080, 2340],
    [1080, 2376],
    [1080, 2400],
    [1125, 2436],
    [1170, 2532],
    [1179, 2556],
    [1206, 2622],
    [1242, 2208],
    [1242, 2688],
    [1284, 2778],
    [1290, 2796],
    [1320, 2868],
    [1200, 2640],
    [1224, 2700],
    [1260, 2720],
    [1260, 2800],
    [1440, 3088],
    [1440, 3200],
    [768, 1366],
    [900, 1600],
    [1440, 2560],
  ].map((sides) => sides.join('×')),
);

const capturing = /screen ?shot|snip|截图|截屏|录屏/i;

const screenshotReason = ({ mediaType, width, height, camera, takenAt, software }: PhotoFacts): string | null => {
  if (software !== null && capturing.test(software)) return `文件由截图程序（${software}）生成`;
  // Whatever a camera has signed is a photograph.
  if (camera !== null || takenAt !== null) return null;
  if (mediaType === 'image/png') return '文件是 PNG 格式且没有相机信息，手机相机不生成这种文件';
  const [short, long] = [Math.min(width ?? 0, height ?? 0), Math.max(width ?? 0, height ?? 0)];
  return screens.has(`${short}×${long}`) ? `没有相机信息，且尺寸恰为常见屏幕的 ${width}×${height}` : null;
};

const distanceWords = (metres: number): string =>
  metres >= 1_000 ? `${(metres / 1_000).toFixed(1)} 公里` : `${Math.round(metres)} 米`;

/** What is odd of a photograph. What is not known is no oddity. Source: tender R03, R04; domain 2.6. */
export const odditiesOf = (facts: PhotoFacts, { notBefore, sentUntil, farMetres }: PhotoLimits): readonly Oddity[] => {
  const { takenAt, receivedAt, metresAway } = facts;
  const found: Oddity[] = [];
  const taken = takenAt && shanghaiMinute(takenAt);
  if (takenAt && notBefore?.grace && notBefore.grace < notBefore.at)
    found.push({
      code: 'early',
      reason: `拍摄时间（${taken}）早于${notBefore.title}（${shanghaiMinute(notBefore.at)}），可能不是现场所拍`,
    });
  if (takenAt && sentUntil && sentUntil < receivedAt)
    found.push({
      code: 'late',
      reason: `拍摄时间（${taken}）与上传时间（${shanghaiMinute(receivedAt)}）相差过大，可能是相册里的旧照片`,
    });
  if (takenAt && takenAt.getTime() > receivedAt.getTime() + clockSlackMs)
    found.push({
      code: 'ahead',
      reason: `拍摄时间（${taken}）晚于上传时间（${shanghaiMinute(receivedAt)}），拍摄设备的时钟不准或被改过`,
    });
  if (metresAway !== null && metresAway > farMetres)
    found.push({ code: 'far', reason: `拍摄地点距企业场地约 ${distanceWords(metresAway)}` });
  const screenshot = screenshotReason(facts);
  if (screenshot !== null) found.push({ code: 'screenshot', reason: screenshot });
  return found;
};
