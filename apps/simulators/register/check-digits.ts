const vinValues: Readonly<Record<string, number>> = Object.fromEntries(
  [...'ABCDEFGH']
    .map((letter, index) => [letter, index + 1] as const)
    .concat(
      [...'JKLMN'].map((letter, index) => [letter, index + 1] as const),
      [
        ['P', 7],
        ['R', 9],
      ],
      [...'STUVWXYZ'].map((letter, index) => [letter, index + 2] as const),
      [...'0123456789'].map((digit, index) => [digit, index] as const),
    ),
);
const vinWeights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** The check character a 17-place VIN should carry at place 9; undefined for letters a VIN may not hold. Source: GB 16735. */
export const vinCheckDigit = (vin: string): string | undefined => {
  if (!/^[A-HJ-NPR-Z0-9]{17}$/.test(vin)) return undefined;
  const sum = [...vin].reduce((total, letter, place) => total + (vinValues[letter] ?? 0) * (vinWeights[place] ?? 0), 0);
  return sum % 11 === 10 ? 'X' : String(sum % 11);
};

/** A VIN from its first eight and last eight places, with the right check character between. */
export const vinOf = (head: string, tail: string): string => {
  const digit = vinCheckDigit(`${head}0${tail}`);
  if (digit === undefined) throw new Error(`no VIN can be made of ${head} and ${tail}`);
  return `${head}${digit}${tail}`;
};

const identityWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The check character of a resident identity number, from its first 17 digits. Source: GB 11643. */
export const identityCheckDigit = (first17: string): string =>
  '10X98765432'.charAt(
    [...first17].reduce((sum, digit, place) => sum + Number(digit) * (identityWeights[place] ?? 0), 0) % 11,
  );

/** A fictitious identity number: born in 1900 or so, so that nobody alive has it. `order` 1 to 999 is the sequence of that day. */
export const identityNoOf = (region: string, birth: string, order: number): string => {
  const first17 = `${region}${birth}${String(order).padStart(3, '0')}`;
  return first17 + identityCheckDigit(first17);
};

/** Whether an identity number has a real birth date and the right check character. */
export const isIdentityNo = (text: string): boolean => {
  const parts = /^[1-9]\d{5}(\d{4})(\d{2})(\d{2})\d{3}[\dX]$/.exec(text);
  if (!parts) return false;
  const [, year, month, day] = parts;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const real = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
  return real && identityCheckDigit(text.slice(0, 17)) === text.at(17);
};

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const plainAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

const organisationCheck = (body: string): string => {
  const sum = [...body].reduce(
    (total, letter, place) => total + plainAlphabet.indexOf(letter) * (organisationWeights[place] ?? 0),
    0,
  );
  const rest = 11 - (sum % 11);
  return rest === 10 ? 'X' : rest === 11 ? '0' : String(rest);
};

/** A unified social credit code from its first eight digits and the eight-place organisation body, both check places added. Source: GB 32100. */
export const creditCodeOf = (head: string, body: string): string => {
  const first17 = `${head}${body}${organisationCheck(body)}`;
  const sum = [...first17].reduce(
    (total, letter, place) => total + creditAlphabet.indexOf(letter) * (3 ** place % 31),
    0,
  );
  return first17 + creditAlphabet.charAt((31 - (sum % 31)) % 31);
};
