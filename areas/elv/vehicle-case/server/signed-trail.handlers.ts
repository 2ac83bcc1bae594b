import { Readable } from 'node:stream';
import { notFound } from '#kernel/contract/failure.ts';
import type { Handlers } from '#kernel/contract/mount.ts';
import { widened } from '#kernel/lifecycle/lifecycle.ts';
import { signedTrail, trailSealOwner } from '#kernel/lifecycle/signed-trail.ts';
import { listSteps } from '#kernel/lifecycle/step.store.ts';
import type { signedTrailContract } from '../model/signed-trail.contract.ts';
import { vehicleCase } from '../model/vehicle-case.lifecycle.ts';
import { accessRowOf, ownerView } from './case-access.ts';
import type { CaseDesk } from './case-desk.ts';
import { trailDocument } from './signed-trail-document.ts';
import { findCase } from './vehicle-case.store.ts';

const lifecycle = widened(vehicleCase);

const titlesOf = (named: Readonly<Record<string, { readonly title: string }>>): Record<string, string> =>
  Object.fromEntries(Object.entries(named).map(([name, { title }]) => [name, title]));

const words = { actions: titlesOf(lifecycle.actions), states: titlesOf(lifecycle.states) };

/** The signed trail of a case as JSON, or as PDF with the JSON attached. Source: tender R55 (5), T5.7. */
export const signedTrailHandlers = ({
  db,
  crypto,
  access,
  signer,
}: CaseDesk): Handlers<typeof signedTrailContract> => ({
  signedTrail: async ({ id, form }, { subject, now, fail }) => {
    const loaded = await findCase(db, crypto, id, access.rowFilter(subject, 'elv.vehicle-case:read'));
    if (!loaded) throw notFound();
    // What a step changed of a person stands in it masked, and is signed so: nothing can be taken out for this reader.
    const view = access.fieldViews(subject, 'elv.vehicle-case:read', accessRowOf(loaded.row));
    if (ownerView(view) === 'hidden') return fail('MASKED');
    const caseNo = loaded.row.case_no;
    const about = { caseType: lifecycle.id, caseId: id, caseNo, madeBy: subject.name, words, madeAt: now };
    const steps = await listSteps(db, lifecycle.id, id);
    const keys = steps.flatMap(({ publicKey }) => publicKey ?? []);
    const trail = await signedTrail(about, steps, {
      sign: (digest) => signer.sign(db, trailSealOwner, digest),
      certificates: await signer.certificates(db, keys, trailSealOwner),
    });
    const text = `${JSON.stringify(trail, null, 2)}\n`;
    const disposition = 'attachment';
    if (form === 'json')
      return {
        stream: Readable.from([text]),
        mediaType: 'application/json; charset=utf-8',
        fileName: `办理签名记录 ${caseNo}.json`,
        disposition,
      };
    return {
      stream: await trailDocument(trail, text),
      mediaType: 'application/pdf',
      fileName: `办理签名记录 ${caseNo}.pdf`,
      disposition,
    };
  },
});
