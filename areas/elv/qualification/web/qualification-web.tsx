import { linkOptions } from '@tanstack/react-router';
import { registryWebOf } from '#practices/registry/web/registry-web.ts';
import { qualificationRegistry } from '../model/qualification.profile.ts';
import { EnterpriseEvents } from './EnterpriseEvents.tsx';
import { CertificatePanel, paperLink } from './Papers.tsx';

/** The qualifications of dismantlers as their pages work with them. */
export const qualifications = registryWebOf(
  qualificationRegistry,
  {
    list: (search) => linkOptions({ to: '/elv/qualifications', search }),
    entry: (entryId) => linkOptions({ to: '/elv/qualifications/$entryId', params: { entryId } }),
  },
  { aside: CertificatePanel, besideRegister: EnterpriseEvents, besideStep: paperLink },
);
