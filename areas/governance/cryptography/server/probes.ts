import { createCipheriv } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { holdersOf } from '#kernel/access/access-list.ts';
import { lastSeal } from '#kernel/audit/seal.store.ts';
import { parseCertificate } from '#kernel/crypto/certificate.ts';
import { SealBroken } from '#kernel/crypto/crypto.ts';
import { releaseFaults } from '#kernel/crypto/release-manifest.ts';
import { findRotation } from '#kernel/crypto/rotation.store.ts';
import { sm2Verify } from '#kernel/crypto/sm2.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { countFiles } from '#kernel/files/file-key.store.ts';
import { authorityState } from '#kernel/lifecycle/signing-certificate.store.ts';
import { shanghaiMinute } from '#kernel/time/shanghai.ts';
import { factorDemand } from '../../account/model/second-factor-demand.ts';
import type { Evidence } from '../model/cryptography.contract.ts';
import type { CryptographyParts } from './cryptography.parts.ts';
import { changeableTables, newestFiles, newestSignedSteps, someSealedRows } from './self-check.store.ts';

const dayMs = 86_400_000;
/** Keys of data are to be renewed once a year. Assumption: GB/T 39786 asks for a period and names none. */
const keyDays = 365;
const samples = 20;

const found = (good: boolean | null, text: string): Evidence => ({ good, text });

/** The published examples, computed now by the very code that serves. */
const algorithms = async ({ crypto }: CryptographyParts): Promise<readonly Evidence[]> => {
  const block = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');
  const sm4 = createCipheriv('sm4-ecb', block, null).setAutoPadding(false).update(block).toString('hex');
  const publicKey =
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13';
  const signature =
    '3046022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa';
  const sm2 = await crypto.verify(
    publicKey,
    Buffer.from('message digest'),
    Buffer.from(signature, 'hex').toString('base64'),
  );
  const sm3 = sm3Hex('abc') === '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0';
  return [
    found(sm2, `SM2 标准示例（GM/T 0003.5）验签${sm2 ? '通过' : '不符'}`),
    found(sm3, `SM3 标准示例（GB/T 32905）${sm3 ? '相符' : '不符'}`),
    found(sm4 === '681edf34d206965e86b3e94f536e4246', 'SM4 标准示例（GB/T 32907）加密结果已比对'),
  ];
};

const edition = async ({ crypto, posture }: CryptographyParts): Promise<readonly Evidence[]> => [
  found(
    crypto.certified ? true : null,
    crypto.certified ? '密钥在经认证的密码服务中' : '当前为软件密码，或服务未声明经认证：仅供开发、试用',
  ),
  found(
    null,
    `REQUIRE_CERTIFIED_CRYPTO=${posture.requireCertified}${posture.requireCertified ? '：非认证密码不能启动' : ''}`,
  ),
];

const keys = async ({ keeper, clock, db }: CryptographyParts): Promise<readonly Evidence[]> => {
  const list = await keeper.list();
  const current = list.filter(({ state }) => state === 'current');
  const oldest = Math.max(0, ...current.map(({ createdAt }) => clock.now().getTime() - createdAt.getTime()));
  const days = Math.floor(oldest / dayMs);
  const rotation = await findRotation(db);
  const standing = list.filter(({ state }) => state === 'superseded').length;
  const master = await keeper.master?.();
  return [
    found(days <= keyDays, `${current.length} 种用途各有在用密钥，最久 ${days} 天（应不超过 ${keyDays} 天）`),
    found(null, `历史密钥：待换出 ${standing} 把，已停用 ${list.length - current.length - standing} 把`),
    ...(master === undefined
      ? []
      : [
          found(
            master.renewing ? null : true,
            `主密钥在数据库之外，编号 ${master.id}，${master.since === null ? '自启用以来未更换' : `${shanghaiMinute(master.since)} 更换`}${master.renewing ? '；正在更换，新旧两把并用' : ''}`,
          ),
          found(
            null,
            master.since !== null && master.first > 0
              ? `${master.first} 种用途的数据仍用由最初主密钥直接派生的密钥，请轮换数据密钥`
              : `由最初主密钥直接派生、尚未停用的密钥 ${master.first} 把`,
          ),
        ]),
    rotation === undefined
      ? found(null, '尚未轮换过')
      : found(
          rotation.state !== 'needs-person',
          `最近轮换 ${shanghaiMinute(rotation.startedAt)}，已处理 ${rotation.done}/${rotation.total} 行${rotation.remark ? `；${rotation.remark}` : ''}`,
        ),
  ];
};

