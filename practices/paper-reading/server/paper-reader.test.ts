import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'jpeg-js';
import { afterAll, expect, test } from 'vitest';
import { jpegOf, keptPhotos } from '#testkit/papers/photos.ts';
import { paperReaderOf } from './paper-reader.ts';

const reader = paperReaderOf({ idleSeconds: 60, timeoutSeconds: 60 });
afterAll(() => reader.close());

const ignore = (): void => undefined;
const patience = 120_000;

const read = async (name: string) => {
  const { paper = '', truth = {} } = keptPhotos[name] ?? {};
  const fractions: number[] = [];
  const result = await reader.read(paper, jpegOf(name), (fraction) => fractions.push(fraction));
  const values = Object.fromEntries(Object.entries(result.fields).map(([key, { value }]) => [key, value]));
  return { result, values, truth, fractions };
};

/** A photograph without any writing. */
const blankPhotograph = (width: number, height: number): Uint8Array => {
  const data = Uint8Array.from({ length: width * height * 4 }, (_, at) => 90 + ((at * 7) % 60));
  return encode({ width, height, data }, 70).data;
};

/** The same JPEG with an EXIF orientation, as a phone held on its side writes it. */
const withOrientation = (jpeg: Buffer, orientation: number): Buffer => {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xffe1, 0);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
};

const names = [
  'current.vehicle-licence-main.jpg',
  'current.vehicle-licence-duplicate.jpg',
  'current.registration-certificate-p12.jpg',
  'current.id-card-front.jpg',
  'current.business-licence.jpg',
  'upside-down.vehicle-licence-main.jpg',
];

test.each(names)(
  'R01: the fields of %s are read as they are printed',
  async (name) => {
    const { result, values, truth } = await read(name);

    expect(result).toMatchObject({ enough: true, message: null });
    expect(values).toEqual(truth);
    for (const { confidence, box } of Object.values(result.fields)) {
      expect(confidence).toBeGreaterThan(0);
      expect(confidence).toBeLessThanOrEqual(1);
      expect(box).not.toBeNull();
    }
  },
  patience,
);

test(
  'R01: the progress of a reading is told as fractions that only grow',
  async () => {
    const { fractions } = await read('current.id-card-front.jpg');

    expect(fractions.length).toBeGreaterThan(4);
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual([...fractions].sort((one, other) => one - other));
  },
  patience,
);

test(
  'R01: a photograph of something else asks for another one and fills nothing',
  async () => {
    const result = await reader.read('id-card-front', blankPhotograph(640, 480), ignore);

    expect(result).toMatchObject({ enough: false, fields: {} });
    expect(result.message).toMatch(/没有认出身份证人像面.*请重拍/);
  },
  patience,
);

test(
  'R01: a photograph in the wrong place is told what it looks like',
  async () => {
    const result = await reader.read('business-licence', jpegOf('current.id-card-front.jpg'), ignore);

    expect(result).toMatchObject({ enough: false, fields: {} });
    expect(result.message).toContain('像是身份证人像面');
  },
  patience,
);

test(
  'R01: a card photographed sideways is read, and its places are those of the picture as it is shown',
  async () => {
    const jpeg = jpegOf('current.id-card-front.jpg');
    const straight = await reader.read('id-card-front', jpeg, ignore);

    const turned = await reader.read('id-card-front', withOrientation(jpeg, 6), ignore);

    expect(turned.fields.identityNo?.value).toBe(straight.fields.identityNo?.value);
    const [flat, upright] = [straight.fields.identityNo?.box, turned.fields.identityNo?.box];
    expect(upright?.y).toBeCloseTo(flat?.x ?? -1, 1);
    expect(upright?.height).toBeCloseTo(flat?.width ?? -1, 1);
  },
  patience,
);

