/** The most items sent together. */
const mostTogether = 200;

interface Waiting<Item, Answer> {
  readonly item: Item;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Gathers what is asked within one turn of the event loop into one call: a case has a dozen sealed values, and a call to a service costs as much as all of them.
 * `askMany` answers in the order of its items.
 */
export const gathered = <Item, Answer>(
  askMany: (items: readonly Item[]) => Promise<readonly Answer[]>,
): ((item: Item) => Promise<Answer>) => {
  let waiting: Waiting<Item, Answer>[] = [];
  const send = async (some: readonly Waiting<Item, Answer>[]): Promise<void> => {
    try {
      const answers = await askMany(some.map(({ item }) => item));
      if (answers.length !== some.length) throw new Error('as many answers as questions were expected');
      // As many answers as questions were checked for.
      for (const [index, one] of some.entries()) one.resolve(answers[index] as Answer);
    } catch (error) {
      for (const one of some) one.reject(error);
    }
  };
  const flush = (): void => {
    const all = waiting;
    waiting = [];
    for (let at = 0; at < all.length; at += mostTogether) void send(all.slice(at, at + mostTogether));
  };
  return (item) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ item, resolve, reject });
    });
};
