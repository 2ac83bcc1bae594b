import {
  DerMalformed,
  type DerValue,
  derBits,
  derBoolean,
  derChildren,
  derNatural,
  derOid,
  derTag,
  derText,
  derTime,
  expectTag,
  readDer,
} from './der.ts';

/** An SM2 certificate as read: X.509 version 3, signed by SM2 with SM3. Reading it says nothing of whether it may be trusted. */
export interface Certificate {
  /** Serial number in hex. */
  readonly serial: string;
  /** Names as shown: `CN=…, O=…`, in the order of the certificate. */
  readonly subject: string;
  readonly issuer: string;
  readonly commonName: string | null;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Uncompressed, hex, with its leading 04. */
  readonly publicKey: string;
  readonly isAuthority: boolean;
  /** How many authorities may stand between this one and the last certificate; null for any number. */
  readonly pathLength: number | null;
  /** Names of RFC 5280; null when the certificate does not say, which permits all. */
  readonly keyUsage: readonly KeyUsage[] | null;
  /** Object identifiers; null when the certificate does not say. */
  readonly extendedKeyUsage: readonly string[] | null;
  /** Critical extensions this program does not know: such a certificate must be refused. */
  readonly unknownCritical: readonly string[];
  /** Names in DER, to be compared byte by byte. */
  readonly subjectDer: Buffer;
  readonly issuerDer: Buffer;
  /** What the issuer signed, and its signature in DER. */
  readonly signed: Buffer;
  readonly signature: Buffer;
  readonly der: Buffer;
}

/** What a key may be used for. */
export type KeyUsage = (typeof keyUsages)[number];

const keyUsages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

const oids = {
  sm2WithSm3: '1.2.156.10197.1.501',
  ecPublicKey: '1.2.840.10045.2.1',
  sm2Curve: '1.2.156.10197.1.301',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
};

const nameParts: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

const readName = (value: DerValue): readonly (readonly [string, string])[] =>
  derChildren(expectTag(value, derTag.sequence)).flatMap((set) =>
    derChildren(expectTag(set, derTag.set)).map((pair) => {
      const [oid, text, ...more] = derChildren(expectTag(pair, derTag.sequence));
      if (!text || more.length > 0) throw new DerMalformed('bad part of a name');
      return [nameParts[derOid(oid)] ?? derOid(oid), derText(text)] as const;
    }),
  );

const shown = (name: readonly (readonly [string, string])[]): string =>
  name.map(([part, text]) => `${part}=${text}`).join(', ');

/** The algorithm must be SM2 with SM3; its parameters absent or NULL, as issuers differ. */
const checkAlgorithm = (value: DerValue | undefined): Buffer => {
  const sequence = expectTag(value, derTag.sequence);
  const [oid, parameters, ...more] = derChildren(sequence);
  if (derOid(oid) !== oids.sm2WithSm3) throw new DerMalformed('the certificate is not signed by SM2 with SM3');
  if (more.length > 0 || (parameters && (parameters.tag !== derTag.null || parameters.body.length > 0)))
    throw new DerMalformed('bad parameters of the signature algorithm');
  return sequence.whole;
};

const readPublicKey = (value: DerValue | undefined): string => {
  const [algorithm, bits, ...more] = derChildren(expectTag(value, derTag.sequence));
  const [kind, curve, ...rest] = derChildren(expectTag(algorithm, derTag.sequence));
  if (more.length > 0 || rest.length > 0 || derOid(kind) !== oids.ecPublicKey || derOid(curve) !== oids.sm2Curve)
    throw new DerMalformed('the public key is not on the SM2 curve');
  const { bytes, unused } = derBits(bits);
  if (unused !== 0 || bytes.length !== 65 || bytes[0] !== 4) throw new DerMalformed('bad public key');
  return bytes.toString('hex');
};

interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly bytes: Buffer;
}

const readExtensions = (value: DerValue | undefined): readonly Extension[] => {
  if (!value) return [];
  const [list, ...more] = derChildren(expectTag(value, 0xa3));
  if (more.length > 0) throw new DerMalformed('bad extensions');
  const found = derChildren(expectTag(list, derTag.sequence)).map((one) => {
    const parts = derChildren(expectTag(one, derTag.sequence));
    const [oid, second, third] = parts;
    if (parts.length === 3 && !derBoolean(second)) throw new DerMalformed('a default that is written');
    const bytes = expectTag(parts.length === 3 ? third : second, derTag.octetString).body;
    if (parts.length > 3) throw new DerMalformed('bad extension');
    return { oid: derOid(oid), critical: parts.length === 3, bytes };
  });
  if (new Set(found.map(({ oid }) => oid)).size !== found.length) throw new DerMalformed('an extension stands twice');
  return found;
};

