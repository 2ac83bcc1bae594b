import { type Step, stepsIntact } from './step.store.ts';

/** What steps are verified with. */
export interface StepVerifier {
  /** Whether a signature over a step digest is the key's. */
  verifySignature(publicKey: string, digest: string, signature: string): Promise<boolean>;
}

/** Of each signed step of a case, by its number, whether the steps are whole and its signature the signer's. Source: tender T5.7. */
export const verifiedSteps = async (
  { verifySignature }: StepVerifier,
  caseType: string,
  caseId: string,
  steps: readonly Step[],
): Promise<ReadonlyMap<number, boolean>> => {
  const intact = stepsIntact(caseType, caseId, steps);
  const verdicts = await Promise.all(
    steps.map(async ({ seq, publicKey, digest, signature }): Promise<[number, boolean][]> => {
      if (publicKey === null || signature === null) return [];
      return [[seq, intact && (await verifySignature(publicKey, digest, signature))]];
    }),
  );
  return new Map(verdicts.flat());
};
