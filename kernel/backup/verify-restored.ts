import { findingText } from '#kernel/audit/finding-words.ts';
import { ownSealKeys } from '#kernel/audit/sealer.ts';
import { verifyChain } from '#kernel/audit/trail.store.ts';
import { checkTrail } from '#kernel/audit/trail-check.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import type { Tx } from '#kernel/db/database.ts';
import { personalSigner } from '#kernel/lifecycle/signer.store.ts';
import { listSteps, stepsIntact } from '#kernel/lifecycle/step.store.ts';
import { type StepVerifier, verifiedSteps } from '#kernel/lifecycle/verified-steps.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { type SteppedCase, steppedCases, unsealedChains } from './restored.store.ts';

/** What was verified in a restored database. `findings`, for people: what does not verify. */
export interface Verified {
  readonly seals: number;
  readonly entries: number;
  readonly cases: number;
  readonly steps: number;
  readonly signatures: number;
  readonly findings: readonly string[];
}

const mostFindings = 50;
const entriesAtOnce = 20_000;

const chainWords = { missing: '记录缺失', altered: '内容被改动', truncated: '链尾被截断' } as const;

const verifyLog = async (
  tx: Tx,
  crypto: Crypto,
  clock: Clock,
): Promise<Pick<Verified, 'seals' | 'entries' | 'findings'>> => {
  const verify = ownSealKeys(tx, personalSigner(crypto, clock), (publicKey, digest, signature) =>
    crypto.verify(publicKey, Buffer.from(digest, 'utf8'), signature),
  );
  const sum = { seals: 0, entries: 0 };
  const findings: string[] = [];
  for (let from: number | null = 1; from !== null && findings.length < mostFindings; ) {
    const report = await checkTrail(tx, verify, { from, most: entriesAtOnce, anchored: 0 });
    sum.seals += report.seals;
    sum.entries += report.entries;
    findings.push(...report.findings.map(findingText));
    from = report.next;
  }
  for await (const chain of unsealedChains(tx)) {
    const report = await verifyChain(tx, chain);
    if (!report.intact) findings.push(`${chainWords[report.what]}：日志链 ${chain} 第 ${report.at} 条`);
  }
  return { ...sum, findings };
};

const verifyCase = async (tx: Tx, verifier: StepVerifier, { case_type: type, case_id: id }: SteppedCase) => {
  const steps = await listSteps(tx, type, id);
  const verdicts = await verifiedSteps(verifier, type, id, steps);
  const bad = [...verdicts].flatMap(([seq, good]) => (good ? [] : [seq]));
  const findings = [
    ...(stepsIntact(type, id, steps) ? [] : [`办理步骤被改动、缺失或调换：${type} ${id}`]),
    ...bad.map((seq) => `办理签名无效：${type} ${id} 第 ${seq} 步`),
  ];
  return { steps: steps.length, signatures: verdicts.size, findings };
};

/** Verifies every chain of the log with its seals, and every step with its signature, by the means the pages use. */
export const verifyRestored = async (tx: Tx, crypto: Crypto, clock: Clock): Promise<Verified> => {
  const log = await verifyLog(tx, crypto, clock);
  const verifier: StepVerifier = {
    verifySignature: (publicKey, digest, signature) => crypto.verify(publicKey, Buffer.from(digest, 'utf8'), signature),
  };
  const sum = { cases: 0, steps: 0, signatures: 0 };
  const findings = [...log.findings];
  for await (const page of steppedCases(tx)) {
    for (const one of page) {
      const found = await verifyCase(tx, verifier, one);
      sum.cases += 1;
      sum.steps += found.steps;
      sum.signatures += found.signatures;
      findings.push(...found.findings);
    }
    if (findings.length >= mostFindings) break;
  }
  return { ...log, ...sum, findings: findings.slice(0, mostFindings) };
};
