import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type Certificate, certificateBytes } from '#kernel/crypto/certificate.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import {
  type Challenge,
  challengeText,
  verifyCertificate,
  verifyChallenge,
} from '#kernel/crypto/verify-certificate.ts';
import { pemOf } from '#kernel/crypto/write-certificate.ts';
import type { Tx } from '#kernel/db/database.ts';
import type { Tickets } from '#practices/captcha/server/tickets.ts';
import { addCertificate, certificatesOf } from './second-factor.store.ts';

/** SM2 certificates in key devices: whoever holds the key signs a text made for this person, site and moment. Source: tender R42, domain 10.1. */
export interface Certificates {
  /** Whether any authority is trusted; without one no certificate can be. */
  readonly offered: boolean;
  challenge(userId: string, now: Date): Promise<{ readonly text: string; readonly ticket: string }>;
  /** Whether the text was signed by a certificate bound to the person, which is still trusted and valid. */
  proves(
    tx: Tx,
    userId: string,
    said: { readonly ticket: string; readonly signature: string },
    now: Date,
  ): Promise<'proved' | 'WRONG_CERTIFICATE' | 'TICKET_GONE'>;
  /** Binds a certificate whose key the person has just used. `REFUSED` says why in words. */
  bind(
    tx: Tx,
    userId: string,
    said: { readonly ticket: string; readonly certificate: string; readonly signature: string },
    now: Date,
  ): Promise<
    { readonly outcome: 'bound' | 'TICKET_GONE' | 'TAKEN' } | { readonly outcome: 'REFUSED'; readonly why: string }
  >;
}

const minutes = 5;
const asked = z.object({ userId: z.string(), nonce: z.string(), at: z.number() });

const fingerprintOf = ({ der }: Certificate): string => sm3Hex(der);

/** Certificates under the trusted authorities (PEM); `site` is this product's address and stands in what is signed. */
export const certificatesOver = (tickets: Tickets, trusted: readonly string[], site: string): Certificates => {
  const textOf = (userId: string, nonce: string, at: number): Challenge => ({ site, userId, nonce, at: new Date(at) });
  const redeem = async (tx: Tx, userId: string, ticket: string, now: Date): Promise<Challenge | undefined> => {
    const found = await tickets.redeem(tx, 'certificate', ticket, asked, now);
    return found?.userId === userId ? textOf(userId, found.nonce, found.at) : undefined;
  };
  return {
    offered: trusted.length > 0,
    challenge: async (userId, now) => {
      const content = { userId, nonce: randomBytes(16).toString('hex'), at: now.getTime() };
      const ticket = await tickets.issue('certificate', content, now, minutes);
      return { text: challengeText(textOf(userId, content.nonce, content.at)), ticket };
    },
    proves: async (tx, userId, { ticket, signature }, now) => {
      const challenge = await redeem(tx, userId, ticket, now);
      if (!challenge) return 'TICKET_GONE';
      const fits = (await certificatesOf(tx, userId)).some(
        ({ pem }) =>
          verifyChallenge(pem, challenge, signature).valid &&
          verifyCertificate({ certificate: pem, trusted, at: now }).valid,
      );
      return fits ? 'proved' : 'WRONG_CERTIFICATE';
    },
    bind: async (tx, userId, { ticket, certificate, signature }, now) => {
      const challenge = await redeem(tx, userId, ticket, now);
      if (!challenge) return { outcome: 'TICKET_GONE' };
      const trustedOne = verifyCertificate({ certificate, trusted, at: now });
      if (!trustedOne.valid) return { outcome: 'REFUSED', why: trustedOne.message };
      const answered = verifyChallenge(certificate, challenge, signature);
      if (!answered.valid) return { outcome: 'REFUSED', why: answered.message };
      const { subject, notAfter } = trustedOne.certificate;
      const made = await addCertificate(tx, {
        fingerprint: fingerprintOf(trustedOne.certificate),
        userId,
        subject: subject.slice(0, 400),
        pem: pemOf(certificateBytes(certificate)),
        expiresAt: notAfter,
        boundAt: now,
      });
      return { outcome: made ? 'bound' : 'TAKEN' };
    },
  };
};
