import { z } from 'zod';
import { canonical } from '#kernel/audit/canonical.ts';
import { type Certificate, parseCertificate } from '#kernel/crypto/certificate.ts';
import { DerMalformed } from '#kernel/crypto/der.ts';
import { sm2Verify } from '#kernel/crypto/sm2.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { verifyCertificate } from '#kernel/crypto/verify-certificate.ts';
import type { IssuedCertificates } from './signer.store.ts';
import { firstPrev, type Step, stepDigest } from './step.store.ts';

const format = 'hushang-signed-trail-2';
/** Of files from before certificates; they are whole as they are. */
const bareFormat = 'hushang-signed-trail-1';
const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));

const stepSchema = z.strictObject({
  seq: z.int(),
  stepKey: z.string(),
  action: z.string(),
  fromState: z.string(),
  toState: z.string(),
  round: z.int(),
  version: z.int(),
  actorId: z.string(),
  actorName: z.string(),
  actorOrganisationId: z.string().nullable(),
  organisationName: z.string().nullable(),
  at: z.iso.datetime(),
  input: z.record(z.string(), z.unknown()),
  recordDigest: z.string(),
  changes: z.array(z.strictObject({ title: z.string(), before: z.string(), after: z.string() })),
  prev: hex(64),
  digest: hex(64),
  publicKey: hex(130).nullable(),
  signature: z.string().nullable(),
});

const contentShape = {
  /** How to check this file without our program. */
  how: z.string(),
  caseType: z.string(),
  caseId: z.string(),
  caseNo: z.string(),
  madeAt: z.iso.datetime(),
  madeBy: z.string(),
  /** What actions and states are called; for readers. */
  words: z.strictObject({ actions: z.record(z.string(), z.string()), states: z.record(z.string(), z.string()) }),
  steps: z.array(stepSchema),
  /** The system's signature over everything above, so that steps left out at the end are noticed. */
  seal: z.strictObject({ publicKey: hex(130), signature: z.string() }),
};

const trailSchema = z.union([
  z.strictObject({
    format: z.literal(format),
    /** The authority that says whose keys these are, and its certificates for them; PEM. */
    authority: z.string(),
    certificates: z.array(z.string()),
    ...contentShape,
  }),
  z.strictObject({ format: z.literal(bareFormat), ...contentShape }),
]);

/** The steps of one case with their signatures, as a file that is checked without database or server. Source: tender R55 (5), T5.7. */
export type SignedTrail = z.output<typeof trailSchema>;

/** The name the system's own signing key goes by. */
export const trailSealOwner = 'system:signed-trail';

const how =
  '每一步：digest 为 {caseType, caseId, 该步除 digest、publicKey、signature 外的各项} 按键名排序、无空白的 JSON 的 SM3（十六进制）；prev 为上一步的 digest，首步为 64 个 0；' +
  'signature 为经办人本人对 digest 文本（64 个字符）的 SM2 签名（SM3，用户标识 1234567812345678，DER，base64）。seal 为系统对除 seal 外全部内容同法所得摘要的签名。' +
  'certificates 为 authority 签发的 SM2 证书：公钥与该步 publicKey 相同、在该步 at 时有效、CN 为 actorId 的一张，证明该密钥属于该账号。' +
  '可用 npm run verify-trail 或 openssl pkeyutl -verify -rawin -digest sm3 -pkeyopt distid:1234567812345678 核验。';

const digestOf = ({ seal: _seal, ...rest }: object & { readonly seal?: unknown }): string => sm3Hex(canonical(rest));

/** How the file's content is sealed, and whose the keys are. */
export interface TrailSealing {
  /** The system's own signature over a digest. */
  readonly sign: (digest: string) => Promise<SignedTrail['seal']>;
  readonly certificates: IssuedCertificates;
}

/** Makes the file's content. */
export const signedTrail = async (
  about: Pick<SignedTrail, 'caseType' | 'caseId' | 'caseNo' | 'madeBy' | 'words'> & { readonly madeAt: Date },
  steps: readonly Step[],
  { sign, certificates }: TrailSealing,
): Promise<SignedTrail> => {
  const content = {
    format,
    authority: certificates.authority.pem,
    certificates: certificates.issued.map(({ pem }) => pem),
    how,
    ...about,
    madeAt: about.madeAt.toISOString(),
    steps: steps.map((step) => ({
      ...step,
      at: step.at.toISOString(),
      input: { ...step.input },
      changes: step.changes.map((change) => ({ ...change })),
    })),
  } as const;
  return { ...content, seal: await sign(digestOf(content)) };
};

/** What is wrong with a trail, and at which step; `seq` is null for the file as a whole. */
export interface TrailFault {
  readonly seq: number | null;
  readonly what:
    | 'malformed'
    | 'missing-or-reordered'
    | 'altered'
    | 'bad-signature'
    | 'bad-certificate'
    | 'bad-seal'
    | 'other-authority';
}

