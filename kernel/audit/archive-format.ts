import { canonical } from './canonical.ts';
import type { AuditFact } from './fact.ts';
import type { Seal } from './seal.ts';

/** The form of archive files; told in the first line. A reader refuses forms it does not know. */
export const archiveForm = 1;

/** What an archive holds in full: everything, or the entries of one class; of the others then only the links, so that chains stay whole. */
export type ArchiveKind = 'all' | AuditFact['kind'];

/** The first line of an archive. */
export interface ArchiveHeader {
  readonly form: number;
  /** `yyyy-MM`, Shanghai. A seal belongs to the month it was made in, an entry to the month of its seal. */
  readonly month: string;
  readonly kind: ArchiveKind;
  readonly fromSeal: number;
  readonly toSeal: number;
  /** Digest of the seal before the first one. */
  readonly prev: string;
  readonly keys: readonly { readonly keyId: string; readonly publicKey: string }[];
  readonly madeAt: string;
  readonly madeBy: string;
}

/** The last line but one: what the lines before it come to. */
export interface ArchiveManifest {
  readonly seals: number;
  readonly entries: number;
  readonly links: number;
  /** SM3 over every byte before this line. */
  readonly sm3: string;
}

/** The last line: the server's signature over the SM3 of the manifest's line. */
export interface ArchiveSignature {
  readonly keyId: string;
  readonly scheme: number;
  readonly signature: string;
}

const entryStart = '{"digest":"';
const entryMiddle = '","entry":';
const textFrom = entryStart.length + 64 + entryMiddle.length;

/** An entry as a line: its digest and the very text the digest was taken over. */
export const entryLine = (digest: string, text: string): string => `${entryStart}${digest}${entryMiddle}${text}}`;

/** What an entry's line holds; undefined for a line that is none. */
export const readEntryLine = (line: string): { readonly digest: string; readonly text: string } | undefined =>
  line.startsWith(entryStart) && line.startsWith(entryMiddle, entryStart.length + 64) && line.endsWith('}')
    ? { digest: line.slice(entryStart.length, entryStart.length + 64), text: line.slice(textFrom, -1) }
    : undefined;

/** An entry of another class: its place and digest only. */
export const linkLine = (chain: string, seq: number, digest: string): string =>
  canonical({ link: [chain, seq, digest] });

/** The other lines. */
export const headerLine = (archive: ArchiveHeader): string => canonical({ archive });
/** See {@link headerLine}. */
export const sealLine = (seal: Seal): string => canonical({ seal });
/** See {@link headerLine}. */
export const manifestLine = (manifest: ArchiveManifest): string => canonical({ manifest });
/** See {@link headerLine}. */
export const signatureLine = (signature: ArchiveSignature): string => canonical({ signature });
