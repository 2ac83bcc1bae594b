import type { Access, Subject } from '#kernel/access/access.ts';
import { type AccessRow, type Predicate, passes } from '#kernel/access/predicate.ts';
import { type Snapshot, standingRefusals } from '#kernel/lifecycle/decide.ts';
import type { Step } from '#kernel/lifecycle/step.store.ts';
import type { RegistryFlow } from '../model/flow.ts';
import type { RegistryProfile } from '../model/profile.ts';
import type { EntryAbility } from '../model/registry.views.ts';
import type { RegistryCase } from '../model/registry-record.ts';

/** Whether the subject may take this action, or use this verb, on that entry, as far as permissions go. */
export const mayPerform = (
  access: Access,
  profile: RegistryProfile,
  subject: Subject,
  verb: string,
  row: AccessRow,
): boolean => passes(access.rowFilter(subject, `${profile.id}:${verb}`), row);

const toneOf = ({ tones }: RegistryFlow, action: string): EntryAbility['tone'] => tones[action] ?? 'plain';

const inputOf = ({ forms, lifecycle }: RegistryFlow, action: string): EntryAbility['input'] => {
  if (Object.hasOwn(forms, action)) return 'form';
  const schema = lifecycle.actions[action]?.input;
  if (!schema) return 'none';
  return schema.safeParse({}).success ? 'opinion' : 'reason';
};

/** What the subject could do to the entry now; an action that lacks something is listed with what is missing. */
export const abilitiesOf = (
  access: Access,
  profile: RegistryProfile,
  subject: Subject,
  scene: {
    readonly snapshot: Snapshot<RegistryCase>;
    readonly row: AccessRow;
    readonly steps: readonly Step[];
    readonly now: Date;
  },
): readonly EntryAbility[] => {
  const flow = profile.flow();
  const { lifecycle } = flow;
  const { snapshot, row, steps, now } = scene;
  return Object.entries(lifecycle.actions).flatMap(([action, definition]): EntryAbility[] => {
    const fits = definition.from.includes(snapshot.state) && !flow.idle(action, snapshot.record);
    if (!fits || !mayPerform(access, profile, subject, action, row)) return [];
    const acted = steps.some(
      (step) =>
        step.round === snapshot.round && step.actorId === subject.id && definition.apartFrom?.includes(step.action),
    );
    const missing = [
      ...standingRefusals(lifecycle, snapshot, action, now),
      ...(acted ? [{ path: '', message: '本次申报您已办理过前一环节，须由其他人员办理' }] : []),
    ];
    return [
      {
        action,
        title: definition.title,
        ready: missing.length === 0,
        missing: missing.map(({ path, message }) => ({ path, message })),
        consequence: definition.consequence ?? null,
        input: inputOf(flow, action),
        tone: toneOf(flow, action),
      },
    ];
  });
};

/** Titles of what the subject may do in a state, for lists. */
export const actionTitles = (
  access: Access,
  profile: RegistryProfile,
  subject: Subject,
  row: AccessRow,
): readonly string[] =>
  Object.entries(profile.flow().lifecycle.actions).flatMap(([action, { from, title }]) =>
    from.includes(String(row.state)) && mayPerform(access, profile, subject, action, row) ? [title] : [],
  );

/** The entries that wait for the subject: one of their main actions may be taken there. Coming back after the end is nobody's duty. */
export const workRows = (access: Access, profile: RegistryProfile, subject: Subject): Predicate => {
  const flow = profile.flow();
  return {
    any: Object.entries(flow.lifecycle.actions).flatMap(([action, { from }]): Predicate[] =>
      toneOf(flow, action) === 'primary' && !flow.unhurried.includes(action)
        ? [{ all: [{ field: 'state', in: from }, access.rowFilter(subject, `${profile.id}:${action}`)] }]
        : [],
    ),
  };
};
