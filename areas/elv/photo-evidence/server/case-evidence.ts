import type { Subject } from '#kernel/access/access.ts';
import type { Db } from '#kernel/db/database.ts';
import { type Oddity, type OddityCode, odditiesOf } from '#practices/photo-evidence/model/oddities.ts';
import { listOfMatter } from '#practices/photo-evidence/server/evidence.store.ts';
import type { EvidenceTable, FindingTable } from '#practices/photo-evidence/server/evidence.tables.ts';
import { listFindings } from '#practices/photo-evidence/server/finding.store.ts';
import { type Coordinates, coordinatesIn, metresBetween } from '#practices/place/model/coordinates.ts';
import type { CaseEvidence, PhotoFinding, WeighedPhoto } from '../model/photo-evidence.contract.ts';
import { photoPeriods } from '../model/photo-evidence.periods.ts';
import { evidenceOfCases } from '../model/repeat-rules.ts';
import type { EvidenceDesk } from './evidence-desk.ts';
import type { CasePhoto, NamedCase, WeighedCase } from './weighed-cases.ts';

const titles: Readonly<Record<OddityCode, string>> = {
  early: '拍摄过早',
  late: '疑似旧照片',
  ahead: '时钟不符',
  far: '地点不符',
  screenshot: '疑似截图',
};

const placeOf = (photo: CasePhoto, row: EvidenceTable): Coordinates | null => {
  if (row.latitude !== null && row.longitude !== null)
    return { latitude: Number(row.latitude), longitude: Number(row.longitude) };
  return photo.place === null ? null : coordinatesIn(photo.place);
};

const odditiesFor = async (
  { settings, farMetres }: EvidenceDesk,
  matter: WeighedCase,
  photo: CasePhoto,
  row: EvidenceTable,
  metresAway: number | null,
): Promise<readonly Oddity[]> => {
  const takenAt = row.taken_at ?? photo.deviceTime;
  const reference =
    matter.handedOverAt === null || photo.part === 'tow-slip'
      ? { title: '受理时间', at: matter.openedAt }
      : { title: '交车时间', at: matter.handedOverAt };
  return odditiesOf(
    {
      takenAt,
      receivedAt: row.received_at,
      mediaType: row.media_type,
      width: row.width,
      height: row.height,
      camera: row.camera,
      software: row.software,
      metresAway,
    },
    {
      notBefore: { ...reference, grace: takenAt && (await settings.deadline(photoPeriods.early, takenAt)) },
      sentUntil: takenAt && (await settings.deadline(photoPeriods.late, takenAt)),
      farMetres,
    },
  );
};

const looked = ({ stage, fault }: EvidenceTable): WeighedPhoto['looked'] => {
  if (stage !== 'done') return 'waiting';
  return fault ? 'unreadable' : 'done';
};

const weighed = async (
  desk: EvidenceDesk,
  matter: WeighedCase,
  yard: Coordinates | null,
  photo: CasePhoto,
  row: EvidenceTable,
): Promise<WeighedPhoto> => {
  const place = placeOf(photo, row);
  const metresAway = yard && place ? Math.round(metresBetween(yard, place)) : null;
  const oddities = await odditiesFor(desk, matter, photo, row, metresAway);
  return {
    photoId: photo.id,
    title: photo.title,
    mediaType: photo.mediaType,
    fileName: photo.fileName,
    receivedAt: row.received_at.toISOString(),
    operatorName: photo.operatorName,
    takenAt: row.taken_at?.toISOString() ?? null,
    deviceTime: photo.deviceTime?.toISOString() ?? null,
    camera: row.camera,
    place: photo.place,
    metresAway,
    looked: looked(row),
    oddities: oddities.map(({ code, reason }) => ({ code, title: titles[code], reason })),
  };
};

/** How like two pictures are, for people: of 256 marks of their brightness. */
const likeness = ({ kind, distance }: FindingTable): string =>
  distance === null
    ? '两张照片是同一个文件'
    : `两张照片${kind === 'turned' ? '镜像或旋转后' : '的'}画面近似，256 处明暗特征中有 ${256 - distance} 处相同，请并排核对`;

