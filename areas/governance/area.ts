import type { AccessListStore } from '#kernel/access/access-list.store.ts';
import type { StoredAccess } from '#kernel/access/stored-access.ts';
import { targetOffer, targetsOffered } from '#kernel/area/access-target.ts';
import type { Area } from '#kernel/area/area.ts';
import { areaMessages, workOffer } from '#kernel/area/hand-over.ts';
import type { Offers } from '#kernel/area/offers.ts';
import { mountContract } from '#kernel/contract/mount.ts';
import type { Jobs } from '#kernel/jobs/jobs.ts';
import type { PersonalSigner } from '#kernel/lifecycle/signer.store.ts';
import type { Clock } from '#kernel/time/clock.ts';
import type { Notices } from '#practices/notice/server/notices.ts';
import { accessChangeContract, type PermissionView } from './access-change/model/access-change.contract.ts';
import type { ConditionFields, PersonalFields } from './access-change/model/access-change.ts';
import { accessChangeHandlers } from './access-change/server/access-change.handlers.ts';
import type { AccessDesk } from './access-change/server/access-desk.ts';
import { endWhatOneHasSet } from './access-change/server/set-alone.ts';
import { accountContract } from './account/model/account.contract.ts';
import { ownAccountContract } from './account/model/own-account.contract.ts';
import { accountHandlers } from './account/server/account.handlers.ts';
import { type AccountSeed, accountParts } from './account/server/account.parts.ts';
import { ensureAccount } from './account/server/account.store.ts';
import {
  confirmIdentity,
  findAccountByIdentity,
  getAccount,
  lockAccount,
  setAloneAmong,
  setStatus,
  setValidUntil,
  unlockAccount,
} from './account/server/account-state.store.ts';
import { addNotice } from './account/server/credential-notice.store.ts';
import {
  credentialStanding,
  endSetAlone,
  hasFactor,
  removeFactors,
  resetPassword,
  untieIdentity,
} from './account/server/credentials.ts';
import { ownAccountHandlers } from './account/server/own-account.handlers.ts';
import { endSessionsOf } from './account/server/session.store.ts';
import { sessionsOffered } from './account/server/sessions.ts';
import { auditLogContract } from './audit-log/model/audit-log.contract.ts';
import { auditLogHandlers } from './audit-log/server/audit-log.handlers.ts';
import type { AuditLogParts } from './audit-log/server/audit-log.parts.ts';
import { archiveDue } from './audit-log/server/month-archives.ts';
import { credentialChangeContract } from './credential-change/model/credential-change.contract.ts';
import { credentialChangeHandlers } from './credential-change/server/credential-change.handlers.ts';
import { type CredentialDesk, credentialDesk } from './credential-change/server/credential-desk.ts';
import { waitingFor } from './credential-change/server/waiting-credential.store.ts';
import { cryptographyContract } from './cryptography/model/cryptography.contract.ts';
import { cryptographyHandlers } from './cryptography/server/cryptography.handlers.ts';
import type { CryptographyParts } from './cryptography/server/cryptography.parts.ts';
import { cryptographyDesk } from './cryptography/server/cryptography-desk.ts';
import { operatingContract } from './operating/model/operating.contract.ts';
import { operatingHandlers } from './operating/server/operating.handlers.ts';
import type { OperatingParts } from './operating/server/operating.parts.ts';
import { operatingDesk } from './operating/server/operating-desk.ts';
import { processesOffered } from './operating/server/processes-offered.ts';
import { organisationContract } from './person/model/organisation.contract.ts';
import { personContract } from './person/model/person.contract.ts';
import { personImportContract } from './person/model/person-import.contract.ts';
import { careHandlers } from './person/server/account-care.handlers.ts';
import { appliedPeople } from './person/server/applied-person.ts';
import { credentialCareHandlers } from './person/server/credential-care.handlers.ts';
import { handOverHandlers } from './person/server/hand-over.handlers.ts';
import { handOverAnswers, wireToAreas } from './person/server/hand-over-messages.ts';
import { importHandlers } from './person/server/import.handlers.ts';
import { importKeeper } from './person/server/import-keeper.ts';
import { peopleOffered } from './person/server/notice-recipients.ts';
import { organisationHandlers } from './person/server/organisation.handlers.ts';
import { organisationsOffered } from './person/server/organisation-desk.ts';
import { recordHandlers } from './person/server/person.handlers.ts';
import type { PersonParts } from './person/server/person.parts.ts';
import { findPersonTarget } from './person/server/person.store.ts';
import { personRolesHandlers } from './person/server/person-roles.handlers.ts';
import { governancePlan } from './plan.ts';
import { workingTimeContract } from './working-time/model/working-time.contract.ts';
import { type AreaPeriod, workingTimeHandlers } from './working-time/server/working-time.handlers.ts';

