/** Where a DER integer that begins at `at` ends; undefined when there is none, or one not written the shortest way. */
const integerEnd = (der: Buffer, at: number): number | undefined => {
  const [tag, length = 0, first = 0, second = 0] = der.subarray(at, at + 4);
  if (tag !== 0x02 || length === 0 || first >= 0x80 || (first === 0 && length > 1 && second < 0x80)) return undefined;
  return at + 2 + length;
};

/** Whether bytes are two positive integers in DER and nothing else: one signature has one form only. */
export const isSignature = (der: Buffer): boolean => {
  const middle = integerEnd(der, 2);
  return der[0] === 0x30 && der[1] === der.length - 2 && middle !== undefined && integerEnd(der, middle) === der.length;
};

const derInteger = (number: Buffer): Buffer => {
  let at = 0;
  while (at < number.length - 1 && number[at] === 0) at += 1;
  const short = number.subarray(at);
  const body = (short[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), short]) : short;
  return Buffer.concat([Buffer.of(0x02, body.length), body]);
};

/** The DER form of a signature given as r and s of 32 bytes each, as hardware keys write it. */
export const signatureFromRaw = (raw: Buffer): Buffer => {
  const body = Buffer.concat([derInteger(raw.subarray(0, 32)), derInteger(raw.subarray(32, 64))]);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
};
