import { everyRow, type Predicate } from '#kernel/access/predicate.ts';
import { type AccessColumns, whereRows } from '#kernel/access/where-rows.store.ts';
import type { Crypto } from '#kernel/crypto/crypto.ts';
import { type SealedTable, sealedColumns } from '#kernel/crypto/sealed-table.ts';
import type { Db, Tx } from '#kernel/db/database.ts';
import { insertIfAbsent } from '#kernel/db/dialect/postgres.ts';
import { uuidv7 } from '#kernel/db/uuid.ts';
import type { Snapshot } from '#kernel/lifecycle/decide.ts';
import type { CaseStore, Moved } from '#kernel/lifecycle/engine.ts';
import { getState, widened } from '#kernel/lifecycle/lifecycle.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { citizenApplication } from '../model/citizen-application.lifecycle.ts';
import { type ApplicationRecord, type CitizenApplication, keptOf } from '../model/citizen-application.record.ts';
import type { ApplicationTable, CitizenTables } from './citizen-application.tables.ts';
import { listPhotos } from './citizen-photo.store.ts';

const lifecycle = widened(citizenApplication);
const purpose = 'personal-data';
const placeOf = (id: string): string => `elv.citizen_application:${id}`;

/** What is sealed of applications. Source: tender R55 (4). */
export const applicationSealed: SealedTable = sealedColumns({
  table: 'elv.citizen_application',
  title: '个人报废申请',
  key: ['id'],
  purpose,
  columns: { record: ({ id }) => placeOf(id ?? '') },
});

/** Where an application stands, without what is filled in. */
export type Standing = Omit<ApplicationTable, 'record'>;

/** An application as the engine finds it under lock. */
export interface FoundApplication extends Snapshot<CitizenApplication> {
  readonly row: Standing;
}

/** What access control may ask of an application, and the columns it stands in; the owner of one is its citizen. Source: tender R44. */
export const applicationColumns = {
  id: 'id',
  organisation: 'enterprise_id',
  owner: 'citizen_id',
  state: 'state',
} as const satisfies AccessColumns;

const table = (db: Db | Tx) => db.withTables<CitizenTables>().selectFrom('elv.citizen_application');

const sealed = (crypto: Crypto, id: string, record: ApplicationRecord): Promise<string> =>
  crypto.seal(purpose, Buffer.from(JSON.stringify(record), 'utf8'), placeOf(id));

const found = async (
  db: Db | Tx,
  crypto: Crypto,
  { record: text, ...row }: ApplicationTable,
): Promise<FoundApplication> => {
  const opened = Buffer.from(await crypto.open(purpose, text, placeOf(row.id))).toString('utf8');
  const photos = await listPhotos(db, row.id);
  return {
    row,
    id: row.id,
    lifecycleVersion: row.lifecycle_version,
    state: row.state,
    version: row.version,
    round: row.round,
    holds: [],
    record: {
      // Of what was kept before papers waited for a consent, none was given.
      ...{ agreed: [] },
      // Sealed by this store from this shape.
      ...(JSON.parse(opened) as Omit<ApplicationRecord, 'agreed'> & Partial<Pick<ApplicationRecord, 'agreed'>>),
      photos: photos.map(({ id, part, sm3 }) => ({ id, part, sm3 })),
    },
  };
};

const within = (db: Db | Tx, id: string, rows: Predicate) =>
  table(db)
    .selectAll()
    .where('id', '=', id)
    .where((eb) => whereRows(eb, rows, applicationColumns));

/** The application of that id within the rows the asker may see. */
export const findApplication = async (
  db: Db | Tx,
  crypto: Crypto,
  id: string,
  rows: Predicate,
): Promise<FoundApplication | undefined> => {
  const row = await within(db, id, rows).executeTakeFirst();
  return row && found(db, crypto, row);
};

/** The same under lock, for changes. */
export const lockApplication = async (
  tx: Tx,
  crypto: Crypto,
  id: string,
  rows: Predicate,
): Promise<FoundApplication | undefined> => {
  const row = await within(tx, id, rows).forUpdate().executeTakeFirst();
  return row && found(tx, crypto, row);
};

const mostListed = 50;

/** A citizen's own applications, newest first. */
export const listOwn = (db: Db, citizenId: string): Promise<readonly Standing[]> =>
  table(db)
    .selectAll()
    .where('citizen_id', '=', citizenId)
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostListed)
    .execute();

/** The application a citizen opened under a key. */
export const findByOpenKey = (
  db: Db | Tx,
  citizenId: string,
  openKey: string,
): Promise<{ readonly id: string } | undefined> =>
  table(db).select('id').where('citizen_id', '=', citizenId).where('open_key', '=', openKey).executeTakeFirst();

/** An application by its id or number, as access control sees it. */
export const findByNumber = (
  db: Db,
  known: string,
): Promise<Pick<ApplicationTable, 'id' | 'application_no' | 'enterprise_id' | 'citizen_id' | 'state'> | undefined> =>
  table(db)
    .select(['id', 'application_no', 'enterprise_id', 'citizen_id', 'state'])
    .where((eb) => eb.or([eb('id', '=', known), eb('application_no', '=', known)]))
    .executeTakeFirst();

/** The application a case came from. */
export const applicationBehind = (
  tx: Tx,
  id: string,
): Promise<Pick<ApplicationTable, 'application_no' | 'version' | 'told_before'>> =>
  table(tx).select(['application_no', 'version', 'told_before']).where('id', '=', id).executeTakeFirstOrThrow();

