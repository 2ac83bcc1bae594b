import { clientOf } from '#kernel/contract/client.ts';
import { Failure } from '#kernel/contract/failure.ts';
import type { InputOf, OutputOf } from '#kernel/contract/operation.ts';
import { transport } from '#web-kit/api.ts';
import { stepContract, type stepInput, type stepOutput } from '../../model/vehicle-case.steps.ts';

type StepOperation = NonNullable<(typeof stepContract)[keyof typeof stepContract]>;
/** See {@link stepInput}. */
export type StepInput = InputOf<StepOperation>;
/** See {@link stepOutput}. */
export type StepOutput = OutputOf<StepOperation>;

/** Takes one step. Errors: throws {@link Failure}; REFUSED with every problem, STALE when the case has moved on. */
export const takeStep = async (action: string, input: StepInput): Promise<StepOutput> => {
  const step = Object.entries(stepContract).find(([name]) => name === action)?.[1];
  if (!step) throw new Failure(400, 'UNKNOWN_ACTION', '这项操作在页面上没有办法办理，请刷新页面');
  return clientOf({ step }, transport).step(input);
};
