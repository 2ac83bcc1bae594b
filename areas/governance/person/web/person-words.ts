import { shanghaiDistricts } from '#practices/place/model/shanghai-districts.ts';
import type { StateTone } from '#web-kit/StateTag.tsx';
import type { PersonStatus } from '../model/person-status.ts';

/** The colour of an account's state. */
export const statusTones: Readonly<Record<PersonStatus, StateTone>> = {
  active: 'done',
  locked: 'returned',
  expired: 'idle',
  disabled: 'refused',
};

/** What stands for the organisation of people who belong to none. */
export const platformTitle = '平台';

/** A district by its code. */
export const districtTitle = (code: string | null): string => (code === null ? '—' : (shanghaiDistricts[code] ?? code));
