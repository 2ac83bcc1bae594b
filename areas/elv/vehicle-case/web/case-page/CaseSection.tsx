import DownOutlined from '@ant-design/icons/DownOutlined';
import RightOutlined from '@ant-design/icons/RightOutlined';
import type { Fields } from '#kernel/fields/field.ts';
import { overlaid } from '#web-kit/autosave-queue.ts';
import { warningOf } from '#web-kit/field-marks.ts';
import { formatMoment } from '#web-kit/format.ts';
import { anchorOf } from '#web-kit/jump.ts';
import matter from '#web-kit/matter.module.css';
import { PhotoGrid } from '#web-kit/PhotoGrid.tsx';
import { type PhotoPlace, photoProgress } from '#web-kit/photo-slot.ts';
import { SaveState } from '#web-kit/SaveState.tsx';
import { SchemaRead } from '#web-kit/SchemaForm.tsx';
import { sections } from '../../model/vehicle-case.fields.ts';
import type { CaseView, SectionId } from '../../model/vehicle-case.views.ts';
import { AssembliesRead } from './Assemblies.tsx';
import { AssertedTag } from './AssertedIdentity.tsx';
import { useOpenCase } from './case-context.tsx';
import styles from './case-page.module.css';
import { Revealed } from './Revealed.tsx';
import { SectionForm } from './SectionForm.tsx';
import { fieldProgress, type SectionView } from './sections-shown.ts';

/** The places of a section: those the vehicle asks for now, and those that hold a photograph although they are asked for no more. */
const placesOf = (view: CaseView, section: SectionId, editable: boolean): readonly PhotoPlace[] => {
  const slots = view.slots.filter((slot) => slot.section === section);
  const photos = view.photos.filter((photo) => photo.section === section);
  const known = new Set(slots.map(({ part }) => part));
  const extra = new Map(photos.filter(({ part }) => !known.has(part)).map(({ part, title }) => [part, title]));
  const asked = editable
    ? slots
    : slots.filter(({ part, required }) => required || photos.some((photo) => photo.part === part));
  return [...asked, ...[...extra].map(([part, title]) => ({ part, title, hint: '', required: false, many: false }))];
};

const Photographs = ({ section }: { section: SectionView }) => {
  const { view, uploads, photos } = useOpenCase();
  const places = placesOf(view, section.id, section.editable);
  if (places.length === 0) return null;
  return (
    <PhotoGrid
      places={places}
      photos={view.photos.filter((photo) => photo.section === section.id)}
      uploads={uploads}
      act={photos}
      editable={section.editable}
    />
  );
};

const ReadOnly = ({ section }: { section: SectionView }) => {
  const { view } = useOpenCase();
  const fields: Fields = sections[section.id].fields;
  const own = (name: string, value: unknown) => {
    if (name === 'assemblies') return <AssembliesRead value={value} />;
    const field = fields[name];
    const masked = view.mayReveal && field?.sensitivity !== 'open' && typeof value === 'string' && value.includes('*');
    if (!field || !masked) return undefined;
    return <Revealed section={section.id} field={name} title={field.title} masked={value} />;
  };
  return (
    <SchemaRead
      fields={fields}
      section={section.id}
      values={section.values}
      own={own}
      warningOf={(name) => warningOf(section.warnings, name)}
    />
  );
};

const HandOver = () => {
  const { view } = useOpenCase();
  if (view.handedOverAt === null) return null;
  return (
    <p className={styles.handOver}>
      交车时间 <strong>{formatMoment(view.handedOverAt)}</strong>
      <span>以首张拖车单上传到服务器的时间为准</span>
    </p>
  );
};

const ProgressText = ({ section }: { section: SectionView }) => {
  const { view, save } = useOpenCase();
  const fields = fieldProgress(sections[section.id].fields, overlaid(section.values, save.queue, section.id));
  const photos = photoProgress(
    view.slots.filter((slot) => slot.section === section.id),
    view.photos,
  );
  const whole = fields.filled === fields.asked && photos.filled === photos.required;
  return (
    <span className={whole ? styles.whole : styles.progress}>
      {fields.asked > 0 && `填写 ${fields.filled}/${fields.asked} 项`}
      {photos.required > 0 && ` 照片 ${photos.filled}/${photos.required} 处`}
      {whole && ' 已齐'}
    </span>
  );
};

const Body = ({ section }: { section: SectionView }) => (
  <div className={styles.sectionBody}>
    {section.id === 'tow' && <HandOver />}
    <Photographs section={section} />
    {section.editable ? <SectionForm section={section} /> : <ReadOnly section={section} />}
  </div>
);

/** One part of the case: its photographs and its fields, to fill in or to read. */
export const CaseSection = ({ section }: { section: SectionView }) => {
  const { isOpen, toggle, save } = useOpenCase();
  const open = isOpen(section.id);
  return (
    <section className={matter.section} id={anchorOf(section.id)} aria-labelledby={`title-${section.id}`}>
      <div className={matter.sectionHead}>
        <h2 id={`title-${section.id}`}>
          <button type="button" className={styles.fold} aria-expanded={open} onClick={() => toggle(section.id)}>
            {open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />}
            {section.title}
          </button>
        </h2>
        <AssertedTag section={section.id} />
        {section.editable && <ProgressText section={section} />}
        {section.editable && (
          <span className={matter.saveState}>
            <SaveState status={save.status} savedAt={save.savedAt} mirrored={save.mirrored} />
          </span>
        )}
      </div>
      {open && <Body section={section} />}
    </section>
  );
};
