import { Readable } from 'node:stream';
import { appendFact } from '#kernel/audit/trail.store.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import type { KeyState } from '#kernel/crypto/crypto.ts';
import type { Rotation } from '#kernel/crypto/rotation.store.ts';
import { inTransaction } from '#kernel/db/database.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import type { cryptographyContract, KeyView, RotationView } from '../model/cryptography.contract.ts';
import type { CryptographyParts } from './cryptography.parts.ts';
import type { CryptographyDesk } from './cryptography-desk.ts';
import { selfCheckDocument } from './self-check-document.ts';

const dayMs = 86_400_000;

const purposeTitles: Readonly<Record<KeyState['purpose'], string>> = {
  'personal-data': '个人信息',
  'signing-key': '个人签名密钥',
  exchange: '往来报文',
  'sign-in': '登录秘密',
  reading: '证件识别结果',
  file: '文件数据密钥',
  'blind-index': '盲索引',
};

const keyViews = async ({ keeper, clock }: CryptographyParts): Promise<KeyView[]> =>
  (await keeper.list())
    .map(({ purpose, id, version, state, createdAt, retiredAt }) => ({
      purpose,
      title: purposeTitles[purpose],
      id,
      version,
      state,
      createdAt: createdAt.toISOString(),
      retiredAt: retiredAt?.toISOString() ?? null,
      days: Math.max(0, Math.floor((clock.now().getTime() - createdAt.getTime()) / dayMs)),
    }))
    .sort((one, other) =>
      one.purpose === other.purpose ? other.version - one.version : one.purpose < other.purpose ? -1 : 1,
    );

const rotationViewOf = ({ tables }: CryptographyParts, rotation: Rotation): RotationView => ({
  id: rotation.id,
  state: rotation.state,
  startedAt: rotation.startedAt.toISOString(),
  startedBy: rotation.startedBy,
  table: tables[rotation.tableAt]?.title ?? null,
  done: rotation.done,
  total: rotation.total,
  broken: rotation.broken.map((one) => ({ ...one })),
  finishedAt: rotation.finishedAt?.toISOString() ?? null,
  remark: rotation.remark,
});

const leave = (
  { db }: CryptographyParts,
  { subject, ip, now, traceId }: CallContext,
  action: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<unknown> =>
  inTransaction(db, (tx) =>
    appendFact(tx, {
      at: now,
      kind: 'security',
      action,
      actor: { id: subject.id, name: subject.name, organisationId: subject.organisationId, ip },
      object: null,
      outcome: 'done',
      detail,
      traceId,
    }),
  );

/** Handlers of keys and the self-check. Source: tender R55, T4, T5. */
export const cryptographyHandlers = (
  parts: CryptographyParts,
  { rotation, selfCheck }: CryptographyDesk,
): Handlers<typeof cryptographyContract> => ({
  keys: async () => {
    const standing = await rotation.find();
    return {
      certified: parts.crypto.certified,
      keys: await keyViews(parts),
      rotation: standing ? rotationViewOf(parts, standing) : null,
    };
  },
  selfCheck: () => selfCheck.latest(),
  checkNow: async (_, context) => {
    const view = await selfCheck.now();
    const attention = view.controls.filter(({ verdict }) => verdict === 'attention').map(({ id }) => id);
    await leave(parts, context, 'governance.cryptography.checkNow', { controls: view.controls.length, attention });
    return view;
  },
  document: async (_, { subject, now }) => ({
    stream: Readable.from([selfCheckDocument(await selfCheck.latest(), await keyViews(parts), subject.name)]),
    mediaType: 'text/markdown; charset=utf-8',
    fileName: `密码与等保自查报告 ${shanghaiDay(now)}.md`,
    disposition: 'attachment',
  }),
  renew: async (_, context) => {
    const begun = await rotation.begin(context.subject.name);
    if (!begun) return context.fail('UNDER_WAY');
    await leave(parts, context, 'governance.cryptography.renew', { id: begun.id });
    return rotationViewOf(parts, begun);
  },
});
