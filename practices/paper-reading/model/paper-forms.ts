import { businessLicence } from './forms/business-licence.ts';
import { identityCardFront } from './forms/identity-card.ts';
import { registrationCertificate } from './forms/registration-certificate.ts';
import { vehicleLicenceDuplicate, vehicleLicenceMain } from './forms/vehicle-licence.ts';
import type { PaperForm } from './paper-form.ts';

/** Every paper that can be read, by its kind; whose identity card it is makes no difference to reading it. */
export const readablePapers: Readonly<Record<string, PaperForm>> = Object.freeze({
  'vehicle-licence-main': vehicleLicenceMain,
  'vehicle-licence-duplicate': vehicleLicenceDuplicate,
  'registration-certificate-p12': registrationCertificate,
  'id-card-front': identityCardFront,
  'agent-id-card-front': identityCardFront,
  'collector-id-card-front': identityCardFront,
  'business-licence': businessLicence,
});

/** The form of a paper kind; undefined for papers that are photographed only. */
export const findPaperForm = (paper: string): PaperForm | undefined =>
  Object.hasOwn(readablePapers, paper) ? readablePapers[paper] : undefined;
