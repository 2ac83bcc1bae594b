import { notFound } from '#kernel/contract/failure.ts';
import type { CallContext, Handlers } from '#kernel/contract/mount.ts';
import { listSteps } from '#kernel/lifecycle/step.store.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import { inWords } from '#practices/registry/model/entry-comparison.ts';
import { textAt } from '#practices/registry/model/entry-sections.ts';
import { findEntry, type LoadedEntry } from '#practices/registry/server/entry.store.ts';
import { rowsFor } from '#practices/registry/server/entry-rows.ts';
import { detailsOf, stateOf } from '#practices/registry/server/entry-view.ts';
import type { RegistryDesk } from '#practices/registry/server/registry-desk.ts';
import { basisOf, certificateRows, paperRows, papers } from '../model/documents.ts';
import type { qualificationContract } from '../model/qualification.contract.ts';
import { writtenOf } from '../model/written.ts';
import { paperFile } from './papers.ts';

const authority = '上海市商务委员会';

const load = async (desk: RegistryDesk, context: CallContext, id: string) => {
  const { profile, db, crypto, organisations } = desk;
  const loaded = await findEntry(db, { profile, crypto }, id, await rowsFor(desk, context, 'read'));
  const organisation = loaded && (await organisations.find(db, loaded.row.organisation_id));
  if (!loaded || !organisation) throw notFound();
  return { loaded, organisation };
};

const factsOf = ({ profile }: RegistryDesk, { snapshot: { record } }: LoadedEntry) => {
  const sections = record.standing?.sections;
  const number = sections && textAt(sections, profile.number);
  if (!sections || !number) return null;
  const text = (section: string, field: string): string => textAt(sections, { section, field }) ?? '—';
  const capacity = profile.sections.capacity?.fields.yearlyCapacity;
  return {
    certificateNo: number,
    legalRepresentative: text('basic', 'legalRepresentative'),
    registeredAddress: text('basic', 'registeredAddress'),
    siteAddress: text('site', 'siteAddress'),
    yearlyCapacity: capacity ? inWords(capacity, sections.capacity?.yearlyCapacity, 'plain') : '—',
    newEnergy: sections.site?.dismantlesNewEnergy === true,
    issuedOn: text('certificate', 'issuedOn'),
    validUntil: text('certificate', 'validUntil'),
  };
};

const writtenDay = (day: string): string => day.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$1年$2月$3日');

/** Handlers of the papers of a qualification. Names and numbers on them are published; nothing personal is printed. Source: tender R10, R11. */
export const paperHandlers = (desk: RegistryDesk, demo: boolean): Handlers<typeof qualificationContract> => ({
  certificatePdf: async ({ id }, context) => {
    const { loaded, organisation } = await load(desk, context, id);
    const facts = factsOf(desk, loaded);
    if (!facts) return context.fail('NOT_QUALIFIED');
    const { name, creditCode } = organisation;
    return paperFile({
      title: '报废机动车回收拆解企业资质认定书',
      number: facts.certificateNo,
      rows: certificateRows({ ...facts, name, creditCode }),
      heightPt: 250,
      sealed: `${authority}（章）`,
      day: writtenDay(facts.issuedOn),
      foot: `有效期内以资质系统登记为准；停业整顿、吊销、撤销、注销后不得凭本认定书受理车辆`,
      printedBy: context.subject.name,
      now: context.now,
      demo,
      across: true,
    });
  },
  documentPdf: async ({ id, seq }, context) => {
    const { profile, db } = desk;
    const { loaded, organisation } = await load(desk, context, id);
    const step = (await listSteps(db, profile.id, id)).find((one) => one.seq === seq);
    const paper = step && Object.hasOwn(papers, step.action) ? papers[step.action] : undefined;
    const flow = profile.flow();
    const action = step && flow.lifecycle.actions[step.action];
    if (!step || !paper || !action) return context.fail('NO_DOCUMENT');
    const { record } = loaded.snapshot;
    const { name, creditCode } = organisation;
    // Steps from before papers noted whom they name are printed with what is known today.
    const today = { name, creditCode, certificateNo: textAt(record.sections, profile.number) };
    const { decisionNo, reason, ground } = step.input;
    return paperFile({
      title: paper.title,
      number: typeof decisionNo === 'string' ? decisionNo : null,
      rows: paperRows(
        {
          details: detailsOf(flow.forms[step.action] ?? {}, step.input),
          reason: typeof reason === 'string' && reason !== '' ? reason : null,
          fromTitle: stateOf(profile, step.fromState).title,
          toTitle: stateOf(profile, step.toState).title,
        },
        writtenOf(record).addressees[step.version] ?? today,
        basisOf(step.action, ground, action.source),
        paper.remedy,
      ),
      heightPt: 500,
      sealed: `${authority}（章）`,
      day: writtenDay(shanghaiDay(step.at)),
      foot: `办理人 ${step.actorName}；第 ${step.seq} 步，签名摘要 ${step.digest.slice(0, 16)}`,
      printedBy: context.subject.name,
      now: context.now,
      demo,
      across: false,
    });
  },
});
