import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { canonical } from '#kernel/audit/canonical.ts';
import { sm2Verify } from './sm2.ts';
import { sm3Hex, sm3Stream } from './sm3.ts';

/** The name of the manifest, in the program's folder. */
export const manifestName = 'release-manifest.json';

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const manifestSchema = z.strictObject({
  format: z.literal('hushang-release-1'),
  version: z.string(),
  madeAt: z.iso.datetime(),
  files: z.record(z.string(), hex(64)),
  publicKey: hex(130),
  signature: z.base64(),
});

/** SM3 of every program file of a release, signed by whoever released it. Source: tender T5.3, R55; GB/T 39786 8.3. */
export type ReleaseManifest = z.output<typeof manifestSchema>;

/** What of the program's folder is a program file. */
const programFolders = ['apps', 'areas', 'connectors', 'kernel', 'practices', 'web-kit', 'tools', 'dist'];
const programFiles = ['package.json', 'package-lock.json'];

const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ dev: z.boolean().optional(), devOptional: z.boolean().optional() })),
});

/** The folders of the packages that are needed at run time. */
const packageFolders = (home: string): readonly string[] => {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(home, 'package-lock.json'), 'utf8')));
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional && existsSync(join(home, path)))
    .map(([path]) => path);
};

const filesBelow = (home: string, folder: string): readonly string[] =>
  existsSync(join(home, folder))
    ? readdirSync(join(home, folder), { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() || entry.isSymbolicLink())
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
        .map((file) => relative(home, file).split(sep).join('/'))
    : [];

/** Every program file, run-time packages included, by its path from the program's folder, in order. */
export const listProgramFiles = (home: string): readonly string[] =>
  [
    ...new Set([
      ...programFiles.filter((file) => existsSync(join(home, file))),
      ...[...programFolders, ...packageFolders(home)].flatMap((folder) => filesBelow(home, folder)),
    ]),
  ].sort();

/** Larger files are read in pieces; opening a stream for each of thousands of small ones would cost more than their digests. */
const wholeBytes = 4 * 1024 * 1024;

const digestOf = async (file: string): Promise<string> => {
  if (statSync(file).size <= wholeBytes) return sm3Hex(readFileSync(file));
  const hash = sm3Stream();
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer);
  return hash.digest('hex');
};

/** SM3 of each of the files. */
export const digestProgramFiles = async (
  home: string,
  files: readonly string[],
): Promise<Readonly<Record<string, string>>> => {
  const digests: Record<string, string> = {};
  for (const [index, file] of files.entries()) {
    digests[file] = await digestOf(join(home, file));
    // Whoever else works in this process is let in now and then.
    if (index % 64 === 63) await setImmediate();
  }
  return digests;
};

/** The text a release is signed over. */
export const releaseText = ({
  signature: _signature,
  ...rest
}: Omit<ReleaseManifest, 'signature'> & { signature?: string }) => sm3Hex(canonical(rest));

/** How the program files stand against their manifest. Paths are from the program's folder. */
export interface ReleaseState {
  /** `none`: no manifest. `broken`: files differ, or the manifest is not the releaser's. */
  readonly state: 'none' | 'intact' | 'broken';
  readonly checkedAt: Date;
  readonly version: string | null;
  readonly files: number;
  /** SM3 of the releaser's public key; to be compared with the one published. */
  readonly fingerprint: string | null;
  readonly signatureGood: boolean;
  readonly changed: readonly string[];
  readonly missing: readonly string[];
  readonly added: readonly string[];
}

const nothing = {
  version: null,
  files: 0,
  fingerprint: null,
  signatureGood: false,
  changed: [],
  missing: [],
  added: [],
} as const;

const readManifest = (home: string): ReleaseManifest | undefined => {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(join(home, manifestName), 'utf8')));
  } catch {
    return undefined;
  }
};

/**
 * Compares every program file with the manifest: changed, missing and added ones are named. With `publicKey` (hex) the manifest must be signed by that key, so
 * that nobody makes a manifest of his own for the files he has changed. Source: tender T5.3.
 */
export const checkRelease = async (home: string, now: Date, publicKey: string | null): Promise<ReleaseState> => {
  if (!existsSync(join(home, manifestName))) return { ...nothing, state: 'none', checkedAt: now };
  const manifest = readManifest(home);
  if (!manifest) return { ...nothing, state: 'broken', checkedAt: now, changed: [manifestName] };
  const signed = sm2Verify(
    manifest.publicKey,
    Buffer.from(releaseText(manifest), 'utf8'),
    Buffer.from(manifest.signature, 'base64'),
  );
  const signatureGood = signed && (publicKey === null || publicKey === manifest.publicKey);
  const present = listProgramFiles(home);
  const found = await digestProgramFiles(home, present);
  const listed = Object.entries(manifest.files);
  const changed = listed.filter(([file, digest]) => found[file] !== undefined && found[file] !== digest);
  const missing = listed.filter(([file]) => found[file] === undefined);
  const added = present.filter((file) => !Object.hasOwn(manifest.files, file));
  const intact = signatureGood && changed.length + missing.length + added.length === 0;
  return {
    state: intact ? 'intact' : 'broken',
    checkedAt: now,
    version: manifest.version,
    files: listed.length,
    fingerprint: sm3Hex(manifest.publicKey),
    signatureGood,
    changed: changed.map(([file]) => file),
    missing: missing.map(([file]) => file),
    added,
  };
};

/** What is wrong with a release, for people; empty when nothing is. */
export const releaseFaults = ({ state, signatureGood, changed, missing, added }: ReleaseState): readonly string[] => {
  if (state !== 'broken') return [];
  const named = (title: string, files: readonly string[]): readonly string[] =>
    files.length === 0
      ? []
      : [`${title} ${files.length} 个：${files.slice(0, 10).join('、')}${files.length > 10 ? ' 等' : ''}`];
  return [
    ...(signatureGood ? [] : ['发布清单的签名无效，或不是登记的发布者所签']),
    ...named('被改动的程序文件', changed),
    ...named('缺少的程序文件', missing),
    ...named('多出的程序文件', added),
  ];
};