interface Seen {
  readonly own: ReadonlyMap<string, CasePhoto>;
  readonly others: ReadonlyMap<string, CasePhoto>;
  readonly cases: ReadonlyMap<string, NamedCase>;
}

const sidesOf = (finding: FindingTable, caseId: string) => {
  const [a, b] = [
    { photo: finding.photo_a, matter: finding.matter_a },
    { photo: finding.photo_b, matter: finding.matter_b },
  ];
  return finding.matter_a === caseId ? { own: a, other: b } : { own: b, other: a };
};

const findingView = (
  finding: FindingTable,
  caseId: string,
  matter: WeighedCase,
  { own, others, cases }: Seen,
): PhotoFinding | undefined => {
  const sides = sidesOf(finding, caseId);
  const mine = own.get(sides.own.photo);
  // What has been taken out of this case is not weighed any more.
  if (!mine) return undefined;
  const other = others.get(sides.other.photo);
  const named = cases.get(sides.other.matter);
  return {
    id: finding.id,
    // The column is written from these kinds only.
    kind: finding.kind as PhotoFinding['kind'],
    words: likeness(finding),
    photoId: mine.id,
    title: mine.title,
    other: {
      title: other?.title ?? '照片',
      case: named
        ? {
            id: named.id,
            caseNo: named.caseNo,
            enterpriseName: named.enterpriseName,
            sameVehicle: named.vin !== null && named.vin === matter.vin,
          }
        : null,
      photo:
        named && other && !other.removed
          ? {
              id: other.id,
              mediaType: other.mediaType,
              fileName: other.fileName,
              receivedAt: other.uploadedAt.toISOString(),
              operatorName: other.operatorName,
            }
          : null,
    },
    foundAt: finding.found_at.toISOString(),
    setAside:
      finding.set_aside_at === null
        ? null
        : {
            at: finding.set_aside_at.toISOString(),
            name: finding.set_aside_name ?? '',
            reason: finding.set_aside_reason ?? '',
          },
  };
};

const findingsOf = async (
  { db, access, cases }: EvidenceDesk,
  caseId: string,
  matter: WeighedCase,
  photos: readonly CasePhoto[],
  subject: Subject,
): Promise<readonly PhotoFinding[]> => {
  const found = await listFindings(db, evidenceOfCases.schema, caseId);
  const others = found.map((one) => sidesOf(one, caseId).other);
  const [otherPhotos, named] = await Promise.all([
    cases.photos(db, [...new Set(others.map(({ photo }) => photo))]),
    cases.named(
      db,
      [...new Set(others.map(({ matter: id }) => id))],
      access.rowFilter(subject, 'elv.vehicle-case:read'),
    ),
  ]);
  const seen: Seen = {
    own: new Map(photos.map((one) => [one.id, one])),
    others: new Map(otherPhotos.map((one) => [one.id, one])),
    cases: new Map(named.map((one) => [one.id, one])),
  };
  return found.flatMap((one) => findingView(one, caseId, matter, seen) ?? []);
};

/** What a reviewer sees of a case's photographs; undefined where the case is not theirs to see. */
export const caseEvidenceOf = async (
  desk: EvidenceDesk,
  db: Db,
  caseId: string,
  subject: Subject,
): Promise<Omit<CaseEvidence, 'maySetAside'> | undefined> => {
  const { access, cases, yardOf, farMetres } = desk;
  const matter = await cases.find(db, caseId, access.rowFilter(subject, 'elv.photo-evidence:read'));
  if (!matter) return undefined;
  const [photos, rows, yard] = await Promise.all([
    cases.photosOf(db, caseId),
    listOfMatter(db, evidenceOfCases.schema, caseId),
    yardOf(db, matter.enterpriseId),
  ]);
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const shown = photos.flatMap((photo) => {
    const row = rowOf.get(photo.id);
    return row ? [weighed(desk, matter, yard, photo, row)] : [];
  });
  return {
    photos: await Promise.all(shown),
    findings: [...(await findingsOf(desk, caseId, matter, photos, subject))],
    yardKnown: yard !== null,
    farMetres,
  };
};
