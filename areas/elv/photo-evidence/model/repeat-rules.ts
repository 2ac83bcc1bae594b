import { assumption } from '#kernel/source/source.ts';
import type { EvidenceProfile, RepeatRule } from '#practices/photo-evidence/model/evidence-profile.ts';
import { findPhotoPart } from '../../vehicle-case/model/photo-parts.ts';

/** Papers among what is photographed in the yard, and what of other sections belongs to one vehicle alone. */
const ownRules: Readonly<Record<string, RepeatRule>> = {
  // Slips of one towing company are one form: they look alike, and only the very same file is odd.
  'tow-slip': 'same',
  'vin-rubbing': 'same',
  // One statement may speak of several vehicles.
  'battery-statement': 'none',
};

/**
 * Which photographs of a case may not appear in another: what is photographed of the vehicle in the yard. Papers of owners, agents and organisations are rightly shown again for each of their vehicles.
 */
export const evidenceOfCases: EvidenceProfile = {
  schema: 'elv',
  source: assumption(
    '哪些照片重复即为可疑，需求未写明；现按现场照片比对、证件不比对预设，拖车单只比对同一文件',
    '0043',
  ),
  repeatRule: (part) => {
    const section = findPhotoPart(part)?.section;
    return ownRules[part] ?? (section === 'entry' || section === 'dismantling' ? 'alike' : 'none');
  },
};
