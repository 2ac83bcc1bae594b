import type { Grant, RowScope } from '#kernel/access/access.ts';
import type { RegistryProfile } from './profile.ts';
/** What an actor of the profile's flow may do. */
export const actionsOf = (profile: RegistryProfile, ...actors: readonly string[]): readonly string[] =>
  Object.entries(profile.flow().lifecycle.actions)
    .filter(([, { by }]) => actors.includes(by))
    .map(([name]) => name);

/** Grants of a registry's verbs over the same rows. */
export const granted = (
  profile: RegistryProfile,
  verbs: readonly string[],
  rows: RowScope,
  personal: Grant['personal'],
): readonly Grant[] => verbs.map((verb) => ({ permission: `${profile.id}:${verb}`, rows, personal }));

const importedOnly: RowScope = { where: { field: 'origin', in: ['imported'] } };

/** What an enterprise's own people may do: declare, fill, submit and change their own entry. Source: tender R49. */
export const declarantGrants = (profile: RegistryProfile, actor = 'declarant'): readonly Grant[] =>
  granted(profile, ['read', 'declare', 'edit', 'recheck', ...actionsOf(profile, actor)], 'own-organisation', 'plain');

/** What the authority's registrars may do: import, and put right what they imported. */
export const registrarGrants = (profile: RegistryProfile): readonly Grant[] => [
  ...granted(profile, ['read', 'import', 'recheck'], 'all', 'plain'),
  ...granted(profile, ['edit', ...actionsOf(profile, 'registrar')], importedOnly, 'plain'),
];

/** What reviewers may do; first and second review are two hands, which the lifecycle keeps apart within a round. */
export const reviewerGrants = (profile: RegistryProfile, ...actors: readonly string[]): readonly Grant[] =>
  granted(profile, ['read', 'recheck', ...actionsOf(profile, ...actors)], 'all', 'plain');

/** What those may do who look at everything and see people masked. */
export const observerGrants = (profile: RegistryProfile): readonly Grant[] =>
  granted(profile, ['read', 'reveal'], 'all', 'masked');
