/** What a key seals; every purpose has keys of its own. */
export type KeyPurpose = (typeof keyPurposes)[number];

/** Every purpose that seals, with its title for those who look after keys. */
export const keyPurposes = ['personal-data', 'signing-key', 'exchange', 'sign-in', 'reading', 'file'] as const;

/** Purposes whose keys are renewed by rotation: those that seal, and the one blind indexes are made with. */
export type RenewedPurpose = KeyPurpose | typeof indexPurpose;

/** The purpose of blind indexes; a label follows it after a colon. */
export const indexPurpose = 'blind-index';

/** A personal SM2 key pair in hex; the public key is uncompressed with its leading 04. Where keys never leave a service, the private key is its handle there. */
export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/**
 * Everything the system asks of cryptography. The software edition serves development; certified products of the cloud are
 * reached through another edition of the same interface. Source: tender R55, T5.8.
 */
export interface Crypto {
  /** Whether keys live in a certified product (GB/T 37092 level two). */
  readonly certified: boolean;
  /** HMAC-SM3 in hex under the purpose's own key; for blind indexes under the current one. */
  hmac(purpose: string, data: string): Promise<string>;
  /** The same under every key that texts may still stand under, the current one first: what to search for while keys are being renewed. */
  hmacs(purpose: string, data: string): Promise<readonly string[]>;
  /** Seals with SM4 and authenticates; `place` binds the text to where it is kept, so that it cannot be moved. */
  seal(purpose: KeyPurpose, plain: Uint8Array, place: string): Promise<string>;
  /** Opens what {@link seal} made. Errors: throws {@link SealBroken} when text, purpose or place do not fit. */
  open(purpose: KeyPurpose, sealed: string, place: string): Promise<Uint8Array>;
  newKeyPair(): Promise<KeyPair>;
  /** SM2 with SM3 and the default user id; DER, base64. */
  signWith(privateKey: string, data: Uint8Array): Promise<string>;
  verify(publicKey: string, data: Uint8Array, signature: string): Promise<boolean>;
}

/** A sealed text that was altered, moved, or made under another key. */
export class SealBroken extends Error {}

/** One key as its keeper knows it; never the key itself. */
export interface KeyState {
  readonly purpose: RenewedPurpose;
  /** Stands in every text sealed under it. */
  readonly id: string;
  readonly version: number;
  /** `current`: seals and opens. `superseded`: opens only, until everything is sealed anew. `retired`: does neither. */
  readonly state: 'current' | 'superseded' | 'retired';
  readonly createdAt: Date;
  readonly supersededAt: Date | null;
  readonly retiredAt: Date | null;
}

/** How the master key stands that data keys in the database lie under. */
export interface MasterState {
  /** What it is known by; never the key itself. */
  readonly id: string;
  /** Since when; null where it is the one everything began with. */
  readonly since: Date | null;
  /** Whether another one is being put in its place. */
  readonly renewing: boolean;
  /** How many keys not yet retired were derived from the first master key itself. */
  readonly first: number;
}

/** Looks after the keys of an edition. Source: tender R55 (4), domain 10.1 (key versions and rotation). */
export interface KeyKeeper {
  list(): Promise<readonly KeyState[]>;
  /** Gives every purpose a new current key; the same `cause` again changes nothing, so that an interrupted call can be repeated. */
  renew(cause: string): Promise<void>;
  /** Retires what is superseded. Only once nothing is sealed under it any more. */
  retire(): Promise<void>;
  /** Whether a text is sealed under the purpose's current key. */
  isCurrent(purpose: KeyPurpose, sealed: string): Promise<boolean>;
  /** How the master key stands; left out where keys lie in a service. */
  master?(): Promise<MasterState>;
  /** Supersedes every key without a new one: another edition seals from now on. Only where keys can be moved away from. */
  close?(): Promise<void>;
  /** The beginnings of texts sealed under superseded keys: to look for what was forgotten. */
  supersededMarks(): Promise<readonly string[]>;
}
