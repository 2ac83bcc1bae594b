import { linkOptions } from '@tanstack/react-router';
import { registryWebOf } from '#practices/registry/web/registry-web.ts';
import { dismantlerRegistry } from '../model/dismantler.profile.ts';

/** The registry of dismantlers as its pages work with it. */
export const dismantlers = registryWebOf(dismantlerRegistry, {
  list: (search) => linkOptions({ to: '/elv/dismantlers', search }),
  entry: (entryId) => linkOptions({ to: '/elv/dismantlers/$entryId', params: { entryId } }),
  imports: (id) => linkOptions({ to: '/elv/dismantlers/import', search: id === undefined ? {} : { id } }),
});