const sealedSamples = async ({ db, crypto, tables }: CryptographyParts): Promise<readonly Evidence[]> =>
  Promise.all(
    tables.map(async (table) => {
      const rows = await someSealedRows(db, table, samples);
      let broken = 0;
      for (const row of rows) {
        try {
          await table.reseal(row, {
            crypto,
            again: async (purpose, sealed, place) => {
              if (sealed !== null) await crypto.open(purpose, sealed, place);
              return sealed;
            },
          });
        } catch (error) {
          if (!(error instanceof SealBroken)) throw error;
          broken += 1;
        }
      }
      const text = `${table.title}（${table.table}）抽查 ${rows.length} 行，${broken === 0 ? '全部验证并解密' : `${broken} 行不符`}`;
      return found(rows.length === 0 ? null : broken === 0, text);
    }),
  );

const files = async ({ db, files: store }: CryptographyParts): Promise<readonly Evidence[]> => {
  const { sealed, plain } = await countFiles(db);
  const some = await newestFiles(db, 3);
  let broken = 0;
  for (const { store_key, sm3 } of some) {
    const digest = await store
      .get(store_key)
      .then(buffer)
      .then(sm3Hex, () => '');
    if (digest !== sm3) broken += 1;
  }
  return [
    found(
      plain === 0,
      `文件 ${sealed + plain} 个，已加密 ${sealed} 个${plain > 0 ? `，未加密 ${plain} 个（正在后台加密）` : ''}`,
    ),
    found(
      some.length === 0 ? null : broken === 0,
      `抽查最近 ${some.length} 个文件，${broken === 0 ? '解密后摘要相符' : `${broken} 个不符`}`,
    ),
  ];
};

const signatures = async ({ db }: CryptographyParts): Promise<readonly Evidence[]> => {
  const steps = await newestSignedSteps(db, samples);
  const bad = steps.filter(
    ({ digest, public_key, signature }) =>
      !sm2Verify(public_key, Buffer.from(digest, 'utf8'), Buffer.from(signature, 'base64')),
  );
  const good = bad.length === 0;
  const authority = await authorityState(db);
  return [
    found(
      steps.length === 0 ? null : good,
      `最近 ${steps.length} 个签名步骤，${good ? '验签全部通过' : `${bad.length} 个不符`}`,
    ),
    authority === undefined
      ? found(null, '尚未签发个人签名证书')
      : found(
          null,
          `已签发签名证书 ${authority.issued} 张；签发证书指纹（SM3）${sm3Hex(parseCertificate(authority.pem).der)}，核验办理签名记录时用`,
        ),
  ];
};

const accessList = async ({ access }: CryptographyParts): Promise<readonly Evidence[]> => {
  const state = await access.check();
  return [
    state.intact
      ? found(true, `权限清单第 ${state.version} 版，SM3 摘要与 SM2 签名刚刚验证相符`)
      : found(false, `权限清单被改动：${state.what}`),
  ];
};

const auditLog = async ({ db, clock }: CryptographyParts): Promise<readonly Evidence[]> => {
  const { number, at } = await lastSeal(db);
  const open = await changeableTables(db);
  const fresh = at !== null && clock.now().getTime() - at.getTime() < dayMs;
  return [
    at === null
      ? found(null, '日志还没有封签')
      : found(fresh, `日志最近封签第 ${number} 号，${shanghaiMinute(at)}（SM2）`),
    open.length === 0
      ? found(true, '服务用的数据库用户不能改、删办理步骤和日志')
      : found(false, `服务用的数据库用户可改动 ${open.join('、')}：请用 DATABASE_OWNER_URL 分开两个用户`),
  ];
};