/** How soon after a step of a process that does not keep people they are told of it, in milliseconds. */
const tellEveryMs = 1_000;
/** How soon after a step what leaves the house is on its way. */
const sendEveryMs = 5_000;
/** How often old notices are looked for, in milliseconds. */
const eraseEveryMs = 6 * 3_600_000;
const archiveEveryMs = 3_600_000;

/** What the area works with. */
export interface GovernanceParts extends Omit<AccountSeed, 'permissions'> {
  readonly access: StoredAccess;
  readonly accessList: AccessListStore;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly signer: PersonalSigner;
  /** Every permission there is, as people read it; known once all areas are put together. */
  readonly permissions: () => readonly PermissionView[];
  /** What conditions of roles may ask, by the stem of the permission. */
  readonly conditions: ConditionFields;
  /** Which single values roles may open or close apart, by the permission. */
  readonly personal: PersonalFields;
  /** The log's pages. */
  readonly auditLog: AuditLogParts;
  /** Keys and the self-check. */
  readonly cryptography: CryptographyParts;
  readonly notices: Notices;
  /** How the system runs. */
  readonly operating: OperatingParts;
  /** The periods of all areas. */
  readonly periods: readonly AreaPeriod[];
  readonly outbox: PersonParts['outbox'];
  /** Tells the relay that messages were put. */
  readonly nudge: () => void;
  /** What other areas do for this one. */
  readonly offers: Offers;
  /** The roles that fit an organisation, by its kind. */
  readonly rolesOfKind: PersonParts['rolesOfKind'];
}

/** What looking after people needs of signing in. */
const accountDoor = ({ sessions }: GovernanceParts): PersonParts['accounts'] => ({
  add: ensureAccount,
  setStatus,
  setValidUntil,
  unlock: unlockAccount,
  resetPassword,
  endSessions: endSessionsOf,
  hasFactor,
  removeFactors,
  notice: addNotice,
  untieIdentity,
  findByIdentity: async (db, indexes) => {
    for (const index of indexes) {
      const found = await findAccountByIdentity(db, index);
      if (found) return found;
    }
    return undefined;
  },
  forget: (id) => sessions.forgetPerson(id),
});

/** What changing permissions needs of signing in. */
const endingOf = ({ forget }: PersonParts['accounts']): AccessDesk['accounts'] => ({
  hold: async (tx, ids) => {
    for (const id of ids) await lockAccount(tx, id);
  },
  setAloneAmong,
  endSetAlone,
  forget,
});

/** Applications about how people sign in, over signing in. */
const credentialsOver = (parts: GovernanceParts): CredentialDesk =>
  credentialDesk({
    ...parts,
    accounts: {
      standing: credentialStanding,
      resetPassword,
      removeFactors,
      confirmIdentity,
      notice: addNotice,
    },
  });

