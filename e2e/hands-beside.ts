import { randomInt } from 'node:crypto';
import { type HttpHands, handsOverHttp } from '#testkit/http-hands.ts';

/**
 * People at work by HTTP beside a story's pages. Each story's come from an address of their own, told as a reverse proxy tells it: many people signing in from one address within
 * a minute are turned away, which is another story.
 */
export const handsBeside = (origin: string): HttpHands =>
  handsOverHttp(origin, `10.7.${randomInt(256)}.${randomInt(256)}`);
