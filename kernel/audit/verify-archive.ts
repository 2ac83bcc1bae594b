import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { sm2Verify } from '#kernel/crypto/sm2.ts';
import { sm3Hex, sm3Stream } from '#kernel/crypto/sm3.ts';
import { type ArchiveHeader, type ArchiveManifest, archiveForm, readEntryLine } from './archive-format.ts';
import { keyFingerprint, keyIdOf, sealScheme } from './seal.ts';
import { type Finding, TrailWalk } from './walk.ts';

/** What can be wrong with an archive as a file. */
export type FileFault =
  | 'unreadable'
  | 'bad-line'
  | 'no-manifest'
  | 'wrong-counts'
  | 'wrong-sm3'
  | 'manifest-signature'
  | 'manifest-downgraded'
  | 'after-the-end';

/** A fault of the file and the line it is in, from 1; 0 where it concerns the whole. */
export interface FileFinding {
  readonly what: FileFault;
  readonly line: number;
}

/** What checking an archive found. Intact when both lists are empty. */
export interface ArchiveReport {
  readonly header: ArchiveHeader | undefined;
  /** SM3 of each public key the file was signed with. */
  readonly fingerprints: readonly string[];
  readonly file: readonly FileFinding[];
  readonly trail: readonly Finding[];
  readonly seals: number;
  readonly entries: number;
  readonly links: number;
}

/** Whether nothing at all is wrong with an archive. */
export const isWhole = ({ file, trail }: ArchiveReport): boolean => file.length === 0 && trail.length === 0;

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const headerShape = z.object({
  archive: z.object({
    form: z.number(),
    month: z.string(),
    kind: z.enum(['all', 'operation', 'system', 'security', 'interface']),
    fromSeal: z.int(),
    toSeal: z.int(),
    prev: hex,
    keys: z.array(z.object({ keyId: z.string(), publicKey: z.string() })),
    madeAt: z.string(),
    madeBy: z.string(),
  }),
});
const sealShape = z.object({
  seal: z.object({
    number: z.int(),
    scheme: z.int(),
    at: z.string(),
    keyId: z.string(),
    prev: z.string(),
    digest: z.string(),
    signature: z.string(),
    heads: z.array(
      z.object({ chain: z.string(), fromSeq: z.int(), fromDigest: z.string(), seq: z.int(), digest: z.string() }),
    ),
  }),
});
const linkShape = z.object({ link: z.tuple([z.string(), z.int(), hex]) });
const manifestShape = z.object({ manifest: z.object({ seals: z.int(), entries: z.int(), links: z.int(), sm3: hex }) });
const signatureShape = z.object({
  signature: z.object({ keyId: z.string(), scheme: z.int(), signature: z.string() }),
});

const longestLine = 8_000_000;
const mostFileFindings = 50;
const newLine = 0x0a;

/** Lines as bytes, with their ends, from a packed stream. */
async function* linesOf(file: Readable): AsyncGenerator<Buffer> {
  const unpacked = createGunzip();
  file.on('error', (error) => unpacked.destroy(error));
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of file.pipe(unpacked) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let from = 0;
    for (let end = bytes.indexOf(newLine); end >= 0; end = bytes.indexOf(newLine, from)) {
      yield bytes.subarray(from, end + 1);
      from = end + 1;
    }
    rest = bytes.subarray(from);
    if (rest.length > longestLine) throw new Error('a line without end');
  }
  if (rest.length > 0) yield rest;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** Reads an archive line by line. */
class ArchiveReader {
  readonly file: FileFinding[] = [];
  header: ArchiveHeader | undefined;
  walk: TrailWalk | undefined;
  readonly #trusted: readonly string[] | undefined;
  readonly #hash = sm3Stream();
  #keys: ReadonlyMap<string, string> = new Map();
  #manifest: { readonly manifest: ArchiveManifest; readonly line: string } | undefined;
  #signed = false;
  #line = 0;

  constructor(trusted: readonly string[] | undefined) {
    this.#trusted = trusted;
  }

  find(what: FileFault, line = this.#line): void {
    if (this.file.length < mostFileFindings) this.file.push({ what, line });
  }