/** Puts the area together. */
export const governanceArea = (parts: GovernanceParts): Area => {
  const permissions = () => parts.permissions().map(({ permission }) => permission);
  const account = accountParts({ ...parts, permissions });
  const credentials = credentialsOver(parts);
  const { propose } = credentials;
  const accounts = accountDoor(parts);
  const ending = endingOf(accounts);
  const targets = parts.offers.each(targetOffer);
  /** A stem begins with the area it belongs to. */
  const findTarget: AccessDesk['findTarget'] = async (stem, known) =>
    (await targets[stem.split('.')[0] ?? '']?.find({ stem, known })) ?? undefined;
  const applied = appliedPeople(parts);
  const person: PersonParts = {
    ...parts,
    permissions,
    accounts,
    credentials: { propose, waitingFor },
    work: parts.offers.each(workOffer),
  };
  const cryptography = cryptographyDesk(parts.cryptography);
  const imports = importKeeper(parts);
  const operating = operatingDesk(parts.operating);
  const { notices } = parts;
  const sending = parts.jobs.repeat('notice-sending', sendEveryMs, async () => {
    // Whom steps tell that nobody asks for by a request hangs on who holds which role by now.
    await parts.access.refresh();
    await notices.sendDue();
  });
  const telling = parts.jobs.repeat('notice-telling', tellEveryMs, () => notices.tellLeft());
  const archiving = parts.jobs.repeat('audit-archiving', archiveEveryMs, () => archiveDue(parts.auditLog));
  const forgetting = parts.jobs.repeat('notice-erasing', eraseEveryMs, () => notices.eraseOld());
  return {
    plan: governancePlan,
    mount: (server, mount) => {
      mountContract(server, accountContract, accountHandlers(account), mount);
      mountContract(server, ownAccountContract, ownAccountHandlers(account), mount);
      const people = {
        ...recordHandlers(person),
        ...careHandlers(person),
        ...credentialCareHandlers(person),
        ...handOverHandlers(person),
        ...personRolesHandlers(person),
      };
      mountContract(server, personContract, people, mount);
      mountContract(server, personImportContract, importHandlers(person), mount);
      mountContract(server, organisationContract, organisationHandlers(person), mount);
      mountContract(server, workingTimeContract, workingTimeHandlers(parts), mount);
      mountContract(server, cryptographyContract, cryptographyHandlers(parts.cryptography, cryptography), mount);
      mountContract(server, operatingContract, operatingHandlers(operating), mount);
      notices.mount(server, mount);
      mountContract(server, auditLogContract, auditLogHandlers(parts.auditLog), mount);
      mountContract(
        server,
        accessChangeContract,
        accessChangeHandlers({ ...parts, findTarget, applied, accounts: ending }),
        mount,
      );
      const deciding = {
        desk: credentials,
        applied,
        personOf: (id: string) => getAccount(parts.db, id),
        forget: accounts.forget,
      };
      mountContract(server, credentialChangeContract, credentialChangeHandlers(deciding), mount);
    },
    offers: [
      sessionsOffered(parts.sessions),
      organisationsOffered(parts.db),
      peopleOffered(parts.db, parts.access),
      processesOffered(parts),
      targetsOffered({ 'governance.person': { find: (known) => findPersonTarget(parts.db, known) } }),
    ],
    wires: { [areaMessages.id]: wireToAreas(person) },
    answers: {
      [`${areaMessages.id}.hand-over`]: handOverAnswers(person),
      'sms-gateway.send-sms': notices.answers('sms'),
      'mail-gateway.send-mail': notices.answers('mail'),
    },
    inbound: {
      'sms-gateway.delivery-report': notices.reports('sms'),
      'mail-gateway.delivery-report': notices.reports('mail'),
    },
    start: async () => {
      await endWhatOneHasSet({ ...parts, accounts: ending });
      cryptography.start();
      imports.start();
      operating.start();
      telling.start();
      sending.start();
      forgetting.start();
      archiving.start();
    },
    stop: async () => {
      await telling.stop();
      await sending.stop();
      await forgetting.stop();
      await archiving.stop();
      await operating.stop();
      await cryptography.stop();
      await imports.stop();
    },
  };
};
