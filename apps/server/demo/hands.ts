import type { ElvArea } from '#areas/elv/area.ts';
import { vehicleCaseContract } from '#areas/elv/vehicle-case/model/vehicle-case.contract.ts';
import type { VehicleCaseAction } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import type { CaseView, SectionId } from '#areas/elv/vehicle-case/model/vehicle-case.views.ts';
import { caseHandlers } from '#areas/elv/vehicle-case/server/case.handlers.ts';
import { photoHandlers } from '#areas/elv/vehicle-case/server/photo.handlers.ts';
import type { Subject } from '#kernel/access/access.ts';
import { Failure } from '#kernel/contract/failure.ts';
import type { CallContext } from '#kernel/contract/mount.ts';
import type { UploadedFile } from '#kernel/contract/uploaded-file.ts';
import type { AnyDraft } from '#kernel/fields/field.ts';
import type { Clock } from '#kernel/time/clock.ts';
import { callsInProcess, jpegFile } from './calls-in-process.ts';

/** What people do with cases, whatever carries it: a call in the process or over HTTP. Every refusal is thrown as a {@link Failure}. */
export interface Hands {
  open(who: string, key: string, registered: boolean): Promise<{ readonly id: string; readonly caseNo: string }>;
  /** `before` is what the person saw in the section when they began. */
  save(who: string, id: string, section: SectionId, before: AnyDraft, values: AnyDraft): Promise<void>;
  photograph(who: string, id: string, part: string, key: string, bytes: Uint8Array): Promise<void>;
  step(
    who: string,
    id: string,
    action: VehicleCaseAction,
    version: number,
    key: string,
    input: AnyDraft,
  ): Promise<string>;
  view(who: string, id: string): Promise<CaseView>;
  /** The case's version as it stands, to act upon. */
  version(who: string, id: string): Promise<number>;
}

/** Hands that work in this process, through the same handlers and engine that serve HTTP. */
export const handsInProcess = (elv: ElvArea, clock: Clock, subjectOf: (who: string) => Subject): Hands => {
  const handlers = { ...caseHandlers(elv.desk), ...photoHandlers(elv.desk) };
  const call = callsInProcess(clock, [vehicleCaseContract]);
  const as = (who: string, file?: UploadedFile): CallContext => call(who, subjectOf(who), file);
  return {
    open: async (who, key, registeredWithPolice) => {
      const opened = await handlers.open({ key, registeredWithPolice }, as(who));
      // Opening answers JSON, never a file.
      return opened as { id: string; caseNo: string };
    },
    save: async (who, id, section, before, values) => {
      const changes = Object.fromEntries(
        Object.entries(values).map(([name, now]) => [name, { was: before[name] ?? null, now }]),
      );
      await handlers.saveSection({ id, section, changes }, as(who));
    },
    photograph: async (who, id, part, key, bytes) => {
      await handlers.addPhoto({ id, part, key }, as(who, jpegFile(`${part}.jpg`, bytes)));
    },
    step: async (who, id, action, version, key, input) => {
      const subject = subjectOf(who);
      const { id: actorId, name, organisationId, organisationName } = subject;
      const result = await elv.desk.engine.perform({
        caseId: id,
        action,
        input,
        expectedVersion: version,
        stepKey: key,
        actor: { id: actorId, name, organisationId, organisationName, ip: '127.0.0.1' },
        traceId: `demo-${who}`,
        mayAct: () => true,
      });
      if (result.outcome === 'done') return result.snapshot.state;
      const problems =
        result.outcome === 'refused' ? result.refusals.map(({ path, message }) => ({ path, message })) : [];
      throw new Failure(422, 'REFUSED', problems.map(({ message }) => message).join('；'), { problems });
    },
    version: async (who, id) => {
      const pulse = await handlers.pulse({ id }, as(who));
      // Following a case answers JSON, never a file.
      return (pulse as { version: number }).version;
    },
    view: async (who, id) => (await handlers.get({ id }, as(who))) as CaseView,
  };
};
