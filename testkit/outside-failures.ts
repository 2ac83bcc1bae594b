import type { z } from 'zod';
import type { faultSchema } from '#apps/simulators/faults.ts';

type Fault = z.input<typeof faultSchema>;

/** Every way in which an outside system gives no good answer for the time being, so that it is asked again. */
export const outsideFailures: readonly Fault[] = [
  { kind: 'down' },
  { kind: 'night', from: '00:00', to: '23:59' },
  { kind: 'refuse', code: '5030', message: '平台异常', retryable: true },
  { kind: 'throttled', retryAfterSeconds: 5 },
  { kind: 'never' },
  { kind: 'garbled', how: 'json' },
  { kind: 'garbled', how: 'schema' },
  { kind: 'garbled', how: 'signature' },
  { kind: 'garbled', how: 'blanks' },
  { kind: 'late', ms: 5_000 },
  { kind: 'timed-out-but-done' },
];

/** Whether it shows only when patience ends, which a test makes short. */
export const tellsNothing = ({ kind }: Fault): boolean => ['never', 'late', 'timed-out-but-done'].includes(kind);
