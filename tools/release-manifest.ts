/**
 * Writes release-manifest.json: SM3 of every program file, run-time packages included, signed by SM2. To be run where the release is made, after the desk was built.
 *
 *     RELEASE_KEY_FILE=/safe/release.key npm run release-manifest
 *
 * The key is made on first use; keep it away from the servers. Its public half is printed and goes into RELEASE_PUBLIC_KEY there.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePages } from '#apps/server/build-pages.ts';
import { ensureKeyFile } from '#kernel/crypto/key-file.ts';
import { digestProgramFiles, listProgramFiles, manifestName, releaseText } from '#kernel/crypto/release-manifest.ts';
import { newSm2Pair, sm2PublicKeyOf, sm2Sign } from '#kernel/crypto/sm2.ts';
import { sm3Hex } from '#kernel/crypto/sm3.ts';

const home = fileURLToPath(new URL('..', import.meta.url));

const main = async (): Promise<number> => {
  const keyFile = process.env.RELEASE_KEY_FILE;
  if (!keyFile) {
    console.error('请用 RELEASE_KEY_FILE 指出发布签名密钥的位置（没有时自动生成；请勿放在服务器上）');
    return 2;
  }
  const privateKey = (await ensureKeyFile(resolve(keyFile), async () => `${newSm2Pair().privateKey}\n`)).trim();
  const publicKey = sm2PublicKeyOf(privateKey);
  await ensurePages(home, () => console.log('正在构建页面……'));
  const files = await digestProgramFiles(home, listProgramFiles(home));
  // The package's own file; npm writes a version into it.
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const manifest = {
    format: 'hushang-release-1',
    version,
    madeAt: new Date().toISOString(),
    files,
    publicKey,
  } as const;
  const signature = sm2Sign(privateKey, Buffer.from(releaseText(manifest), 'utf8')).toString('base64');
  writeFileSync(join(home, manifestName), `${JSON.stringify({ ...manifest, signature }, null, 1)}\n`);
  console.log(`${manifestName}：${Object.keys(files).length} 个程序文件`);
  console.log(`发布公钥 RELEASE_PUBLIC_KEY=${publicKey}`);
  console.log(`公钥指纹（SM3）${sm3Hex(publicKey)}`);
  return 0;
};

process.exitCode = await main();
