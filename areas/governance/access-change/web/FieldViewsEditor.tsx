import DeleteOutlined from '@ant-design/icons/DeleteOutlined';
import PlusOutlined from '@ant-design/icons/PlusOutlined';
import { Button, Select } from 'antd';
import type { FieldView } from '#kernel/access/access.ts';
import { namedMenu } from '#web-kit/named-menu.tsx';
import { viewTitles } from './access-words.ts';
import styles from './role-editor.module.css';

type Views = Readonly<Record<string, FieldView>>;

const viewChoices = (['plain', 'masked', 'hidden'] as const).map((value) => ({ value, label: viewTitles[value] }));

/** Shows single values otherwise than the rest of what a permission shows. Nothing where a permission shows none. Source: tender R44 (3). */
export const FieldViewsEditor = ({
  views,
  titles,
  usual,
  onChange,
}: {
  views: Views;
  /** What the values are called that may be set apart. */
  titles: Readonly<Record<string, string>>;
  /** How the rest is shown. */
  usual: FieldView;
  onChange: (views: Record<string, FieldView>) => void;
}) => {
  const apart = Object.entries(views);
  const free = Object.keys(titles).filter((field) => !Object.hasOwn(views, field));
  const [next] = free;
  if (apart.length === 0 && next === undefined) return null;
  const replace = (old: string, field: string, view: FieldView): void =>
    onChange(Object.fromEntries(apart.map((one) => (one[0] === old ? [field, view] : one))));
  return (
    <div className={styles.fieldViews}>
      {apart.map(([field, view]) => (
        <div key={field} className={styles.fieldView}>
          <Select
            aria-label="单独设置的字段"
            showSearch={{ optionFilterProp: 'label' }}
            value={field}
            popupRender={namedMenu('单独设置的字段')}
            options={[field, ...free].map((value) => ({ value, label: titles[value] ?? value }))}
            onChange={(other: string) => replace(field, other, view)}
          />
          <Select
            aria-label="这个字段的显示"
            value={view}
            popupRender={namedMenu('这个字段的显示')}
            options={viewChoices}
            onChange={(other: FieldView) => replace(field, field, other)}
          />
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden />}
            aria-label="不再单独设置这个字段"
            onClick={() => onChange(Object.fromEntries(apart.filter(([other]) => other !== field)))}
          />
        </div>
      ))}
      {next !== undefined && (
        <Button
          size="small"
          type="link"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => onChange({ ...views, [next]: usual === 'hidden' ? 'masked' : 'hidden' })}
        >
          单独设置字段
        </Button>
      )}
    </div>
  );
};
