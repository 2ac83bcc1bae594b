import { Button } from 'antd';
import { fieldText } from '#web-kit/field-text.ts';
import { jumpTo } from '#web-kit/jump.ts';
import matter from '#web-kit/matter.module.css';
import { useOpenEntry } from './entry-context.tsx';

const Problems = () => {
  const { steps } = useOpenEntry();
  const { trouble, asked } = steps;
  if (!trouble || asked) return null;
  const { failure, ability, meanwhile } = trouble;
  return (
    <div className={`${matter.banner} ${matter.danger}`} role="alert">
      <strong>
        “{ability.title}”没有办成：{failure.message}
      </strong>
      <ul>
        {failure.problems
          .filter(({ message }) => message !== failure.message)
          .map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path === '' ? (
                message
              ) : (
                <button type="button" className={matter.jump} onClick={() => jumpTo(path)}>
                  {message}
                </button>
              )}
            </li>
          ))}
        {meanwhile.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <Button size="small" onClick={steps.forget}>
        知道了
      </Button>
    </div>
  );
};

/** What was typed into an entry that can no longer be changed: kept in sight until the person has taken note of it. */
const StrandedTyping = () => {
  const { registry, view, save, saver } = useOpenEntry();
  const closed = new Set(view.sections.filter(({ editable }) => !editable).map(({ id }) => id));
  const stranded = Object.values(save.queue).filter(({ section, state }) => closed.has(section) && state !== 'sending');
  if (stranded.length === 0) return null;
  return (
    <div className={`${matter.banner} ${matter.danger}`} role="alert">
      <strong>以下填写内容没有保存，因为登记信息现在不能修改：</strong>
      <ul>
        {stranded.map(({ section, field, now }) => {
          const known = registry.profile.sections[section]?.fields[field];
          return (
            <li key={`${section}.${field}`}>
              {known?.title ?? field}：{known ? fieldText(known, now) : String(now)}
              <button type="button" className={matter.jump} onClick={() => saver.drop(`${section}.${field}`)}>
                不要了
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
};

const Notes = () => {
  const { view } = useOpenEntry();
  return view.notes.map(({ key, tone, title, text }) => (
    <div key={key} className={`${matter.banner} ${tone === 'quiet' ? '' : matter[tone]}`} role="note">
      <strong>{title}</strong>
      <span className={matter.words}>{text}</span>
    </div>
  ));
};

const Validity = () => {
  const { registry, view } = useOpenEntry();
  const { standing, validUntil, daysLeft } = view.validity;
  if (view.standing === null || standing === 'valid' || standing === 'none') return null;
  const lapsed = standing === 'lapsed';
  return (
    <div className={`${matter.banner} ${lapsed ? matter.danger : matter.returned}`} role="note">
      <strong>{lapsed ? '证书已过有效期' : '证书即将到期'}：</strong>
      有效期至 {validUntil}，{lapsed ? `已过 ${-(daysLeft ?? 0)} 天` : `还有 ${daysLeft} 天`}；
      {registry.flow.words.renewal}
    </div>
  );
};

/** Refused steps, stranded typing, why the entry came back, what must be known, and a paper that lapses, in the order they matter. */
export const EntryBanners = () => {
  const { registry, view } = useOpenEntry();
  return (
    <>
      <Problems />
      <StrandedTyping />
      {view.returnReason && (
        <div className={`${matter.banner} ${matter.returned}`} role="note">
          <strong>{registry.flow.reasonTitle(view.state, view.standing !== null)}</strong>
          <span className={matter.words}>{view.returnReason}</span>
        </div>
      )}
      <Notes />
      <Validity />
    </>
  );
};
