/**
 * Rows of `photo_evidence`, one for each photograph that may be evidence; `id` is the photograph's own. `stage`: `waiting` to be looked at; `seen`, not compared yet; `done`. `tries` says how often it was begun or failed: who was tried least goes first; `losses`, over how many looks the looker was lost, with one under way. `fault` says that the
 * file is no picture that can be looked at. The bands are null where nothing is compared but the file. `turned`: the prints as they would be mirrored and turned, as JSON, from the look until it has been compared.
 */
export interface EvidenceTable {
  id: string;
  matter_id: string;
  part: string;
  file_id: string;
  sm3: string;
  media_type: string;
  received_at: Date;
  stage: string;
  tries: number;
  losses: number;
  held_until: Date | null;
  fault: boolean;
  width: number | null;
  height: number | null;
  taken_at: Date | null;
  latitude: string | null;
  longitude: string | null;
  camera: string | null;
  software: string | null;
  band0: number | null;
  band1: number | null;
  band2: number | null;
  band3: number | null;
  fine: string | null;
  turned: string | null;
}

/** Rows of `photo_finding`: two photographs of two matters, the one with the smaller id first. `kind`: `same`, the very same file, which is certain; `near`, pictures that look nearly the same, and `turned`, those that do where one is mirrored or turned, which a person has to judge. `distance`: differing bits of 256, null for the same file. */
export interface FindingTable {
  id: string;
  kind: string;
  distance: number | null;
  photo_a: string;
  matter_a: string;
  part_a: string;
  photo_b: string;
  matter_b: string;
  part_b: string;
  found_at: Date;
  set_aside_at: Date | null;
  set_aside_by: string | null;
  set_aside_name: string | null;
  set_aside_reason: string | null;
}

/** Both, to be used within the schema of an area. */
export type EvidenceTables = { photo_evidence: EvidenceTable; photo_finding: FindingTable };
