import type { RegistryCase, RegistryRecord } from '#practices/registry/model/registry-record.ts';

/** How a qualification ended. The four are different acts of law; 停业整顿 ends nothing and is not among them. */
export type EndKind = 'revoked' | 'annulled' | 'cancelled';

/** A message to the enterprise: what happened, who else was told, and when the enterprise took note. Times ISO. */
export interface Notice {
  readonly title: string;
  readonly text: string;
  readonly departments: readonly string[];
  readonly at: string;
  readonly receivedAt: string | null;
}

/** The enterprise must stop until the end of a day. */
export interface Suspension {
  readonly decisionNo: string;
  readonly from: string;
  readonly until: string;
  /** When the enterprise was told of its right to be heard, and how that ended. */
  readonly noticedOn: string;
  readonly heard: string;
}

/** The way to a revocation: told, asked for, appointed, held. `askUntil` is set by the calendar in the same step. */
export interface Hearing {
  readonly offeredAt: string;
  readonly askUntil: string | null;
  readonly requestedAt: string | null;
  readonly heldOn: string | null;
}

/** Whom a paper is about. */
export interface Addressee {
  readonly name: string;
  readonly creditCode: string;
  readonly certificateNo: string | null;
}

/** What the steps of a qualification wrote beside the application. Instants ISO, days `yyyy-MM-dd`. */
export interface Written {
  /** When the application, or what was asked for to complete it, came in last. */
  readonly receivedAt: string | null;
  readonly acceptedAt: string | null;
  readonly onSiteSince: string | null;
  readonly onSiteUntil: string | null;
  readonly visitConclusion: string | null;
  readonly extended: boolean;
  readonly suspension: Suspension | null;
  readonly hearing: Hearing | null;
  readonly ended: { readonly kind: EndKind; readonly at: string; readonly barred: boolean } | null;
  /** Until when the enterprise may not apply again; set by the calendar in the step that ends. */
  readonly barredUntil: string | null;
  /** Whom the paper of a step names, by the version the step led to: printed again years later, it says what it said. */
  readonly addressees: Readonly<Record<string, Addressee>>;
  readonly notices: readonly Notice[];
  readonly years: readonly { readonly year: number; readonly conclusion: string }[];
}

const nothing: Written = Object.freeze({
  receivedAt: null,
  acceptedAt: null,
  onSiteSince: null,
  onSiteUntil: null,
  visitConclusion: null,
  extended: false,
  suspension: null,
  hearing: null,
  ended: null,
  barredUntil: null,
  addressees: {},
  notices: [],
  years: [],
});

/** What stands written. Only the actions of this lifecycle write there, so the shape is theirs. */
export const writtenOf = ({ written }: Pick<RegistryRecord, 'written'>): Written => ({
  ...nothing,
  ...(written as Partial<Written> | undefined),
});

/** The record with part of what is written replaced. */
export const write = (record: RegistryCase, part: Partial<Written>): RegistryCase => ({
  ...record,
  written: { ...writtenOf(record), ...part },
});

/** The same with a message to the enterprise. */
export const notify = (
  record: RegistryCase,
  notice: Pick<Notice, 'title' | 'text' | 'departments'>,
  now: Date,
): RegistryCase => {
  const { notices } = writtenOf(record);
  // The newest twenty are looked at; older ones stand in the signed steps for good.
  return write(record, { notices: [...notices.slice(-19), { ...notice, at: now.toISOString(), receivedAt: null }] });
};

/** The certificate the enterprise holds or held; `undefined` before one is granted, and again while it applies anew after an end. */
export const certificateNoOf = ({ standing, sections }: Pick<RegistryCase, 'standing' | 'sections'>): unknown =>
  (standing?.sections ?? sections).certificate?.certificateNo;

/** The suspension that is in force on a day; null when there is none, or its last day has passed. */
export const suspensionOn = ({ suspension }: Pick<Written, 'suspension'>, today: string): Suspension | null =>
  suspension !== null && suspension.until >= today ? suspension : null;
