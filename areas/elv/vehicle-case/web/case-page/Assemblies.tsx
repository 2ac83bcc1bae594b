import DeleteOutlined from '@ant-design/icons/DeleteOutlined';
import PlusOutlined from '@ant-design/icons/PlusOutlined';
import { Button, Input, Select } from 'antd';
import type { InputProps } from '#web-kit/form-field.ts';
import { assembliesOf, assemblyKinds, dispositions } from '../../model/major-assembly.ts';
import styles from './assemblies.module.css';
import { useOpenCase } from './case-context.tsx';

/** One line of the assemblies while it is being filled: any part may still be missing or wrong. */
interface Line {
  readonly kind?: string;
  readonly quantity?: number | string;
  readonly disposition?: string;
  readonly destination?: string;
}

const linesOf = (value: unknown): readonly Line[] =>
  // Lines come from the case as they were saved; every part is checked again where it is drawn.
  Array.isArray(value) ? value.filter((one): one is Line => typeof one === 'object' && one !== null) : [];

const options = (titles: Readonly<Record<string, string>>) =>
  Object.entries(titles).map(([value, label]) => ({ value, label }));

const asQuantity = (text: string): number | string => (/^\d+$/.test(text) ? Number(text) : text);

/** The lines after one was changed: those below it that are empty there take the same over. */
const spreadOver = (lines: readonly Line[], index: number, change: Line): readonly Line[] => {
  const isEmpty = (line: Line): boolean => Object.keys(change).every((key) => !line[key as keyof Line]);
  return lines.map((line, at) => (at === index || (at > index && isEmpty(line)) ? { ...line, ...change } : line));
};

const LineInput = ({
  line,
  index,
  id,
  put,
  spread,
  remove,
}: {
  line: Line;
  index: number;
  id: string | undefined;
  put: (change: Line) => void;
  /** The same for the lines below that have nothing there yet. */
  spread: (change: Line) => void;
  remove: () => void;
}) => {
  const nth = `第 ${index + 1} 行`;
  return (
    <tr>
      <td>
        <Select
          {...(id ? { id } : {})}
          aria-label={`${nth}总成`}
          value={line.kind ?? null}
          options={options(assemblyKinds)}
          placeholder="总成"
          className={styles.full ?? ''}
          onChange={(kind) => put({ kind })}
        />
      </td>
      <td>
        <Input
          aria-label={`${nth}数量`}
          inputMode="numeric"
          value={String(line.quantity ?? '')}
          onChange={(event) => put({ quantity: asQuantity(event.target.value) })}
        />
      </td>
      <td>
        <Select
          aria-label={`${nth}处置方式`}
          value={line.disposition ?? null}
          options={options(dispositions)}
          placeholder="处置方式"
          showSearch={{ optionFilterProp: 'label' }}
          className={styles.full ?? ''}
          onChange={(disposition) => spread({ disposition })}
        />
      </td>
      <td>
        <Input
          aria-label={`${nth}去向单位`}
          placeholder="去向单位"
          value={line.destination ?? ''}
          onChange={(event) => put({ destination: event.target.value })}
          onBlur={() => line.destination && spread({ destination: line.destination })}
        />
      </td>
      <td>
        <Button type="text" icon={<DeleteOutlined aria-hidden />} aria-label={`删除${nth}`} onClick={remove} />
      </td>
    </tr>
  );
};

const Head = () => (
  <thead>
    <tr>
      <th scope="col">总成</th>
      <th scope="col">数量</th>
      <th scope="col">处置方式</th>
      <th scope="col">去向单位</th>
      <th scope="col">
        <span className={styles.heard}>操作</span>
      </th>
    </tr>
  </thead>
);

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The assemblies a vehicle of this build has; the regulation wants each of them accounted for. */
const useOwnKinds = (): readonly string[] => {
  const { view } = useOpenCase();
  const papers = view.sections.find((one) => one.id === 'papers')?.values ?? {};
  return assembliesOf({
    vehicleTypeCode: text(papers.vehicleTypeCode),
    fuelTypeCode: text(papers.fuelTypeCode),
    plateTypeCode: text(papers.plateTypeCode),
  });
};

/** The five assemblies as lines: which, how many, how disposed of, where to. The next line takes over the destination of the one before. */
export const AssembliesInput = ({ id, field, value, onChange, onLeave, describedBy }: InputProps) => {
  const lines = linesOf(value);
  const put = (next: readonly Line[]): void => onChange(next.length === 0 ? undefined : next);
  const taken = new Set(lines.map(({ kind }) => kind));
  const lacking = useOwnKinds().filter((kind) => !taken.has(kind));
  const last = lines[lines.length - 1];
  const lineOf = (kind: string | undefined): Line => ({
    ...(kind ? { kind } : {}),
    quantity: 1,
    ...(last?.disposition ? { disposition: last.disposition } : {}),
    destination: last?.destination ?? '',
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's border and legend have no place among fields with labels above
    <div role="group" aria-label={field.title} aria-describedby={describedBy} onBlur={onLeave}>
      {lines.length > 0 && (
        <table className={styles.table}>
          <Head />
          <tbody>
            {lines.map((line, index) => (
              <LineInput
                // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
                key={index}
                line={line}
                index={index}
                id={index === 0 ? id : undefined}
                spread={(change) => put(spreadOver(lines, index, change))}
                put={(change) => put(lines.map((one, at) => (at === index ? { ...one, ...change } : one)))}
                remove={() => put(lines.filter((_, at) => at !== index))}
              />
            ))}
          </tbody>
        </table>
      )}
      <div className={styles.adding}>
        {lacking.length > 0 && (
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => put([...lines, ...lacking.map(lineOf)])}>
            {lines.length === 0 ? '按本车列出全部总成' : `补上其余 ${lacking.length} 项总成`}
          </Button>
        )}
        <Button type="dashed" onClick={() => put([...lines, lineOf(lacking[0])])}>
          添加一行
        </Button>
      </div>
    </div>
  );
};

/** The assemblies to read. */
export const AssembliesRead = ({ value }: { value: unknown }) => {
  const lines = linesOf(value);
  if (lines.length === 0) return <>—</>;
  return (
    <table className={styles.read}>
      <tbody>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
          <tr key={index}>
            <td>{assemblyKinds[line.kind ?? ''] ?? line.kind}</td>
            <td>{line.quantity} 件</td>
            <td>{dispositions[line.disposition ?? ''] ?? line.disposition}</td>
            <td>{line.destination}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