  #verify(keyId: string, digest: string, signature: string): boolean | 'unknown-key' {
    const publicKey = this.#keys.get(keyId);
    if (publicKey === undefined) return 'unknown-key';
    const der = Buffer.from(signature, 'base64');
    return der.toString('base64') === signature && sm2Verify(publicKey, Buffer.from(digest, 'utf8'), der);
  }

  async take(bytes: Buffer): Promise<void> {
    this.#line += 1;
    const line = bytes.toString('utf8', 0, bytes.length - (bytes.at(-1) === newLine ? 1 : 0));
    if (this.#signed) return this.find('after-the-end');
    if (this.#manifest) return this.#takeSignature(line);
    const entry = readEntryLine(line);
    if (!entry) {
      const manifest = line.startsWith('{"manifest":') ? manifestShape.safeParse(parsed(line)) : undefined;
      if (manifest) return manifest.success ? this.#takeManifest(manifest.data.manifest, line) : this.find('bad-line');
    }
    this.#hash.update(bytes);
    if (!this.walk) return this.#takeHeader(line);
    if (entry) return this.#takeEntry(this.walk, entry);
    return this.#takeOther(this.walk, line);
  }

  #takeHeader(line: string): void {
    const { data } = headerShape.safeParse(parsed(line));
    if (!data || data.archive.form !== archiveForm) throw new Error('not an archive');
    const { archive } = data;
    this.header = archive;
    const own = archive.keys.filter(
      ({ keyId, publicKey }) =>
        keyIdOf(publicKey) === keyId && (this.#trusted?.includes(keyFingerprint(publicKey)) ?? true),
    );
    this.#keys = new Map(own.map(({ keyId, publicKey }) => [keyId, publicKey]));
    this.walk = new TrailWalk({ number: archive.fromSeal - 1, digest: archive.prev }, async (...of) =>
      this.#verify(...of),
    );
  }

  #takeEntry(walk: TrailWalk, { digest, text }: { digest: string; text: string }): void {
    // The text is held to its digest; what stands in it needs no further checking.
    const place = parsed(text) as { chain?: unknown; seq?: unknown } | null | undefined;
    if (typeof place?.chain === 'string' && typeof place.seq === 'number') {
      walk.entry({ chain: place.chain, seq: place.seq, digest, text });
    } else this.find('bad-line');
  }

  async #takeOther(walk: TrailWalk, line: string): Promise<void> {
    const value = parsed(line);
    const link = linkShape.safeParse(value);
    if (link.success) {
      const [chain, seq, digest] = link.data.link;
      if (this.header?.kind === 'all') return this.find('bad-line');
      return walk.entry({ chain, seq, digest, text: null });
    }
    const seal = sealShape.safeParse(value);
    if (!seal.success) return this.find('bad-line');
    await walk.seal(seal.data.seal);
  }

  #takeManifest(manifest: ArchiveManifest, line: string): void {
    this.#manifest = { manifest, line };
    const { walk, header } = this;
    walk?.end(header?.toSeal ?? 0);
    if (manifest.sm3 !== this.#hash.digest('hex')) this.find('wrong-sm3');
    if (manifest.seals !== walk?.seals || manifest.entries !== walk.entries || manifest.links !== walk.links) {
      this.find('wrong-counts');
    }
  }

  #takeSignature(line: string): void {
    this.#signed = true;
    const { data } = signatureShape.safeParse(parsed(line));
    const { keyId = '', scheme = sealScheme, signature = '' } = data?.signature ?? {};
    if (!data || !this.#manifest) this.find('bad-line');
    else if (scheme !== sealScheme) this.find('manifest-downgraded');
    else if (this.#verify(keyId, sm3Hex(this.#manifest.line), signature) !== true) this.find('manifest-signature');
  }

  end(): void {
    if (!this.#manifest) {
      this.walk?.end(this.header?.toSeal ?? 0);
      this.find('no-manifest', 0);
    } else if (!this.#signed) this.find('manifest-signature', 0);
  }
}

/**
 * Checks an archive by itself, without database or server: each entry against the one before, each chain against its seals, seals against
 * one another and their signatures, the file against its signed manifest. Reads as it goes; memory does not grow with the file.
 *
 * `trusted`: SM3 of the public keys that are believed. Without it the keys of the file itself are taken, and a person must compare the
 * fingerprints: a forger could have signed everything anew.
 */
export const verifyArchive = async (file: Readable, trusted?: readonly string[]): Promise<ArchiveReport> => {
  const reader = new ArchiveReader(trusted);
  try {
    for await (const line of linesOf(file)) await reader.take(line);
  } catch {
    reader.find('unreadable');
  }
  reader.end();
  const { header, walk } = reader;
  return {
    header,
    fingerprints: (header?.keys ?? []).map(({ publicKey }) => keyFingerprint(publicKey)),
    file: reader.file,
    trail: walk?.findings ?? [],
    seals: walk?.seals ?? 0,
    entries: walk?.entries ?? 0,
    links: walk?.links ?? 0,
  };
};
