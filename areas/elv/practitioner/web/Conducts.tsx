import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import type { Fields } from '#kernel/fields/field.ts';
import { tender } from '#kernel/source/source.ts';
import { failureOf } from '#web-kit/api.ts';
import matter from '#web-kit/matter.module.css';
import { newKey } from '#web-kit/new-key.ts';
import { ReasonDialog } from '#web-kit/ReasonDialog.tsx';
import { StateTag, type StateTone } from '#web-kit/StateTag.tsx';
import { Timeline } from '#web-kit/Timeline.tsx';
import { stepsBefore } from '#web-kit/use-steps.ts';
import type { ConductStep } from '../model/conduct.contract.ts';
import { conductFields } from '../model/conduct.fields.ts';
import { type ConductState, correctionInput } from '../model/conduct.lifecycle.ts';
import type { ConductView, PractitionerView } from '../model/practitioner.views.ts';
import { FieldsDialog } from './FieldsDialog.tsx';
import styles from './practitioner.module.css';
import { conductSteps, practitionersKey } from './practitioner-api.ts';

type Ability = ConductView['abilities'][number];

const tones: Readonly<Record<ConductState, StateTone>> = {
  drafted: 'idle',
  recorded: 'done',
  objected: 'ours',
  kept: 'done',
  corrected: 'done',
  struck: 'idle',
};

const templates: Readonly<Record<string, readonly string[]>> = {
  object: ['事实与实际不符', '不是本人所为', '依据的条款不适用'],
  keep: ['经复核，事实清楚、依据充分'],
  strike: ['异议成立，记录有误', '记录对象有误'],
};

const correctionFields: Fields = {
  ...conductFields,
  reason: {
    title: '更正理由',
    source: tender('T2.10'),
    kind: 'long-text',
    sensitivity: 'open',
    schema: correctionInput.shape.reason,
  },
};

/** Sends one step; the server knows which steps there are. */
const take = (one: ConductView, ability: Ability, key: string, input: Record<string, unknown>) =>
  conductSteps[ability.action as ConductStep]({ id: one.id, version: one.version, key, input });

const StepDialog = ({ one, ability, close }: { one: ConductView; ability: Ability; close: () => void }) => {
  const key = useRef(newKey());
  const [reason, setReason] = useState('');
  const client = useQueryClient();
  const step = useMutation({
    mutationFn: () => take(one, ability, key.current, { reason: reason.trim() }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: practitionersKey });
      close();
    },
  });
  const failure = step.error ? failureOf(step.error) : null;
  return (
    <ReasonDialog
      question={{
        title: ability.title,
        consequence: ability.consequence,
        ask: 'reason',
        tone: ability.tone,
        templates: templates[ability.action] ?? [],
      }}
      reason={reason}
      setReason={setReason}
      busy={step.isPending}
      failure={failure}
      notes={failure ? stepsBefore(failure) : []}
      confirm={() => step.mutate()}
      close={close}
    />
  );
};

const Steps = ({ one }: { one: ConductView }) => {
  const [asked, setAsked] = useState<Ability | null>(null);
  const close = (): void => setAsked(null);
  const missing = one.abilities.flatMap((ability) => ability.missing.map(({ message }) => message));
  return (
    <>
      {one.abilities.length > 0 && (
        <div className={styles.acts}>
          {one.abilities.map((ability) => (
            <Button
              key={ability.action}
              data-action={ability.action}
              size="small"
              danger={ability.tone === 'danger'}
              disabled={!ability.ready}
              onClick={() => setAsked(ability)}
            >
              {ability.title}
            </Button>
          ))}
        </div>
      )}
      {[...new Set(missing)].map((message) => (
        <p key={message} className={styles.note}>
          {message}
        </p>
      ))}
      {asked?.input === 'reason' && <StepDialog one={one} ability={asked} close={close} />}
      {asked?.input === 'form' && (
        <FieldsDialog
          title={asked.title}
          note={asked.consequence ?? undefined}
          fields={correctionFields}
          initial={one.facts}
          save={(values, key) => take(one, asked, key, values)}
          close={close}
        />
      )}
    </>
  );
};

const Record = ({ one }: { one: ConductView }) => {
  const [open, setOpen] = useState(false);
  return (
    <li className={styles.record}>
      <div className={styles.recordHead}>
        <h3 className={styles[one.nature]}>{one.kindTitle}</h3>
        {/* Every state of the definition has its tone. */}
        <StateTag tone={tones[one.state as ConductState]} title={one.stateTitle} />
        <span className={styles.note}>{one.facts.occurredOn}</span>
        {one.overdue && <span className={styles.bad}>异议处理已超期</span>}
      </div>
      <p className={styles.note}>依据：{one.facts.basis}</p>
      {one.facts.text !== null && <p>{one.facts.text}</p>}
      {one.original && (
        <p className={`${styles.note} ${styles.said}`}>
          更正前：{one.original.kindTitle}，{one.original.occurredOn}。{one.original.text}（依据：{one.original.basis}）
        </p>
      )}
      {one.statement !== null && <p className={styles.said}>企业异议：{one.statement}</p>}
      {one.decision !== null && <p className={styles.said}>商务委处理：{one.decision}</p>}
      <Steps one={one} />
      <div className={styles.acts}>
        <Button type="link" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? '收起办理记录' : '办理记录'}
        </Button>
      </div>
      {open && <Timeline steps={one.timeline} />}
    </li>
  );
};

/** What the commission has put down of the person's conduct, what the enterprise says of it, and how it was decided. */
export const Conducts = ({ person }: { person: PractitionerView }) => (
  <section className={matter.section} aria-label="行为记录">
    <div className={matter.sectionHead}>
      <h2>行为记录</h2>
    </div>
    <div className={matter.sectionBody}>
      {person.conducts.length === 0 ? (
        <p className={matter.quiet}>没有在使用期限内的行为记录。</p>
      ) : (
        <ul>
          {person.conducts.map((one) => (
            <Record key={one.id} one={one} />
          ))}
        </ul>
      )}
    </div>
  </section>
);
