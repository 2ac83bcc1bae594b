import DeleteOutlined from '@ant-design/icons/DeleteOutlined';
import PlusOutlined from '@ant-design/icons/PlusOutlined';
import { Button, Input } from 'antd';
import type { InputProps } from './form-field.ts';
import styles from './schema-form.module.css';

const linesOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map((one) => (typeof one === 'string' ? one : '')) : [];

/** A list of short codes, one a line; pasting several lines adds several. */
export const ListInput = ({ id, field, value, invalid, describedBy, onChange, onLeave }: InputProps) => {
  const lines = linesOf(value);
  const put = (next: readonly string[]): void => onChange(next.length === 0 ? undefined : next);
  const replace = (index: number, text: string): void => {
    const typed = text.toUpperCase().split(/[\s,，、;；]+/);
    put(
      lines.flatMap((line, at) =>
        at === index ? (typed.length > 1 ? typed.filter((one) => one !== '') : typed) : [line],
      ),
    );
  };
  return (
    <div className={styles.lines}>
      {lines.map((line, index) => (
        // Lines have no identity but their place; two may even be equal while one types.
        // biome-ignore lint/suspicious/noArrayIndexKey: position is the identity of a line
        <div className={styles.line} key={index}>
          <Input
            id={index === 0 ? id : `${id}-${index}`}
            aria-label={`${field.title} 第 ${index + 1} 项`}
            aria-describedby={describedBy}
            value={line}
            status={invalid ? 'error' : ''}
            autoComplete="off"
            spellCheck={false}
            autoFocus={line === '' && index === lines.length - 1}
            onChange={(event) => replace(index, event.target.value)}
            onBlur={onLeave}
          />
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={`删除${field.title}第 ${index + 1} 项`}
            onClick={() => put(lines.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button type="dashed" block icon={<PlusOutlined aria-hidden />} onClick={() => put([...lines, ''])}>
        添加一项
      </Button>
    </div>
  );
};