const release = async ({ posture }: CryptographyParts): Promise<readonly Evidence[]> => {
  const state = posture.release();
  if (state === null || state.state === 'none')
    return [found(false, '没有发布清单（npm run release-manifest）：程序完整性未核对')];
  const faults = releaseFaults(state);
  const at = shanghaiMinute(state.checkedAt);
  return [
    ...(faults.length === 0
      ? [found(true, `${state.files} 个程序文件与签名的发布清单相符，${at} 核对`)]
      : faults.map((text) => found(false, text))),
    found(null, `发布者公钥指纹 ${state.fingerprint ?? '无'}`),
  ];
};

const transport = async ({ posture }: CryptographyParts): Promise<readonly Evidence[]> => [
  found(
    posture.encrypted,
    posture.encrypted ? '对外地址为 https，会话 Cookie 只经加密通道，启用 HSTS' : '对外地址不是 https（PUBLIC_URL）',
  ),
  found(true, '与外部系统的报文逐条 SM2 签名、防重放，敏感字段 SM4 加密'),
];

const passwords = async ({ rules }: CryptographyParts): Promise<readonly Evidence[]> => {
  const { minLength, classes, history, maxAgeDays } = rules.password;
  return [
    found(minLength >= 8 && classes >= 3, `口令至少 ${minLength} 位、${classes} 类字符，PBKDF2-HMAC-SM3 加盐存储`),
    found(
      history >= 5 && maxAgeDays > 0 && maxAgeDays <= 90,
      `${maxAgeDays} 天更换，不得重复最近 ${history} 次；首次登录强制修改`,
    ),
  ];
};

const lockOut = async ({ rules, idleMinutes, absoluteMinutes }: CryptographyParts): Promise<readonly Evidence[]> => [
  found(
    rules.lock.failures <= 5,
    `连续失败 ${rules.lock.failures} 次锁定 ${rules.lock.minutes} 分钟，失败 ${rules.captchaAfter} 次起须验证码`,
  ),
  found(idleMinutes <= 30, `闲置 ${idleMinutes} 分钟、登录满 ${absoluteMinutes} 分钟须重新登录`),
  found(null, `每人同时在线至多 ${rules.sessionsPerPerson} 处`),
];

const secondFactor = async ({ rules, access }: CryptographyParts): Promise<readonly Evidence[]> => {
  const demands = factorDemand(rules);
  const needed = ['system-administrator', 'security-administrator', 'security-auditor'];
  const holders = new Set(
    access
      .list()
      .holdings.filter(({ roleId }) => demands(access.list(), [roleId]))
      .map(({ subjectId }) => subjectId),
  );
  return [
    found(
      needed.every((role) => rules.secondFactorRoles.includes(role)),
      `${rules.secondFactorRoles.length} 个角色${rules.secondFactorSteps.length > 0 ? '和平台上能签名办理步骤的全部角色' : ''}须用第二因素（动态口令或 SM2 数字证书），现有 ${holders.size} 人`,
    ),
  ];
};

const separation = async ({ access }: CryptographyParts): Promise<readonly Evidence[]> => {
  const administrators = ['system-administrator', 'security-administrator', 'security-auditor'];
  const held = new Map<string, number>();
  for (const role of administrators)
    for (const subjectId of holdersOf(access.list(), role)) held.set(subjectId, (held.get(subjectId) ?? 0) + 1);
  const both = [...held.values()].filter((count) => count > 1).length;
  return [found(both === 0, both === 0 ? `三员共 ${held.size} 人，无人兼任` : `${both} 人兼任三员中的两种`)];
};

/** What can be found out now, each by its name. */
export const probes = {
  algorithms,
  edition,
  keys,
  sealedSamples,
  files,
  signatures,
  accessList,
  auditLog,
  release,
  transport,
  passwords,
  lockOut,
  secondFactor,
  separation,
} as const;

/** The name of a probe. */
export type ProbeName = keyof typeof probes;
