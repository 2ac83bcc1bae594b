import { enforcement } from '#connectors/enforcement/exchanges.ts';
import { type ExchangesOf, messageTo, type ResponseOf } from '#kernel/connector/connector.ts';
import { shanghaiDay } from '#kernel/time/shanghai.ts';
import {
  type EnforcementEventView,
  endedCases,
  enforcementKind,
  enforcementMark,
  inspectionKind,
} from '../model/enforcement.ts';
import type { KeptEvent } from './event.store.ts';
import { eventSource, yearsBefore } from './event-source.ts';

/** Rows of `enforcement_event`. Nobody is named there. */
interface EnforcementEventTable extends KeptEvent {
  event_no: string;
  case_no: string;
  kind: string;
  happened_on: string;
  department: string;
  matter: string;
  state: string;
  result: string | null;
}

type Answer = ResponseOf<ExchangesOf<typeof enforcement>['list-events']>;

/** Events older than this are not asked for. Assumption: five years, after which most violations are not punished any more (行政处罚法第三十六条; continuing ones count from their end). */
const askedYears = 5;

const askedSince = (now: Date): string => yearsBefore(shanghaiDay(now), askedYears);

const isOpen = (state: string): boolean => !endedCases.includes(state);

const viewOf = (row: EnforcementEventTable, now: Date): EnforcementEventView => ({
  eventNo: row.event_no,
  caseNo: row.case_no,
  kind: row.kind,
  happenedOn: row.happened_on,
  department: row.department,
  matter: row.matter,
  result: row.result,
  // What is not asked for any more, or not told any more, may have ended since.
  open:
    row.kind === inspectionKind || row.gone_at !== null || row.happened_on < askedSince(now) ? null : isOpen(row.state),
  withdrawn: row.gone_at !== null,
});

/** Events of enforcement, asked of the enforcement system. Source: tender R13. */
export const enforcementSource = eventSource({
  kind: enforcementKind,
  shelf: {
    table: 'elv_qualification.enforcement_event',
    number: 'event_no',
    happened: 'happened_on',
    from: (day) => day,
    told: ['case_no', 'state', 'kind'],
  },
  asking: 'elv_qualification.enforcement_asking',
  askedSince,
  message: (question) => messageTo(enforcement, 'list-events', question),
  read: (answer) => {
    const { events, updatedAt } = answer as Answer;
    const told = events.map((one) => ({
      event_no: one.eventNo,
      case_no: one.caseNo,
      // A long word must not hide all events: it is shown as far as it goes.
      kind: one.kind.slice(0, 40),
      happened_on: one.happenedOn,
      department: one.department.slice(0, 100),
      matter: one.matter.slice(0, 2_000),
      state: one.state.slice(0, 40),
      result: one.result?.slice(0, 500) || null,
    }));
    return { events: told, asOf: updatedAt };
  },
  refusal: (code, message) => `执法系统未能答复（${code} ${message}），请重新查询`,
  view: viewOf,
  summary: (tallies, since) => {
    const casesOf = (some: typeof tallies): number => new Set(some.map(({ case_no: no }) => no)).size;
    const inCases = tallies.filter(({ kind }) => kind !== inspectionKind);
    const cases = { all: casesOf(inCases), open: casesOf(inCases.filter(({ state = '' }) => isOpen(state))) };
    const inspections = tallies.reduce((sum, { kind, count }) => sum + (kind === inspectionKind ? count : 0), 0);
    return { cases, inspections, since };
  },
  mark: {
    word: enforcementMark,
    without: { kind: [inspectionKind], state: endedCases },
    when: ({ cases }) => cases.open > 0,
  },
});
