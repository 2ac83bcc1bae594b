import {
  heldPhotoMigration,
  lookLossMigration,
  photoEvidenceMigration,
  turnedMigration,
} from '#practices/photo-evidence/server/evidence.migration.ts';

/** What was watched when this was written: a migration stays as it is, whatever becomes of the rules. */
const watched = `
  'vin-rubbing', 'tow-slip', 'whole', 'frame-number', 'engine-number', 'drive-motor-number', 'vin-stamp', 'battery-in-vehicle', 'entry-other', 'frame', 'engine', 'drive-motor',
  'transmission', 'steering-gear', 'front-axle', 'rear-axle', 'destroyed-plate', 'vin-stamp-cut', 'traction-battery'`;

/** Photographs as evidence; those of earlier cases are looked at as well. */
export const caseEvidenceMigration = photoEvidenceMigration(
  'elv/0020-photo-evidence',
  'elv',
  `select id, case_id, part, file_id, sm3, media_type, uploaded_at from elv.vehicle_photo where part in (${watched})`,
);

/** A picture that ends its looker is given up in the end. */
export const caseLookLossMigration = lookLossMigration('elv/0023-look-loss', 'elv');

/** Pictures are known again mirrored and turned. */
export const caseTurnedMigration = turnedMigration('elv/0030-turned', 'elv');

/** Several processes look at photographs, each at its own. */
export const heldCasePhotoMigration = heldPhotoMigration('elv/0035-held-photo', 'elv');
