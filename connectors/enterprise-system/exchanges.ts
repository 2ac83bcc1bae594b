import { z } from 'zod';
import { connector, exchange } from '#kernel/connector/connector.ts';
import { assumption, tender } from '#kernel/source/source.ts';

const caseEvent = exchange({
  title: '推送案卷消息',
  source: tender(2, 6, 7),
  direction: 'out',
  effect: 'write',
  /** Which case, where it stands, why. Nothing personal. */
  request: z.object({
    /** The registration it goes to. */
    systemId: z.string().min(1).max(64),
    /** The same on every try: whoever has it already does nothing. */
    eventId: z.string().min(1).max(60),
    event: z.enum(['returned', 'passed', 'refused', 'certified', 'deregistered', 'withdrawn']),
    caseId: z.string(),
    caseNo: z.string(),
    /** The enterprise's own number of the matter; null where its system did not open the case. */
    reference: z.string().nullable(),
    state: z.string(),
    stateTitle: z.string(),
    round: z.int(),
    reason: z.string().nullable(),
    at: z.string(),
  }),
  /** Whatever is answered with 2xx has been taken. */
  response: z.object({ status: z.int() }),
  key: ({ systemId, eventId, event }) => `${systemId}:${eventId}:${event}`,
  recipient: ({ systemId }) => systemId,
  timeoutSeconds: 10,
});

/** The systems of enterprises, each at its own address, told of their own cases. Source: issue “dismantlers’ own systems”. */
export const enterpriseSystems = connector({
  id: 'enterprise-system',
  title: '企业系统',
  source: assumption('企业系统的接口由本平台拟定，见 docs/intake-api.md', '0045'),
  exchanges: { 'case-event': caseEvent },
});