/** What checking a trail finds. */
export interface TrailReport {
  readonly trail: SignedTrail | null;
  readonly faults: readonly TrailFault[];
  readonly signed: number;
  /** Of the signed steps those whose key the authority says was the actor's at that moment. */
  readonly certified: number;
}

const bodyOf = ({
  digest: _digest,
  publicKey: _key,
  signature: _signature,
  at,
  ...body
}: SignedTrail['steps'][number]) => ({
  ...body,
  at: new Date(at),
});

const isSigned = (publicKey: string, digest: string, signature: string): boolean => {
  const der = Buffer.from(signature, 'base64');
  return der.toString('base64') === signature && sm2Verify(publicKey, Buffer.from(digest, 'utf8'), der);
};

const faultsOfStep = (trail: SignedTrail, index: number): readonly TrailFault[] => {
  const step = trail.steps[index];
  if (!step) return [];
  const { seq, digest, publicKey, signature } = step;
  const before = index === 0 ? firstPrev : trail.steps[index - 1]?.digest;
  const faults: TrailFault[] = [];
  if (seq !== index + 1 || step.prev !== before) faults.push({ seq, what: 'missing-or-reordered' });
  if (stepDigest(trail.caseType, trail.caseId, bodyOf(step)) !== digest) faults.push({ seq, what: 'altered' });
  const bare = publicKey === null && signature === null;
  const good = publicKey !== null && signature !== null && isSigned(publicKey, digest, signature);
  if (!bare && !good) faults.push({ seq, what: 'bad-signature' });
  return faults;
};

const readCertificate = (pem: string): Certificate | null => {
  try {
    return parseCertificate(pem);
  } catch (error) {
    if (error instanceof DerMalformed) return null;
    throw error;
  }
};

/** Whether the authority of a file says that a key was somebody's at a moment: the trail of faults where a certificate for it says otherwise. */
const certifies = (trail: SignedTrail, publicKey: string, owner: string, at: Date): 'yes' | 'no' | 'nothing' => {
  if (trail.format === bareFormat) return 'nothing';
  const about = trail.certificates.flatMap((pem) => {
    const found = readCertificate(pem);
    return found === null || found.publicKey === publicKey ? [{ pem, found }] : [];
  });
  if (about.length === 0) return 'nothing';
  const good = about.some(
    ({ pem, found }) =>
      found?.commonName === owner && verifyCertificate({ certificate: pem, trusted: [trail.authority], at }).valid,
  );
  return good ? 'yes' : 'no';
};

const certifiedSteps = (trail: SignedTrail) =>
  trail.steps.map(({ seq, publicKey, actorId, at }) => ({
    seq,
    said: publicKey === null ? ('nothing' as const) : certifies(trail, publicKey, actorId, new Date(at)),
  }));

const parsed = (text: string): SignedTrail | null => {
  try {
    return trailSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
};

/** What a reader knows from elsewhere. */
export interface TrailTrust {
  /** The system's public key, hex. */
  readonly systemKey?: string | undefined;
  /** SM3 of the authority's certificate in DER, hex. */
  readonly authority?: string | undefined;
}

/** What the authority of a trail is compared by; null where the file names none that can be read. */
export const authorityFingerprint = (trail: SignedTrail): string | null => {
  const found = trail.format === bareFormat ? null : readCertificate(trail.authority);
  return found && sm3Hex(found.der);
};

/**
 * Checks a trail as exported: order, chain, digests, every person's signature and the certificate of its key, and the system's own over the whole. With `systemKey` the
 * seal must be that key's, with `authority` the certificates that authority's; without, whose they are must be compared by the reader. Never throws. Source: tender R55 (5), T5.7.
 */
export const verifyTrail = (text: string, { systemKey, authority }: TrailTrust = {}): TrailReport => {
  const trail = parsed(text);
  if (trail === null) return { trail, faults: [{ seq: null, what: 'malformed' }], signed: 0, certified: 0 };
  const said = certifiedSteps(trail);
  const { publicKey, signature } = trail.seal;
  const known =
    (systemKey === undefined || systemKey === publicKey) &&
    (trail.format === bareFormat || certifies(trail, publicKey, trailSealOwner, new Date(trail.madeAt)) === 'yes');
  const sealed = known && isSigned(publicKey, digestOf(trail), signature);
  return {
    trail,
    faults: [
      ...trail.steps.flatMap((_step, index) => faultsOfStep(trail, index)),
      ...said.flatMap(({ seq, said: one }) => (one === 'no' ? [{ seq, what: 'bad-certificate' } as const] : [])),
      ...(authority !== undefined && authorityFingerprint(trail) !== authority
        ? [{ seq: null, what: 'other-authority' } as const]
        : []),
      ...(sealed ? [] : [{ seq: null, what: 'bad-seal' } as const]),
    ],
    signed: trail.steps.filter((step) => step.signature !== null).length,
    certified: said.filter(({ said: one }) => one === 'yes').length,
  };
};
