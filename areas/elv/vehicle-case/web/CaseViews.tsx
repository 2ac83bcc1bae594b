import CloseOutlined from '@ant-design/icons/CloseOutlined';
import StarOutlined from '@ant-design/icons/StarOutlined';
import { Link } from '@tanstack/react-router';
import { Button, Input, Popover } from 'antd';
import { type FormEvent, useState } from 'react';
import { useRemembered } from '#web-kit/remembered.ts';
import styles from './case-list.module.css';
import type { CaseListSearch } from './case-list-search.ts';
import { type SavedView, sameView, savedViews, standingViews, withView } from './saved-views.ts';

const ViewLink = ({ view, search }: { view: SavedView; search: CaseListSearch }) => (
  <Link
    to="/elv/vehicle-cases"
    search={view.search}
    className={styles.view}
    activeOptions={{ exact: true }}
    data-chosen={sameView(view.search, search)}
  >
    {view.name}
  </Link>
);

const SaveView = ({ onSave }: { onSave: (name: string) => void }) => {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    onSave(name.trim());
    setName('');
    setOpen(false);
  };
  const form = (
    <form className={styles.saveView} onSubmit={save}>
      <Input
        autoFocus
        aria-label="视图名称"
        placeholder="例如 本周外地车"
        maxLength={20}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="primary" htmlType="submit" disabled={name.trim() === ''}>
        保存
      </Button>
    </form>
  );
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      open={open}
      onOpenChange={setOpen}
      title="把当前筛选存为视图"
      content={form}
      destroyOnHidden
    >
      <Button type="text" size="small" icon={<StarOutlined aria-hidden />}>
        存为视图
      </Button>
    </Popover>
  );
};

/** The views of the list: everybody's and the person's own, each a link; the present filters can be kept under a name. */
export const CaseViews = ({ search }: { search: CaseListSearch }) => {
  const [views, setViews] = useRemembered('elv.case-list.views', savedViews, []);
  const known = [...standingViews, ...views].some((view) => sameView(view.search, search));
  return (
    <nav aria-label="列表视图" className={styles.views}>
      {standingViews.map((view) => (
        <ViewLink key={view.name} view={view} search={search} />
      ))}
      {views.map((view) => (
        <span key={view.name} className={styles.ownView}>
          <ViewLink view={view} search={search} />
          <button
            type="button"
            className={styles.dropView}
            aria-label={`删除视图 ${view.name}`}
            title={`删除视图 ${view.name}`}
            onClick={() => setViews(views.filter(({ name }) => name !== view.name))}
          >
            <CloseOutlined aria-hidden />
          </button>
        </span>
      ))}
      {!known && <SaveView onSave={(name) => setViews(withView(views, name, search))} />}
    </nav>
  );
};
