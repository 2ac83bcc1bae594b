/** What a key is used for; every purpose has a key of its own. */
export type KeyPurpose = 'personal-data' | 'signing-key' | 'exchange' | 'sign-in' | 'reading';

/** A personal SM2 key pair in hex; the public key is uncompressed with its leading 04. */
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
  /** HMAC-SM3 in hex under the purpose's own key. */
  hmac(purpose: string, data: string): Promise<string>;
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
