import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { overlaid, pathOf } from '#web-kit/autosave-queue.ts';
import { fieldMarksOf } from '#web-kit/field-marks.ts';
import type { FormContext } from '#web-kit/form-field.ts';
import { anchorOf } from '#web-kit/jump.ts';
import matter from '#web-kit/matter.module.css';
import { ReasonDialog } from '#web-kit/ReasonDialog.tsx';
import { SaveState } from '#web-kit/SaveState.tsx';
import { SchemaForm, SchemaRead } from '#web-kit/SchemaForm.tsx';
import type { EntrySectionView } from '../../model/registry.views.ts';
import { useOpenEntry } from './entry-context.tsx';

const reasons = ['核查举报线索', '联系企业核实', '监督检查需要'];

/** A masked value with a way to see it plain: asks for the reason, which is put down with who looked. Gone when the page is left. */
const Revealed = ({
  section,
  field,
  title,
  masked,
}: {
  section: string;
  field: string;
  title: string;
  masked: string;
}) => {
  const { registry, view } = useOpenEntry();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const reveal = useMutation({
    mutationFn: () => registry.api.reveal({ id: view.id, section, field, reason }),
    onSuccess: () => setAsking(false),
  });
  if (reveal.data) return <strong>{reveal.data.value}</strong>;
  return (
    <>
      {masked}
      <Button type="link" size="small" onClick={() => setAsking(true)} aria-label={`查看${title}的明文`}>
        看明文
      </Button>
      {asking && (
        <ReasonDialog
          question={{
            title: `查看${title}`,
            consequence: '查看的人、时间和原因会记入日志，供安全审计员查阅。',
            ask: 'reason',
            tone: 'primary',
            templates: reasons,
          }}
          reason={reason}
          setReason={setReason}
          busy={reveal.isPending}
          failure={reveal.error ? failureOf(reveal.error) : null}
          notes={[]}
          confirm={() => reveal.mutate()}
          close={() => setAsking(false)}
        />
      )}
    </>
  );
};

const Form = ({ section }: { section: EntrySectionView }) => {
  const { registry, save, saver, opened, left, leave, tried, steps, files } = useOpenEntry();
  const fields = registry.profile.sections[section.id]?.fields ?? {};
  const values = overlaid(section.values, save.queue, section.id);
  const form: FormContext = {
    section: section.id,
    values,
    marksOf: fieldMarksOf({
      section: { ...section, warnings: [] },
      fields,
      values,
      queue: save.queue,
      opened: opened[section.id] ?? {},
      left,
      tried,
      problems: steps.trouble?.failure.problems ?? [],
    }),
    onChange: (field, value) => saver.type({ section: section.id, field, base: section.values[field] }, value),
    onLeave: (field) => leave(pathOf(section.id, field)),
    onSettle: (field, keep) => saver.settle(pathOf(section.id, field), keep),
    onDrop: (field) => saver.drop(pathOf(section.id, field)),
    pictureOf: files.address,
  };
  return <SchemaForm fields={fields} form={form} />;
};

const Read = ({ section }: { section: EntrySectionView }) => {
  const { registry, view } = useOpenEntry();
  const fields = registry.profile.sections[section.id]?.fields ?? {};
  const own = (name: string, value: unknown) => {
    const field = fields[name];
    const masked = view.mayReveal && field?.sensitivity !== 'open' && typeof value === 'string' && value.includes('*');
    return field && masked ? (
      <Revealed section={section.id} field={name} title={field.title} masked={value} />
    ) : undefined;
  };
  return <SchemaRead fields={fields} section={section.id} values={section.values} own={own} />;
};

/** The parts of an entry: forms while it is being filled, else to read. */
export const EntrySections = () => {
  const { view, save } = useOpenEntry();
  return view.sections.map((section) => (
    <section
      key={section.id}
      className={matter.section}
      id={anchorOf(section.id)}
      aria-labelledby={`title-${section.id}`}
    >
      <div className={matter.sectionHead}>
        <h2 id={`title-${section.id}`}>{section.title}</h2>
        {section.editable && (
          <span className={matter.saveState}>
            <SaveState status={save.status} savedAt={save.savedAt} mirrored={save.mirrored} />
          </span>
        )}
      </div>
      <div className={matter.sectionBody}>
        {section.editable ? <Form section={section} /> : <Read section={section} />}
      </div>
    </section>
  ));
};
