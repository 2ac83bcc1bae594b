import { type ReactNode, useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { type AnyDraft, type Field, type Fields, faultsOf } from '#kernel/fields/field.ts';
import { PlateMark } from '#web-kit/PlateMark.tsx';
import { Screen } from '#web-kit/phone/Screen.tsx';
import { dismantlingFields, entryFields, towFields } from '../model/yard.fields.ts';
import type { YardSection } from '../model/yard-section.ts';
import type { YardTask } from '../model/yard-task.contract.ts';
import { FieldRow, Trouble } from './FieldRow.tsx';
import styles from './form.module.css';
import { AssemblyRows, CodeRows } from './ListRows.tsx';
import { QueueBar } from './QueueBar.tsx';
import { SubmitFoot } from './SubmitFoot.tsx';
import { useTask } from './use-task.tsx';
import { useYard, useYardView } from './yard-context.ts';
import type { WaitingText } from './yard-shelf.ts';
import { sectionTitles, yardPaths } from './yard-words.ts';

// The content policy forbids compiling code at run time.
z.config({ jitless: true });

const fieldsOfSection: Readonly<Record<YardSection, Fields>> = {
  tow: towFields,
  entry: entryFields,
  dismantling: dismantlingFields,
};

const draftOf = (task: YardTask, text: WaitingText | undefined): AnyDraft => ({
  ...task.values,
  ...Object.fromEntries(Object.entries(text?.changes ?? {}).map(([name, { now }]) => [name, now])),
});

/** Electric vehicles alone have batteries to account for. */
const isAsked = (name: string, task: YardTask): boolean =>
  !name.startsWith('battery') ||
  task.slots.some(({ part }) => part === 'traction-battery' || part === 'battery-statement');

const list = (name: string, field: Field, task: YardTask, draft: AnyDraft, put: (value: unknown) => void): ReactNode =>
  name === 'assemblies' ? (
    <AssemblyRows kinds={task.assemblies} value={draft[name]} onChange={put} />
  ) : (
    <CodeRows title={field.title} value={draft[name]} onChange={put} />
  );

/** Calls when nothing more has been typed for a while, and when the screen is left. */
const useSoon = (act: () => void): (() => void) => {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(act);
  latest.current = act;
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      latest.current();
    },
    [],
  );
  return () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current(), 1_200);
  };
};

const Form = ({ task }: { readonly task: YardTask }) => {
  const yard = useYard();
  const { texts } = useYardView();
  const sendSoon = useSoon(yard.send);
  const [trouble, setTrouble] = useState<string>();
  const text = texts.find(({ caseId, section }) => caseId === task.caseId && section === task.section);
  const fields = fieldsOfSection[task.section];
  const draft = draftOf(task, text);
  const faults = faultsOf(fields, draft);
  const put = (name: string) => (value: unknown) => {
    yard
      .type(task, name, value)
      .then(sendSoon, () => setTrouble('填写的内容没有存下来：本机空间不足或浏览器不允许保存'));
  };
  return (
    <Screen
      up={yardPaths.task(task.caseId)}
      title={<PlateMark plateNo={task.plateNo} plateTypeCode={task.plateTypeCode} size="head" />}
      foot={<SubmitFoot task={task} text={text} />}
    >
      <QueueBar />
      <h2 className={styles.title}>{sectionTitles[task.section]}信息</h2>
      {trouble && <p role="alert">{trouble}</p>}
      {Object.entries(fields)
        .filter(([name]) => isAsked(name, task))
        .map(([name, field]) => {
          const fault = faults.find((one) => one.field === name)?.message;
          const choose = (own: boolean): void => text && void yard.choose(text.id, name, own);
          return field.kind === 'list' ? (
            <fieldset key={name} className={styles.field}>
              <legend>{field.title}</legend>
              {field.hint && <p className={styles.hint}>{field.hint}</p>}
              {list(name, field, task, draft, put(name))}
              {fault && <p className={styles.fault}>{fault}</p>}
              <Trouble trouble={text?.trouble[name]} onChoose={choose} />
            </fieldset>
          ) : (
            <FieldRow
              key={name}
              field={field}
              value={draft[name]}
              fault={fault}
              trouble={text?.trouble[name]}
              onChange={put(name)}
              onChoose={choose}
            />
          );
        })}
    </Screen>
  );
};

/** What the section needs beside photographs, kept on the phone as it is typed, and handing it in. Source: tender R03, R04. */
export const FormScreen = ({ caseId }: { readonly caseId: string }) => {
  const { task, absent } = useTask(caseId);
  return task ? <Form key={`${caseId}/${task.section}`} task={task} /> : absent;
};
