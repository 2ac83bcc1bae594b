import type { AnswerHandler, CarriedMessage } from './answer-handler.ts';

type Answers = Readonly<Record<string, AnswerHandler>>;

/** A message goes by the kind of case it is about. Errors: throws on one of a kind that does not use the exchange, which is a defect. */
const byKind = (exchange: string, ofKinds: Readonly<Record<string, Answers>>): AnswerHandler => {
  const handlerOf = ({ caseType }: CarriedMessage): AnswerHandler => {
    const handler = ofKinds[caseType ?? '']?.[exchange];
    if (!handler) throw new Error(`${exchange} is not a message of ${caseType}`);
    return handler;
  };
  return {
    answered: async (tx, message, answer) => handlerOf(message).answered(tx, message, answer),
    refused: async (tx, message, refusal) => handlerOf(message).refused(tx, message, refusal),
    givenUp: async (tx, message) => handlerOf(message).givenUp(tx, message),
  };
};

/** What follows from the answers to several kinds of cases, by `connector.exchange`; an exchange may be used by more than one of them. */
export const answersOfKinds = (ofKinds: Readonly<Record<string, Answers>>): Answers =>
  Object.fromEntries(
    Object.values(ofKinds)
      .flatMap(Object.keys)
      .map((exchange) => [exchange, byKind(exchange, ofKinds)]),
  );