/** Applications whose enterprise has let its period pass, oldest first. */
export const listOverdue = async (db: Db, now: Date, most: number): Promise<readonly string[]> => {
  const rows = await table(db)
    .select('id')
    .where('state', '=', 'submitted')
    .where('deadline_at', '<', now)
    .orderBy('deadline_at')
    .limit(most)
    .execute();
  return rows.map(({ id }) => id);
};

const takeNumber = async (tx: Tx, now: Date): Promise<string> => {
  const day = shanghaiDay(now).replaceAll('-', '');
  await insertIfAbsent(tx, 'elv.citizen_application_counter', { day, last: 0 });
  const { last } = await tx
    .withTables<CitizenTables>()
    .updateTable('elv.citizen_application_counter')
    .set((eb) => ({ last: eb('last', '+', 1) }))
    .where('day', '=', day)
    .returning('last')
    .executeTakeFirstOrThrow();
  return `GR${day}${String(last).padStart(5, '0')}`;
};

const text = (value: unknown, most: number): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, most) : null;

const projectionOf = ({ as, sections, case: taken }: ApplicationRecord) => ({
  by_agent: as === 'agent',
  plate_no: text(sections.papers.plateNo, 20),
  plate_type_code: text(sections.papers.plateTypeCode, 2),
  vin: text(sections.papers.vin, 40),
  brand_model: text(sections.papers.brandModel, 60),
  case_id: taken?.id ?? null,
});

/** Opens an application unless the key has opened one; answers its id. Errors: a unique violation where the citizen has a living one for the vehicle. */
export const addApplication = async (
  tx: Tx,
  crypto: Crypto,
  made: {
    readonly citizenId: string;
    readonly openKey: string;
    readonly record: ApplicationRecord;
    readonly keptUntil: Date;
    readonly now: Date;
  },
): Promise<{ readonly id: string; readonly applicationNo: string } | undefined> => {
  const { citizenId, openKey, record, keptUntil, now } = made;
  const id = uuidv7(now);
  const applicationNo = await takeNumber(tx, now);
  const projection = projectionOf(record);
  const added = await insertIfAbsent(tx, 'elv.citizen_application', {
    id,
    application_no: applicationNo,
    citizen_id: citizenId,
    open_key: openKey,
    lifecycle_version: citizenApplication.version,
    state: citizenApplication.initial,
    version: 1,
    round: 0,
    enterprise_id: null,
    opened_at: now,
    state_since: now,
    deadline_at: keptUntil,
    record: await sealed(crypto, id, record),
    living_vin: projection.vin,
    ...projection,
  });
  return added ? { id, applicationNo } : undefined;
};

/** Writes what was filled in, and until when it is kept if nobody goes on. Errors: a unique violation where the citizen has another living application for the vehicle. */
export const saveRecord = async (
  tx: Tx,
  crypto: Crypto,
  id: string,
  record: CitizenApplication,
  version: number,
  keptUntil: Date,
): Promise<void> => {
  const kept = keptOf(record);
  const projection = projectionOf(kept);
  await tx
    .withTables<CitizenTables>()
    .updateTable('elv.citizen_application')
    .set({
      record: await sealed(crypto, id, kept),
      version,
      living_vin: projection.vin,
      deadline_at: keptUntil,
      ...projection,
    })
    .where('id', '=', id)
    .execute();
};

/** Another enterprise goes on with the case; `toldBefore` counts the versions of the cases before the present one. */
export const handOn = async (
  tx: Tx,
  crypto: Crypto,
  id: string,
  record: CitizenApplication,
  toldBefore: number,
): Promise<void> => {
  const kept = keptOf(record);
  await tx
    .withTables<CitizenTables>()
    .updateTable('elv.citizen_application')
    .set({
      record: await sealed(crypto, id, kept),
      enterprise_id: kept.enterprise?.id ?? null,
      case_id: kept.case?.id ?? null,
      told_before: toldBefore,
    })
    .where('id', '=', id)
    .execute();
};

/** The enterprise that must answer, or has taken it; nobody else's concern in every other state. */
const enterpriseOf = (state: string, { enterprise }: ApplicationRecord): string | null =>
  state === 'submitted' || state === 'accepted' ? (enterprise?.id ?? null) : null;

const move = async (tx: Tx, crypto: Crypto, moved: Moved<CitizenApplication>): Promise<void> => {
  const kept = keptOf(moved.record);
  const projection = projectionOf(kept);
  const ended = getState(lifecycle, moved.state).kind === 'final';
  await tx
    .withTables<CitizenTables>()
    .updateTable('elv.citizen_application')
    .set({
      state: moved.state,
      version: moved.version,
      round: moved.round,
      record: await sealed(crypto, moved.id, kept),
      enterprise_id: enterpriseOf(moved.state, kept),
      living_vin: ended ? null : projection.vin,
      ...(moved.entered ? { state_since: moved.at, deadline_at: moved.entered.deadlineAt } : {}),
      ...projection,
    })
    .where('id', '=', moved.id)
    .execute();
};

/** Where the engine finds and keeps applications. */
export const applicationStore = (crypto: Crypto): CaseStore<CitizenApplication, FoundApplication> => ({
  lock: (tx, id) => lockApplication(tx, crypto, id, everyRow),
  move: (tx, moved) => move(tx, crypto, moved),
});
