import { Failure, type FailureBody } from '#kernel/contract/failure.ts';

/**
 * Fetches a file whose fetching is put down and hands it to the browser to save. A plain link would hide a failure in a page of its own, and
 * a browser may follow one ahead of time. Errors: throws {@link Failure}.
 */
export const saveFile = async (url: string, fileName: string): Promise<void> => {
  const reply = await fetch(url, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'x-requested-with': 'desk', 'content-type': 'application/json' },
    body: '{}',
  }).catch(() => {
    throw new Failure(0, 'OFFLINE', '网络已断开，文件没有取回，请恢复后再试');
  });
  if (!reply.ok) {
    // The server answers every failure in this shape.
    const body = (await reply.json()) as FailureBody;
    throw new Failure(reply.status, body.code, body.message, { problems: body.problems });
  }
  const address = URL.createObjectURL(await reply.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser reads the address after this turn of events.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};
