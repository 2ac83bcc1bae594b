import { Failure } from '#kernel/contract/failure.ts';

/** Leaves; answers what went wrong, in words, where somebody may still come in with this phone. A session that was over already is left. */
export const leave = async (signOut: () => Promise<unknown>): Promise<string | null> => {
  try {
    await signOut();
    return null;
  } catch (error) {
    if (error instanceof Failure && error.status === 401) return null;
    return '退出没有成功，您仍在登录状态；请检查网络后再点“退出”，或不要把手机交给他人';
  }
};
