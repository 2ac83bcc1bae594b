import SettingOutlined from '@ant-design/icons/SettingOutlined';
import { Button, Checkbox, Popover } from 'antd';
import styles from './chooser.module.css';
import { type Column, chosenColumns } from './table-column.ts';

/** Chooses which columns a table shows; `chosen` null is the table's own choice. */
export const ColumnChooser = <Row,>({
  columns,
  chosen,
  onChoose,
}: {
  columns: readonly Column<Row>[];
  chosen: readonly string[] | null;
  onChoose: (chosen: readonly string[] | null) => void;
}) => {
  const shown = new Set(chosenColumns(columns, chosen).map(({ key }) => key));
  const toggle = (key: string): void => {
    const next = new Set(shown);
    if (!next.delete(key)) next.add(key);
    onChoose([...next]);
  };
  const list = (
    <div className={styles.chooser}>
      <ul>
        {columns.map(({ key, title, fixed }) => (
          <li key={key}>
            <Checkbox checked={shown.has(key)} disabled={fixed ?? false} onChange={() => toggle(key)}>
              {title}
            </Checkbox>
          </li>
        ))}
      </ul>
      <Button type="link" size="small" disabled={chosen === null} onClick={() => onChoose(null)}>
        恢复默认
      </Button>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" title="显示的列" content={list}>
      <Button icon={<SettingOutlined aria-hidden />}>列</Button>
    </Popover>
  );
};
