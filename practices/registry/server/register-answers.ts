import { everyRow } from '#kernel/access/predicate.ts';
import type { AnswerHandler, CarriedMessage } from '#kernel/connector/answer-handler.ts';
import type { Tx } from '#kernel/db/database.ts';
import { readPart } from '#kernel/db/parts.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { RegisterCheck } from '../model/registry-record.ts';
import type { CompanyRegister, RegisterAnswer } from './company-register.ts';
import { lockStanding } from './entry.store.ts';
import { findCheck, noteAsked, settleCheck } from './register-check.store.ts';
import type { RegistryParts } from './registry-desk.ts';

/** Asks the company register about an entry's organisation; every asking has a reference of its own. */
export const askRegister = async (
  {
    profile,
    outbox,
    organisations,
    register,
  }: Pick<RegistryParts, 'profile' | 'outbox' | 'organisations' | 'register'>,
  tx: Tx,
  about: { readonly entryId: string; readonly organisationId: string; readonly now: Date; readonly traceId: string },
): Promise<void> => {
  const { entryId, organisationId, now, traceId } = about;
  const organisation = await organisations.find(tx, organisationId);
  if (!organisation) throw new Error(`entry ${entryId} is of no organisation`);
  const reference = `${entryId}:${uuidv7(now)}`;
  await noteAsked(tx, profile.schema, entryId, reference, now);
  await outbox.put(tx, register.message(reference, organisation.creditCode), {
    caseType: profile.id,
    caseId: entryId,
    traceId,
  });
};

/** Asks again: a question that was given up is carried once more, any other is asked anew. */
export const askRegisterAgain = async (
  parts: Pick<RegistryParts, 'profile' | 'crypto' | 'outbox' | 'organisations' | 'register'>,
  tx: Tx,
  about: { readonly entryId: string; readonly organisationId: string; readonly now: Date; readonly traceId: string },
): Promise<void> => {
  const { profile, crypto, outbox } = parts;
  const { entryId, now } = about;
  const last = await findCheck(tx, crypto, profile.schema, entryId);
  const sent = await readPart(tx, outbox.ofCase(tx, profile.id, entryId));
  const stuck = sent.find(({ key, status }) => key === last?.reference && status === 'given-up');
  if (!stuck || !last) return askRegister(parts, tx, about);
  await outbox.retryNow(tx, stuck.id);
  await noteAsked(tx, profile.schema, entryId, last.reference, now);
};

const answered = (
  register: CompanyRegister,
  answer: RegisterAnswer,
): { readonly check: RegisterCheck; readonly answer: RegisterAnswer } => ({
  check: {
    status: 'answered',
    outcome: answer.inBusiness ? 'in-business' : 'not-in-business',
    text: `${register.title}：法人状态为“${answer.standing}”`,
  },
  answer,
});

const refusedCheck = (register: CompanyRegister, code: string, message: string): RegisterCheck =>
  code === register.notFound
    ? { status: 'answered', outcome: 'not-found', text: `${register.title}：没有这个统一社会信用代码，请人工核对` }
    : { status: 'answered', outcome: 'refused', text: `${register.title}未能答复（${code} ${message}），请重新核验` };

/** What follows from the register's answers about entries. A late answer to an earlier question changes nothing. */
export const registerAnswers = (parts: RegistryParts): AnswerHandler => {
  const { profile, crypto, clock, register } = parts;
  const settle = async (
    tx: Tx,
    { caseId, key }: CarriedMessage,
    end: { readonly check: RegisterCheck; readonly answer: RegisterAnswer | null },
  ): Promise<void> => {
    if (caseId === null) throw new Error('a question about an entry without its entry');
    // Whoever takes a step at this moment comes before or after, never between.
    await lockStanding(tx, profile, caseId, everyRow);
    await settleCheck(tx, crypto, profile.schema, { entryId: caseId, reference: key }, { ...end, at: clock.now() });
  };
  return {
    answered: async (tx, message, answer) => {
      await settle(tx, message, answered(register, register.read(answer)));
      return undefined;
    },
    refused: (tx, message, { code, message: text }) =>
      settle(tx, message, { check: refusedCheck(register, code, text), answer: null }),
    givenUp: async (tx, message) => {
      await settle(tx, message, { check: { status: 'needs-person', outcome: null, text: '' }, answer: null });
      return undefined;
    },
  };
};

/** The answers of one register that several registries ask: each is told of its own entries, by the id of its profile. */
export const answersByRegistry = (handlers: Readonly<Record<string, AnswerHandler>>): AnswerHandler => {
  const handlerOf = ({ caseType }: CarriedMessage): AnswerHandler => {
    const found = caseType === null ? undefined : handlers[caseType];
    if (!found) throw new Error(`no registry asked about ${caseType}`);
    return found;
  };
  return {
    answered: (tx, message, answer) => handlerOf(message).answered(tx, message, answer),
    refused: (tx, message, refusal) => handlerOf(message).refused(tx, message, refusal),
    givenUp: (tx, message) => handlerOf(message).givenUp(tx, message),
  };
};
