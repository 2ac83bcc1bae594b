import { createHash, type Hash } from 'node:crypto';

/** SM3 as 64 hex digits. Strings are taken as UTF-8. Source: GB/T 32905. */
export const sm3Hex = (data: Uint8Array | string): string => createHash('sm3').update(data).digest('hex');

/** An SM3 hash that is fed piece by piece, for streams. */
export const sm3Stream = (): Hash => createHash('sm3');
