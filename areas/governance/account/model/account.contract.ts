import { z } from 'zod';
import { operation } from '#kernel/contract/operation.ts';
import { assumption, tender } from '#kernel/source/source.ts';

/** The signed-in person as the screens know them. */
export const me = z.object({
  id: z.string(),
  userName: z.string(),
  name: z.string(),
  organisationName: z.string().nullable(),
  roles: z.array(z.object({ id: z.string(), title: z.string() })),
  /** Every permission held on at least some rows. */
  permissions: z.array(z.string()),
  demo: z.boolean(),
});
/** See {@link me}. */
export type Me = z.output<typeof me>;

/** Signing in and out. Source: tender R42. */
export const accountContract = {
  signIn: operation({
    id: 'governance.account.signIn',
    title: '登录',
    source: tender(42),
    method: 'POST',
    path: '/governance/session',
    permission: 'public',
    input: z.object({
      userName: z.string().trim().min(1, '请输入用户名').max(40),
      password: z.string().min(1, '请输入密码').max(200),
    }),
    output: me,
    errors: {
      WRONG: { status: 403, message: '用户名或密码不对，请重新输入' },
      LOCKED: { status: 429, message: '连续输错次数过多，账号已暂时锁定，请半小时后再试或联系管理员' },
    },
    audit: 'write',
  }),
  me: operation({
    id: 'governance.account.me',
    title: '当前用户',
    source: tender(42),
    method: 'GET',
    path: '/governance/session',
    permission: 'signed-in',
    input: z.object({}),
    output: me,
    errors: {},
    audit: 'none',
  }),
  signOut: operation({
    id: 'governance.account.signOut',
    title: '退出登录',
    source: tender(42),
    method: 'DELETE',
    path: '/governance/session',
    permission: 'signed-in',
    input: z.object({}),
    output: z.object({ done: z.literal(true) }),
    errors: {},
    audit: 'write',
  }),
  /** Only answers in demo mode; the sign-in page lists these accounts. */
  demoAccounts: operation({
    id: 'governance.account.demoAccounts',
    title: '演示账号',
    source: assumption('演示模式下登录页列出账号，便于试用'),
    method: 'GET',
    path: '/governance/demo-accounts',
    permission: 'public',
    input: z.object({}),
    output: z.array(
      z.object({
        userName: z.string(),
        password: z.string(),
        name: z.string(),
        role: z.string(),
        organisationName: z.string().nullable(),
      }),
    ),
    errors: {},
    audit: 'none',
  }),
};
