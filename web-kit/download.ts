import { addressOf } from '#kernel/contract/client.ts';
import { Failure, type FailureBody } from '#kernel/contract/failure.ts';
import type { Operation } from '#kernel/contract/operation.ts';

const refusal = async (reply: Response): Promise<Failure> => {
  try {
    // The server answers every failure in this shape; a proxy's page falls to the catch.
    const body = (await reply.json()) as FailureBody;
    return new Failure(reply.status, body.code, body.message, {
      problems: body.problems ?? [],
      detail: { traceId: body.traceId },
    });
  } catch {
    return new Failure(reply.status, 'UNREADABLE', '服务器没有正常应答，文件没有下载；请稍后再试');
  }
};

/** Fetches a file operation and hands the file to the person under `fileName`. Errors: throws {@link Failure}, status 0 without network. */
export const download = async (
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
  fileName: string,
): Promise<void> => {
  const { url } = addressOf(operation, input);
  const reply = await fetch(url, { credentials: 'same-origin', headers: { 'x-requested-with': 'desk' } }).catch(() => {
    throw new Failure(0, 'OFFLINE', '网络已断开，文件没有下载；恢复后请再试一次');
  });
  if (!reply.ok) throw await refusal(reply);
  const address = URL.createObjectURL(await reply.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has taken the file over by then; holding it longer only costs memory.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};
