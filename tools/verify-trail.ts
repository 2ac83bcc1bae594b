/**
 * Checks the signed trail of a case, as downloaded from its page, without database or server.
 *
 *     npm run verify-trail -- FILE [--key PUBLIC-KEY] [--authority FINGERPRINT]
 *
 * Exit codes: 0 whole; 1 something is wrong, and is named; 2 the file or the call cannot be used.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { sm3Hex } from '#kernel/crypto/sm3.ts';
import { authorityFingerprint, type TrailFault, verifyTrail } from '#kernel/lifecycle/signed-trail.ts';

const faultWords: Readonly<Record<TrailFault['what'], string>> = {
  malformed: '不是办理签名记录文件，或内容不全',
  'missing-or-reordered': '次序不符：有步骤被删、插入或调换',
  altered: '内容被改动：摘要不符',
  'bad-signature': '经办人签名无效',
  'bad-certificate': '签名密钥的证书无效：不属于该经办人，或办理当时不在有效期，或不是所附机构签发',
  'other-authority': '签发证书的不是指定的机构',
  'bad-seal': '系统对整份记录的签名无效：有内容被改动或被截断，或不是该系统的公钥',
};

const main = (): number => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { key: { type: 'string' }, authority: { type: 'string' } },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1 || !existsSync(file)) {
    console.error(
      file === undefined
        ? '用法：npm run verify-trail -- 文件 [--key 系统公钥] [--authority 签发证书指纹]'
        : `没有这个文件：${file}`,
    );
    return 2;
  }
  const { trail, faults, signed, certified } = verifyTrail(readFileSync(file, 'utf8'), {
    systemKey: values.key,
    authority: values.authority,
  });
  if (trail) {
    console.log(`案卷 ${trail.caseNo}（${trail.caseType}），${trail.madeBy} 制于 ${trail.madeAt}`);
    console.log(`核对：${trail.steps.length} 步，${signed} 步有个人签名，其中 ${certified} 步附有办理当时有效的证书`);
    const signers = new Map(trail.steps.flatMap((step) => (step.publicKey ? [[step.publicKey, step.actorName]] : [])));
    for (const [key, name] of signers) console.log(`  ${name} 公钥指纹（SM3）${sm3Hex(key)}`);
    console.log(`  系统公钥指纹（SM3）${sm3Hex(trail.seal.publicKey)}`);
    console.log(`  签发证书指纹（SM3）${authorityFingerprint(trail) ?? '无，文件早于证书'}`);
    if (values.key === undefined && values.authority === undefined)
      console.log('未给出 --key 或 --authority：公钥与证书取自文件本身，请与登记的核对。');
  }
  if (faults.length === 0) {
    console.log('结论：完整，未被改动，签名有效');
    return 0;
  }
  console.log(`结论：发现 ${faults.length} 处不符：`);
  for (const { seq, what } of faults) console.log(`  ${seq === null ? '整份' : `第 ${seq} 步`}：${faultWords[what]}`);
  return trail === null ? 2 : 1;
};

try {
  process.exitCode = main();
} catch (error) {
  console.error(error);
  process.exitCode = 2;
}
