/** What a build's service worker keeps: its files by address, and a name that changes with any of them. */
export interface Shell {
  readonly name: string;
  readonly files: readonly string[];
}

/**
 * What to do with a request: the shell's files from what is kept; a page of the phone from the server, or from what is kept when the
 * server does not answer; everything else, all answers of the API among it, goes past and is never kept.
 */
export const wayOf = (
  shell: Shell,
  request: { readonly url: string; readonly method: string; readonly mode: string },
  origin: string,
): 'kept' | 'page' | 'past' => {
  const { origin: from, pathname } = new URL(request.url);
  if (from !== origin || request.method !== 'GET') return 'past';
  if (request.mode === 'navigate') return pathname.startsWith('/yard/') ? 'page' : 'past';
  return shell.files.includes(pathname) ? 'kept' : 'past';
};
