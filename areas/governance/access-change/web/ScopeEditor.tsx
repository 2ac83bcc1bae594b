import DeleteOutlined from '@ant-design/icons/DeleteOutlined';
import PlusOutlined from '@ant-design/icons/PlusOutlined';
import { Button, Select } from 'antd';
import {
  type Condition,
  type ConditionField,
  type ConditionLine,
  conditionInWords,
  conditionOf,
  predicateOf,
} from '#kernel/access/condition.ts';
import type { Predicate } from '#kernel/access/predicate.ts';
import { shanghaiDistricts } from '#practices/place/model/shanghai-districts.ts';
import { namedMenu } from '#web-kit/named-menu.tsx';
import type { RoleInput } from '../model/access-change.ts';
import { scopeChoices } from './access-words.ts';
import styles from './role-editor.module.css';

type Rows = RoleInput['grants'][number]['rows'];

const optionsOf = (titles: Readonly<Record<string, string>>) =>
  Object.entries(titles).map(([value, label]) => ({ value, label }));

/** Whether the rows of a grant say all they must. */
export const scopeIsWhole = (rows: Rows): boolean => {
  if (typeof rows === 'string') return true;
  if ('districts' in rows) return rows.districts.length > 0;
  const condition = conditionOf(rows.where);
  return condition === null || (condition.lines.length > 0 && condition.lines.every(({ values }) => values.length > 0));
};

const LineEditor = ({
  line,
  fields,
  onChange,
  onDrop,
}: {
  line: ConditionLine;
  fields: readonly ConditionField[];
  onChange: (next: ConditionLine) => void;
  onDrop: (() => void) | null;
}) => (
  <div className={styles.conditionLine}>
    <Select
      aria-label="条件字段"
      value={line.field}
      popupRender={namedMenu('条件字段')}
      options={fields.map(({ field, title }) => ({ value: field, label: title }))}
      onChange={(field: string) => onChange({ ...line, field, values: [] })}
    />
    <Select
      aria-label="条件比较"
      value={line.is}
      popupRender={namedMenu('条件比较')}
      options={[
        { value: true, label: '为其中之一' },
        { value: false, label: '都不是（含未填）' },
      ]}
      onChange={(is: boolean) => onChange({ ...line, is })}
    />
    <Select
      aria-label="条件的值"
      mode="multiple"
      placeholder="选择值"
      showSearch={{ optionFilterProp: 'label' }}
      value={[...line.values]}
      popupRender={namedMenu('条件的值')}
      options={optionsOf(fields.find(({ field }) => field === line.field)?.values ?? {})}
      onChange={(values: string[]) => onChange({ ...line, values })}
    />
    <Button
      type="text"
      icon={<DeleteOutlined aria-hidden />}
      aria-label="去掉这个条件"
      disabled={onDrop === null}
      onClick={onDrop ?? undefined}
    />
  </div>
);

const ConditionEditor = ({
  where,
  fields,
  onChange,
}: {
  where: Predicate;
  fields: readonly ConditionField[];
  onChange: (where: Predicate) => void;
}) => {
  const condition = conditionOf(where);
  // More than lines can say: it can be kept as it is, or given up for other rows.
  if (condition === null) return <p className={styles.condition}>{conditionInWords(where, fields)}</p>;
  const { join, lines } = condition;
  const set = (next: Partial<Condition>): void => onChange(predicateOf({ ...condition, ...next }));
  const setLine = (at: number, next: ConditionLine | null): void =>
    set({ lines: lines.flatMap((one, index) => (index === at ? (next ? [next] : []) : [one])) });
  return (
    <div className={styles.condition}>
      {lines.map((line, index) => (
        <LineEditor
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
          key={index}
          line={line}
          fields={fields}
          onChange={(next) => setLine(index, next)}
          onDrop={lines.length > 1 ? () => setLine(index, null) : null}
        />
      ))}
      <div className={styles.conditionFoot}>
        <Button
          size="small"
          type="dashed"
          icon={<PlusOutlined aria-hidden />}
          disabled={lines.length >= 20}
          onClick={() => set({ lines: [...lines, { field: fields[0]?.field ?? '', is: true, values: [] }] })}
        >
          增加条件
        </Button>
        {lines.length > 1 && (
          <Select
            aria-label="条件之间"
            size="small"
            value={join}
            popupRender={namedMenu('条件之间')}
            options={[
              { value: 'all', label: '须全部满足' },
              { value: 'any', label: '满足任一即可' },
            ]}
            onChange={(next: Condition['join']) => set({ join: next })}
          />
        )}
        {scopeIsWhole({ where }) && (
          <span className={styles.conditionWords}>即：{conditionInWords(where, fields)}</span>
        )}
      </div>
    </div>
  );
};

/** Chooses the rows a grant reaches: by a word, by districts, or by a condition over the fields of that kind of thing. Source: tender R44. */
export const ScopeEditor = ({
  rows,
  fields,
  onChange,
}: {
  rows: Rows;
  /** What a condition may ask about; without any no condition is offered. */
  fields: readonly ConditionField[];
  onChange: (rows: Rows) => void;
}) => {
  const conditional = typeof rows === 'object' && 'where' in rows;
  const choose = (value: (typeof scopeChoices)[number]['value'] | 'districts' | 'where'): void => {
    if (value === 'where') onChange({ where: { field: fields[0]?.field ?? '', in: [] } });
    else onChange(value === 'districts' ? { districts: [] } : value);
  };
  return (
    <>
      <div className={styles.scope}>
        <Select
          aria-label="数据范围"
          value={typeof rows === 'string' ? rows : conditional ? 'where' : 'districts'}
          popupRender={namedMenu('数据范围')}
          options={[
            ...scopeChoices,
            { value: 'districts' as const, label: '指定区' },
            ...(conditional || fields.length > 0 ? [{ value: 'where' as const, label: '按条件' }] : []),
          ]}
          onChange={choose}
        />
        {typeof rows === 'object' && 'districts' in rows && (
          <Select
            aria-label="指定区"
            mode="multiple"
            placeholder="选择区"
            value={[...rows.districts]}
            popupRender={namedMenu('指定区')}
            options={optionsOf(shanghaiDistricts)}
            onChange={(districts: string[]) => onChange({ districts })}
          />
        )}
      </div>
      {conditional && <ConditionEditor where={rows.where} fields={fields} onChange={(where) => onChange({ where })} />}
    </>
  );
};
