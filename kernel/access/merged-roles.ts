import type { Role } from './access.ts';

/** Roles as the features contribute to them: what several say of one id is put together; the first to name it says what it is called. */
export const mergedRoles = (roles: readonly Role[]): readonly Role[] =>
  [...Map.groupBy(roles, ({ id }) => id).values()].map((parts) => {
    const [first] = parts;
    if (!first) throw new Error('a group without members');
    const together = (pick: (role: Role) => readonly string[] | undefined): readonly string[] => [
      ...new Set(parts.flatMap((part) => pick(part) ?? [])),
    ];
    return {
      ...first,
      parents: together(({ parents }) => parents),
      excludes: together(({ excludes }) => excludes),
      grants: parts.flatMap(({ grants }) => grants),
    };
  });
