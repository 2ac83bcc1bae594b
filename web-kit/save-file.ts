import { addressOf } from '#kernel/contract/client.ts';
import { Failure, type FailureBody } from '#kernel/contract/failure.ts';
import type { Operation } from '#kernel/contract/operation.ts';
import { transportWithin } from './api.ts';

/** How long a file may be in the making, in ms. */
const longest = 180_000;

const fileNameIn = (header: string | null, otherwise: string): string => {
  const [, name] = /filename\*=UTF-8''([^;]+)/.exec(header ?? '') ?? [];
  return name === undefined ? otherwise : decodeURIComponent(name);
};

const asked = async (operation: Operation, input: Readonly<Record<string, unknown>>): Promise<Response> => {
  const { url, rest } = addressOf(operation, input);
  const headers = { 'content-type': 'application/json', 'x-requested-with': 'desk' };
  try {
    // The desk's transport hands on what `fetch` answered.
    return (await transportWithin(longest).fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify(rest),
    })) as Response;
  } catch {
    throw new Failure(0, 'OFFLINE', '没有收到服务器的应答，文件没有保存下来；请检查网络后再试');
  }
};

const refusalOf = async (reply: Response): Promise<Failure> => {
  try {
    // The server answers every failure in this shape; anything else (a proxy's page) falls to the catch.
    const { code, message, problems } = (await reply.json()) as FailureBody;
    return new Failure(reply.status, code, message, { problems });
  } catch {
    return new Failure(reply.status, 'UNREADABLE', '服务器没有正常应答，请稍后再试');
  }
};

/**
 * Asks a POST operation for its file and hands it to the browser to save, under the server's name for it. A plain link would hide a failure
 * in a page of its own, and a browser may follow one ahead of time. Errors: throws {@link Failure}, in Chinese.
 */
export const saveFile = async (
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
  otherwise: string,
): Promise<void> => {
  const reply = await asked(operation, input);
  if (!reply.ok) throw await refusalOf(reply);
  const address = URL.createObjectURL(await reply.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = fileNameIn(reply.headers.get('content-disposition'), otherwise);
  link.click();
  // The browser reads the address after this turn of events.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};