const readKeyUsage = (bytes: Buffer): readonly KeyUsage[] => {
  const bits = derBits(readDer(bytes, derTag.bitString)).bytes;
  return keyUsages.filter((_name, at) => ((bits[at >> 3] ?? 0) & (0x80 >> (at & 7))) !== 0);
};

const readConstraints = (bytes: Buffer): { readonly isAuthority: boolean; readonly pathLength: number | null } => {
  const parts = derChildren(readDer(bytes, derTag.sequence));
  const [first, second] = parts;
  if (first === undefined) return { isAuthority: false, pathLength: null };
  if (parts.length > 2 || !derBoolean(first)) throw new DerMalformed('bad basic constraints');
  return { isAuthority: true, pathLength: second ? Number.parseInt(derNatural(second), 16) : null };
};

const known = [oids.keyUsage, oids.basicConstraints, oids.extendedKeyUsage];

const meaningOf = (extensions: readonly Extension[]) => {
  const bytesOf = (oid: string): Buffer | undefined => extensions.find((one) => one.oid === oid)?.bytes;
  const [usage, constraints, extended] = [
    bytesOf(oids.keyUsage),
    bytesOf(oids.basicConstraints),
    bytesOf(oids.extendedKeyUsage),
  ];
  return {
    ...(constraints ? readConstraints(constraints) : { isAuthority: false, pathLength: null }),
    keyUsage: usage ? readKeyUsage(usage) : null,
    extendedKeyUsage: extended ? derChildren(readDer(extended, derTag.sequence)).map(derOid) : null,
    unknownCritical: extensions.flatMap(({ oid, critical }) => (critical && !known.includes(oid) ? [oid] : [])),
  };
};

const pemShape = /^-----BEGIN CERTIFICATE-----\s+([A-Za-z0-9+/=\s]+?)\s+-----END CERTIFICATE-----\s*$/;

/**
 * The bytes of a certificate given as PEM, as base64 alone, or already as DER. Errors: throws {@link DerMalformed}.
 */
export const certificateBytes = (given: Uint8Array | string): Buffer => {
  if (typeof given !== 'string') return Buffer.from(given);
  const text = (pemShape.exec(given.trim())?.[1] ?? given).replace(/\s+/g, '');
  const bytes = Buffer.from(text, 'base64');
  if (text === '' || bytes.toString('base64') !== text)
    throw new DerMalformed('the certificate is neither PEM nor base64');
  return bytes;
};

/**
 * Reads an SM2 certificate in strict DER. Nothing is trusted yet: see verifyCertificate. The run time's own X509Certificate cannot be used, as it computes
 * SM2 without the user id. Errors: throws {@link DerMalformed}. Source: GM/T 0015, RFC 5280 4.1.
 */
export const parseCertificate = (given: Uint8Array | string): Certificate => {
  const der = certificateBytes(given);
  const [body, outerAlgorithm, signatureBits, ...behind] = derChildren(readDer(der, derTag.sequence));
  const signed = expectTag(body, derTag.sequence);
  const [version, serial, innerAlgorithm, issuer, validity, subject, key, ...optional] = derChildren(signed);
  if (behind.length > 0 || derNatural(derChildren(expectTag(version, 0xa0))[0]) !== '02')
    throw new DerMalformed('not a certificate of version 3');
  if (!checkAlgorithm(innerAlgorithm).equals(checkAlgorithm(outerAlgorithm)))
    throw new DerMalformed('the two signature algorithms differ');
  const [from, until, ...moreTimes] = derChildren(expectTag(validity, derTag.sequence));
  if (moreTimes.length > 0 || !issuer || !subject || optional.some(({ tag }) => ![0x81, 0x82, 0xa3].includes(tag)))
    throw new DerMalformed('bad certificate');
  const signature = derBits(signatureBits);
  if (signature.unused !== 0) throw new DerMalformed('bad signature');
  const names = readName(subject);
  return {
    serial: derNatural(serial),
    subject: shown(names),
    issuer: shown(readName(issuer)),
    commonName: names.findLast(([part]) => part === 'CN')?.[1] ?? null,
    notBefore: derTime(from),
    notAfter: derTime(until),
    publicKey: readPublicKey(key),
    ...meaningOf(readExtensions(optional.find(({ tag }) => tag === 0xa3))),
    subjectDer: subject.whole,
    issuerDer: issuer.whole,
    signed: signed.whole,
    signature: signature.bytes,
    der,
  };
};
