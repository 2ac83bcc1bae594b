import type { FastifyInstance } from 'fastify';
import type { AccessTarget } from '#kernel/area/access-target.ts';
import type { AnswerHandler } from '#kernel/connector/answer-handler.ts';
import { type MountParts, mountContract } from '#kernel/contract/mount.ts';
import type { Contract } from '#kernel/contract/operation.ts';
import { rememberedVerdicts } from '#kernel/crypto/remembered-verdicts.ts';
import type { Db } from '#kernel/db/database.ts';
import type { EntrySections } from '../model/entry-sections.ts';
import { registryContract } from '../model/registry.contract.ts';
import { registryStepContract } from '../model/registry.steps.ts';
import { registryImportContract } from '../model/registry-import.contract.ts';
import { entryHandlers } from './entry.handlers.ts';
import { findAccessColumns, findOfOrganisation, standingValues } from './entry.store.ts';
import { accessRowOf } from './entry-access.ts';
import { fileHandlers } from './file.handlers.ts';
import { registryEngine } from './flow.ts';
import { importHandlers } from './import.handlers.ts';
import { registerAnswers } from './register-answers.ts';
import type { RegistryDesk, RegistryParts } from './registry-desk.ts';
import { registryStepHandlers } from './step.handlers.ts';
import { warnOfLapses } from './telling.ts';

/** A registry put together: what an area serves of it, and what follows from outside messages. */
export interface Registry {
  readonly desk: RegistryDesk;
  mount(server: FastifyInstance, mount: MountParts): void;
  /** What follows from the register's answers about its entries. */
  readonly answers: AnswerHandler;
  readonly accessTarget: AccessTarget;
  /** What stands of an organisation in the registry, as last approved; null where nothing does. */
  standingValues(db: Db, organisationId: string): Promise<EntrySections | null>;
  /** Warns enterprises before what they rest on lapses; answers of how many entries it was. */
  warnOfLapses(): Promise<number>;
}

/** Puts a registry together, as told by its profile. Source: tender R49. */
export const registryOf = (parts: RegistryParts): Registry => {
  const { profile, db, organisations } = parts;
  const desk: RegistryDesk = {
    ...parts,
    engine: registryEngine(parts),
    verifySignature: rememberedVerdicts(parts.crypto),
  };
  const contract = registryContract(profile);
  const imports = profile.imports ? registryImportContract(profile) : null;
  const steps: Contract = registryStepContract(profile);
  return {
    desk,
    mount: (server, mount) => {
      if (imports) mountContract(server, imports, importHandlers(desk), mount);
      mountContract(server, contract, { ...entryHandlers(desk), ...fileHandlers(desk) }, mount);
      mountContract(server, steps, registryStepHandlers(desk, steps), mount);
    },
    answers: registerAnswers(parts),
    warnOfLapses: () => warnOfLapses(parts),
    standingValues: (reading, organisationId) => standingValues(reading, parts, organisationId),
    accessTarget: {
      find: async (knownBy) => {
        const all = await organisations.all(db);
        const named = all.find(({ name, creditCode }) => name === knownBy || creditCode === knownBy);
        const entry = named
          ? await findOfOrganisation(db, profile, named.id)
          : await findAccessColumns(db, profile, knownBy);
        const organisation = named ?? all.find(({ id }) => id === entry?.organisation_id);
        return entry && { row: accessRowOf(entry, organisation), title: organisation?.name ?? entry.id };
      },
    },
  };
};
