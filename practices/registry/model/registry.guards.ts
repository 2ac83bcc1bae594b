import { faultsOf } from '#kernel/fields/field.ts';
import type { Guard, Obstacle } from '#kernel/lifecycle/lifecycle.ts';
import { assumption, type Source } from '#kernel/source/source.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { type EntrySections, textAt } from './entry-sections.ts';
import type { RegistryProfile } from './profile.ts';
import type { RegistryCase } from './registry-record.ts';

/** Every field of every section is filled and sound. */
export const whole = (profile: RegistryProfile): Guard<RegistryCase> => ({
  name: 'whole',
  source: profile.source,
  check: ({ record }) =>
    Object.entries(profile.sections).flatMap(([section, { fields }]) =>
      faultsOf(fields, record.sections[section] ?? {}).map(({ field, message }) => ({
        path: `${section}.${field}`,
        message,
      })),
    ),
});

/** What no field tells alone: values that contradict one another, and a paper that is in force no more. `today` is `yyyy-MM-dd` in Shanghai. */
export const contradictionsOf = (
  profile: RegistryProfile,
  sections: EntrySections,
  today: string,
): readonly Obstacle[] => {
  const { section, field } = profile.validity;
  const until = textAt(sections, profile.validity);
  const lapsed = until !== null && until < today;
  const title = profile.sections[section]?.fields[field]?.title ?? field;
  return [
    ...profile.contradictions(sections),
    ...(lapsed ? [{ path: `${section}.${field}`, message: `${title} ${until} 已过，请核对或先办理延续` }] : []),
  ];
};

/** Nothing that is filed contradicts another thing, and the paper it rests on is in force. */
export const consistent = (profile: RegistryProfile): Guard<RegistryCase> => ({
  name: 'consistent',
  source: profile.source,
  check: ({ record, now }) => contradictionsOf(profile, record.sections, shanghaiDay(now)),
});

/** Every attachment the profile demands is there. */
export const attached = (profile: RegistryProfile): Guard<RegistryCase> => ({
  name: 'attached',
  source: profile.source,
  check: ({ record }) =>
    profile.attachments
      .filter(({ part, required }) => required && !record.files.some((file) => file.part === part))
      .map(({ part, title }) => ({ path: `photo:${part}`, message: `请上传${title}` })),
});

const path = 'check:register';

/** The company register has answered about this submission, and does not say that the enterprise is out of business. */
export const heardOfRegister = (source: Source): Guard<RegistryCase> => ({
  name: 'heard-of-register',
  source,
  check: ({ record: { register } }) => {
    if (register.status === 'waiting') return [{ path, message: '法人信息核验中，得到应答后才能审核通过' }];
    if (register.status !== 'answered' || register.outcome === 'refused')
      return [{ path, message: '法人信息没有得到应答，请重新核验；仍无应答的联系管理员' }];
    return register.outcome === 'not-in-business' ? [{ path, message: `${register.text}，不能通过审核` }] : [];
  },
});

/** What is filed was imported by the authority, not declared by the enterprise. */
export const imported: Guard<RegistryCase> = {
  name: 'imported',
  source: assumption('管理部门只代为提交由其导入的信息，企业自行申报的由企业提交', '0031'),
  check: ({ record }) =>
    record.origin === 'imported' ? [] : [{ path: '', message: '企业自行申报的信息由企业提交，不能代为提交' }],
};

/** The enterprise stands in the registry already, so that there is something to go back to. */
export const standing: Guard<RegistryCase> = {
  name: 'standing',
  source: assumption('首次申报没有可恢复的库内信息', '0031'),
  check: ({ record }) => (record.standing ? [] : [{ path: '', message: '尚未入库，没有可以恢复的信息' }]),
};
