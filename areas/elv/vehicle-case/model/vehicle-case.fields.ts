import type { Fields } from '#kernel/fields/field.ts';
import { agentFields } from './agent.fields.ts';
import { ownerFields } from './owner.fields.ts';
import { papersFields } from './papers.fields.ts';
import type { SectionId } from './vehicle-case.views.ts';
import { collectionFields, deregistrationFields, dismantlingFields, entryFields, towFields } from './yard.fields.ts';

/** A part of the case that is filled and saved together. */
export interface Section {
  readonly title: string;
  readonly fields: Fields;
}

/** All sections of a vehicle case by id, in the order of the work. */
export const sections: Readonly<Record<SectionId, Section>> = Object.freeze({
  papers: { title: '车证信息', fields: papersFields },
  owner: { title: '所有人', fields: ownerFields },
  agent: { title: '代理人', fields: agentFields },
  tow: { title: '拖车交车', fields: towFields },
  entry: { title: '进场信息', fields: entryFields },
  dismantling: { title: '拆解信息', fields: dismantlingFields },
  deregistration: { title: '注销信息', fields: deregistrationFields },
  collection: { title: '领证人', fields: collectionFields },
});