test(
  'R01: what is no photograph, or a bomb, is refused before it is decoded',
  async () => {
    const bomb = Buffer.from(jpegOf('current.id-card-front.jpg'));
    const frame = bomb.indexOf(Buffer.from([0xff, 0xc0]));
    bomb.writeUInt16BE(60_000, frame + 5);
    bomb.writeUInt16BE(60_000, frame + 7);

    await expect(reader.read('id-card-front', bomb, ignore)).rejects.toThrow('照片像素过大');
    await expect(reader.read('id-card-front', Buffer.from('%PDF-1.7'), ignore)).rejects.toThrow('JPEG 或 PNG');
    await expect(reader.read('id-card-back', jpegOf('current.id-card-front.jpg'), ignore)).rejects.toThrow('不识别');
  },
  patience,
);

test(
  'R01: a photograph over which the worker was killed is read by another; progress goes on growing',
  async () => {
    const fractions: number[] = [];
    const killed: number[] = [];

    const result = await reader.read('id-card-front', jpegOf('current.id-card-front.jpg'), (fraction) => {
      fractions.push(fraction);
      const pid = reader.workerPid();
      if (pid === null || fraction < 0.4 || killed.length > 0) return;
      killed.push(pid);
      process.kill(pid, 'SIGKILL');
    });

    expect(result.enough).toBe(true);
    expect(killed).not.toContain(reader.workerPid());
    expect(fractions).toEqual([...fractions].sort((one, other) => one - other));
  },
  patience,
);

test(
  'R01: a photograph over which two workers are lost fails, and says that it can be read again; the next one is read',
  async () => {
    const killed = new Set<number>();
    const failing = reader.read('id-card-front', jpegOf('current.id-card-front.jpg'), () => undefined);
    const killing = setInterval(() => {
      const pid = reader.workerPid();
      if (pid === null || killed.has(pid)) return;
      killed.add(pid);
      process.kill(pid, 'SIGKILL');
    }, 5);

    await expect(failing).rejects.toThrow('识别没有成功');
    clearInterval(killing);
    expect(killed.size).toBe(2);
    expect((await read('current.id-card-front.jpg')).result.enough).toBe(true);
  },
  patience,
);

test(
  'R01: a photograph is fetched when its turn has come, and one that cannot be fetched keeps nobody waiting',
  async () => {
    const bytes = blankPhotograph(640, 480);
    let fetches = 0;
    const fetched = async (): Promise<Uint8Array> => {
      fetches += 1;
      throw new Error('the store is away');
    };
    let first: Promise<unknown> = Promise.resolve();
    const begun = new Promise<void>((resolve) => {
      first = reader.read('id-card-front', bytes, () => resolve());
    });
    const second = expect(reader.read('id-card-front', fetched, ignore)).rejects.toThrow('the store is away');
    await begun;
    expect(fetches).toBe(0);
    await Promise.all([first, second]);
    expect(fetches).toBe(1);
    expect((await reader.read('id-card-front', async () => bytes, ignore)).enough).toBe(false);
  },
  patience,
);

test(
  'R01: a worker that falls silent is killed, and one at rest is ended',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hushang-worker-'));
    const workerFile = join(folder, 'silent.ts');
    writeFileSync(
      workerFile,
      "process.on('message', () => undefined); process.on('disconnect', () => process.exit(0));",
    );
    const silent = paperReaderOf({ idleSeconds: 60, timeoutSeconds: 0.5, workerFile });
    const idle = paperReaderOf({ idleSeconds: 0.1, timeoutSeconds: 60 });

    const hanging = silent.read('id-card-front', jpegOf('current.id-card-front.jpg'), ignore);
    await expect(hanging).rejects.toThrow('识别没有成功');
    await expect.poll(() => silent.workerPid()).toBeNull();

    await idle.read('id-card-front', blankPhotograph(320, 240), ignore);
    await expect.poll(() => idle.workerPid(), { timeout: 10_000 }).toBeNull();
    await Promise.all([silent.close(), idle.close()]);
    rmSync(folder, { recursive: true });
  },
  patience,
);
