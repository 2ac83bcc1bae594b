/** Bytes that are not strict DER, or not the value that was expected there. */
export class DerMalformed extends Error {}

/** One value of DER: its tag byte, what it holds, and the whole of it with tag and length, as a signature covers it. */
export interface DerValue {
  readonly tag: number;
  readonly body: Buffer;
  readonly whole: Buffer;
}

/** The tags that certificates are made of. */
export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** No certificate of ours is larger; what is, is an attack on the reader. */
const mostBytes = 64 * 1024;

const lengthAt = (bytes: Buffer, at: number): { readonly length: number; readonly from: number } => {
  const first = bytes[at];
  if (first === undefined) throw new DerMalformed('DER ends within a length');
  if (first < 0x80) return { length: first, from: at + 1 };
  const count = first & 0x7f;
  // 0x80 is the indefinite form of BER; more than two bytes would be beyond the bound.
  if (count === 0 || count > 2 || at + 1 + count > bytes.length) throw new DerMalformed('DER length is malformed');
  const length = bytes.readUIntBE(at + 1, count);
  if (length < (count === 1 ? 0x80 : 0x100)) throw new DerMalformed('DER length is not the shortest');
  return { length, from: at + 1 + count };
};

const valueAt = (bytes: Buffer, at: number): DerValue => {
  const tag = bytes[at];
  if (tag === undefined) throw new DerMalformed('DER value is missing');
  if ((tag & 0x1f) === 0x1f) throw new DerMalformed('DER tag of several bytes');
  const { length, from } = lengthAt(bytes, at + 1);
  const end = from + length;
  if (end > bytes.length) throw new DerMalformed('DER value is cut off');
  return { tag, body: bytes.subarray(from, end), whole: bytes.subarray(at, end) };
};

const valuesIn = (bytes: Buffer): readonly DerValue[] => {
  const found: DerValue[] = [];
  for (let at = 0; at < bytes.length; ) {
    const value = valueAt(bytes, at);
    found.push(value);
    at += value.whole.length;
  }
  return found;
};

/** Reads exactly one value, with nothing behind it. Errors: throws {@link DerMalformed}. */
export const readDer = (bytes: Buffer, tag: number): DerValue => {
  if (bytes.length > mostBytes) throw new DerMalformed('DER is too long');
  const value = valueAt(bytes, 0);
  if (value.whole.length !== bytes.length) throw new DerMalformed('bytes behind the DER value');
  return expectTag(value, tag);
};

/** The value, when it has that tag. Errors: throws {@link DerMalformed}. */
export const expectTag = (value: DerValue | undefined, tag: number): DerValue => {
  if (value?.tag !== tag) throw new DerMalformed(`DER tag ${tag} expected, found ${value?.tag ?? 'nothing'}`);
  return value;
};

/** What a constructed value holds, in order. */
export const derChildren = (value: DerValue): readonly DerValue[] => {
  if ((value.tag & 0x20) === 0) throw new DerMalformed('DER value holds no others');
  return valuesIn(value.body);
};

/** An object identifier in dots. */
export const derOid = (value: DerValue | undefined): string => {
  const { body } = expectTag(value, derTag.oid);
  const arcs: number[] = [];
  let arc = 0;
  let begun = false;
  for (const byte of body) {
    if (!begun && byte === 0x80) throw new DerMalformed('object identifier is not the shortest');
    arc = arc * 128 + (byte & 0x7f);
    begun = (byte & 0x80) !== 0;
    if (begun) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [first, ...rest] = arcs;
  if (begun || first === undefined || !arcs.every(Number.isSafeInteger))
    throw new DerMalformed('bad object identifier');
  const top = Math.min(Math.floor(first / 40), 2);
  return [top, first - top * 40, ...rest].join('.');
};

/** A whole number of zero or more, as hex without leading zeros beyond a full byte. */
export const derNatural = (value: DerValue | undefined): string => {
  const { body } = expectTag(value, derTag.integer);
  const [first = 0x80, second = 0] = body;
  if (first >= 0x80 || (first === 0 && body.length > 1 && second < 0x80)) throw new DerMalformed('bad integer');
  return (first === 0 && body.length > 1 ? body.subarray(1) : body).toString('hex');
};

/** The bits of a bit string, and how many of the last byte do not count. */
export const derBits = (value: DerValue | undefined): { readonly bytes: Buffer; readonly unused: number } => {
  const { body } = expectTag(value, derTag.bitString);
  const [unused = 8] = body;
  const last = body.at(-1) ?? 0;
  if (unused > 7 || (body.length === 1 && unused > 0) || (last & ((1 << unused) - 1)) !== 0)
    throw new DerMalformed('bad bit string');
  return { bytes: body.subarray(1), unused };
};

/** True or false; DER knows one form of each. */
export const derBoolean = (value: DerValue | undefined): boolean => {
  const { body } = expectTag(value, derTag.boolean);
  if (body.length !== 1 || (body[0] !== 0 && body[0] !== 0xff)) throw new DerMalformed('bad boolean');
  return body[0] === 0xff;
};

const timeShapes: Readonly<Record<number, RegExp>> = {
  [derTag.utcTime]: /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/,
  [derTag.generalizedTime]: /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/,
};

/** A moment as certificates write it: to the second, in UTC. Source: RFC 5280 4.1.2.5. */
export const derTime = (value: DerValue | undefined): Date => {
  const text = value?.body.toString('latin1') ?? '';
  const parts = timeShapes[value?.tag ?? 0]?.exec(text)?.slice(1).map(Number);
  if (!parts) throw new DerMalformed('bad time');
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const full = value?.tag === derTag.utcTime ? year + (year < 50 ? 2000 : 1900) : year;
  const time = new Date(Date.UTC(full, month - 1, day, hour, minute, second));
  const again = `${time.toISOString().replace(/[-T:]|\.\d+/g, '')}`;
  if (!again.endsWith(text)) throw new DerMalformed('a time that does not exist');
  return time;
};

/** Text of a name's part. */
export const derText = (value: DerValue): string => {
  if (value.tag === derTag.bmpString) {
    if (value.body.length % 2 !== 0) throw new DerMalformed('bad text');
    return Buffer.from(value.body).swap16().toString('utf16le');
  }
  if (value.tag === derTag.utf8String) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(value.body);
    } catch {
      throw new DerMalformed('bad text');
    }
  }
  if (value.tag === derTag.printableString || value.tag === derTag.ia5String) return value.body.toString('latin1');
  throw new DerMalformed(`text of an unknown kind ${value.tag}`);
};
