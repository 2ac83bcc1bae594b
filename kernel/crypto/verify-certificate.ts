import { type Certificate, certificateBytes, parseCertificate } from './certificate.ts';
import { DerMalformed } from './der.ts';
import { sm2Verify, sm2VerifyEitherForm } from './sm2.ts';

/** Why a certificate or an answer is not accepted. `message` is for the person who presents it. */
export interface CertificateRefused {
  readonly valid: false;
  readonly why:
    | 'malformed'
    | 'not-yet-valid'
    | 'expired'
    | 'revoked'
    | 'wrong-usage'
    | 'unknown-critical-extension'
    | 'issuer-not-authority'
    | 'issuer-unknown'
    | 'path-too-long'
    | 'bad-signature'
    | 'wrong-answer';
  readonly message: string;
}

/** A certificate that leads to a trusted authority, with the way there: the certificate first, the trusted one last. */
export interface CertificateAccepted {
  readonly valid: true;
  readonly certificate: Certificate;
  readonly path: readonly Certificate[];
}

/** What a certificate is judged by. Certificates are PEM, base64 or DER. */
export interface CertificateQuestion {
  readonly certificate: Uint8Array | string;
  /** Authorities between the certificate and the trusted ones, in any order. */
  readonly intermediates?: readonly (Uint8Array | string)[];
  /** Authorities that are trusted: roots, or authorities below them. */
  readonly trusted: readonly (Uint8Array | string)[];
  readonly at: Date;
  /** Whether an authority has taken a certificate back; asked for every certificate below the trusted one. */
  readonly isRevoked?: (certificate: Certificate) => boolean;
}

const messages: Readonly<Record<CertificateRefused['why'], string>> = {
  malformed: '证书格式有误，不是 SM2 数字证书',
  'not-yet-valid': '证书尚未生效',
  expired: '证书已过有效期，请到发证机构更新',
  revoked: '证书已被吊销',
  'wrong-usage': '证书不能用于签名，请选择签名证书',
  'unknown-critical-extension': '证书含有本系统不认识的关键扩展项',
  'issuer-not-authority': '证书不是由证书认证机构签发',
  'issuer-unknown': '证书不是由本系统信任的机构签发',
  'path-too-long': '证书的签发层级超出上级机构的规定',
  'bad-signature': '证书签名不正确，证书可能被改动',
  'wrong-answer': '数字证书应答不正确',
};

const refused = (why: CertificateRefused['why']): CertificateRefused => ({ valid: false, why, message: messages[why] });

/** No true path is longer: root, national, provincial, operating, person. */
const longestPath = 6;

const refusalInTime = (one: Certificate, { at, isRevoked }: CertificateQuestion, isTrusted: boolean) => {
  if (at < one.notBefore) return 'not-yet-valid';
  if (at > one.notAfter) return 'expired';
  if (one.unknownCritical.length > 0) return 'unknown-critical-extension';
  return !isTrusted && isRevoked?.(one) ? 'revoked' : undefined;
};

const refusalAsIssuer = (issuer: Certificate, authoritiesBelow: number) => {
  if (!issuer.isAuthority || issuer.keyUsage?.includes('keyCertSign') === false) return 'issuer-not-authority';
  return issuer.pathLength !== null && authoritiesBelow > issuer.pathLength ? 'path-too-long' : undefined;
};

type Climb = CertificateRefused | readonly Certificate[];

interface Known {
  readonly trusted: readonly Certificate[];
  /** Each is tried once only, so that a presented tangle of authorities costs no more than its number. */
  readonly untried: Set<Certificate>;
}

/** Tries every issuer of that name, as keys are renewed under the same name; tells the refusal met last. */
const climb = (below: readonly Certificate[], known: Known, question: CertificateQuestion): Climb => {
  const [last] = below.slice(-1);
  if (!last || below.length >= longestPath) return refused('path-too-long');
  let best = refused('issuer-unknown');
  for (const issuer of [...known.trusted, ...known.untried]) {
    if (!issuer.subjectDer.equals(last.issuerDer)) continue;
    known.untried.delete(issuer);
    const isTrusted = known.trusted.includes(issuer);
    const why =
      refusalAsIssuer(issuer, below.length - 1) ??
      refusalInTime(issuer, question, isTrusted) ??
      (sm2Verify(issuer.publicKey, last.signed, last.signature) ? undefined : 'bad-signature');
    const next: Climb = why
      ? refused(why)
      : isTrusted
        ? [...below, issuer]
        : climb([...below, issuer], known, question);
    if (!('valid' in next)) return next;
    best = next;
  }
  return best;
};

/**
 * Whether an SM2 certificate may be used to sign in or to sign: strict DER, in its time, for signing, and signed step by step up to a trusted authority, each
 * an authority within its path length. Pure; never throws. Source: tender R55 (1), T5.4, T5.8; GM/T 0015, RFC 5280 6.1.
 */
export const verifyCertificate = (question: CertificateQuestion): CertificateAccepted | CertificateRefused => {
  try {
    const certificate = parseCertificate(question.certificate);
    const known = {
      trusted: question.trusted.map(parseCertificate),
      untried: new Set((question.intermediates ?? []).map(parseCertificate)),
    };
    // One that is itself trusted is an authority, not a person.
    const why =
      refusalInTime(certificate, question, false) ??
      (certificate.isAuthority || certificate.keyUsage?.includes('digitalSignature') === false
        ? 'wrong-usage'
        : undefined);
    if (why) return refused(why);
    const path = climb([certificate], known, question);
    return 'valid' in path ? path : { valid: true, certificate, path };
  } catch (error) {
    if (error instanceof DerMalformed) return refused('malformed');
    throw error;
  }
};

/** What a person's key is asked to sign when signing in: the server's own nonce, bound to the account, the site and the moment. */
export interface Challenge {
  readonly site: string;
  readonly userId: string;
  readonly nonce: string;
  readonly at: Date;
}

/** The very text that is signed; a signature over it can serve nowhere else. */
export const challengeText = ({ site, userId, nonce, at }: Challenge): string =>
  ['hushang-sign-in-1', site, userId, nonce, at.toISOString()].map((part) => JSON.stringify(part)).join('\n');

/**
 * Whether the answer is the certificate's signature over the challenge: SM2 with SM3 over {@link challengeText}, DER or the bare numbers, base64. Says nothing of
 * the certificate: ask {@link verifyCertificate} too. Whether the nonce is ours, fresh and unused is the caller's to check. Pure; never throws.
 */
export const verifyChallenge = (
  certificate: Uint8Array | string,
  challenge: Challenge,
  answer: string,
): { readonly valid: true; readonly certificate: Certificate } | CertificateRefused => {
  try {
    const parsed = parseCertificate(certificateBytes(certificate));
    return sm2VerifyEitherForm(parsed.publicKey, Buffer.from(challengeText(challenge), 'utf8'), answer)
      ? { valid: true, certificate: parsed }
      : refused('wrong-answer');
  } catch (error) {
    if (error instanceof DerMalformed) return refused('malformed');
    throw error;
  }
};
