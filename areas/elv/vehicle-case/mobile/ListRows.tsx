import { PhoneButton } from '#web-kit/phone/PhoneButton.tsx';
import { assemblyKinds, dispositions } from '../model/major-assembly.ts';
import styles from './form.module.css';

interface Line {
  readonly kind?: string;
  readonly quantity?: unknown;
  readonly disposition?: string;
  readonly destination?: string;
}

interface ListProps {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

const linesOf = (value: unknown): readonly Line[] => (Array.isArray(value) ? (value as readonly Line[]) : []);

/** What was told of one assembly goes for those of which nothing was told yet: most go to one place. */
const spread = (lines: readonly Line[], from: Line): readonly Line[] =>
  lines.map((line) => ({
    ...line,
    ...(line.disposition || !from.disposition ? {} : { disposition: from.disposition }),
    ...(line.destination || !from.destination ? {} : { destination: from.destination }),
  }));

const AssemblyLine = ({
  line,
  onChange,
  onLeave,
}: {
  readonly line: Line;
  readonly onChange: (line: Line) => void;
  readonly onLeave: () => void;
}) => {
  const title = assemblyKinds[line.kind ?? ''] ?? '总成';
  return (
    <fieldset className={styles.line} onBlur={onLeave}>
      <legend>{title}</legend>
      <input
        aria-label={`${title}数量`}
        className={styles.quantity}
        inputMode="numeric"
        value={String(line.quantity ?? '')}
        onChange={(event) =>
          onChange({
            ...line,
            quantity: /^\d+$/.test(event.target.value) ? Number(event.target.value) : event.target.value,
          })
        }
      />
      <select
        aria-label={`${title}处置方式`}
        value={line.disposition ?? ''}
        onChange={(event) => onChange({ ...line, disposition: event.target.value })}
      >
        <option value="">处置方式</option>
        {Object.entries(dispositions).map(([code, words]) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </select>
      <input
        aria-label={`${title}去向单位`}
        placeholder="去向单位"
        maxLength={80}
        value={line.destination ?? ''}
        onChange={(event) => onChange({ ...line, destination: event.target.value })}
      />
    </fieldset>
  );
};

/** The major assemblies of this vehicle: how many, how disposed of, where to. */
export const AssemblyRows = ({ kinds, value, onChange }: ListProps & { readonly kinds: readonly string[] }) => {
  const lines = linesOf(value);
  const lacking = kinds.filter((kind) => !lines.some((line) => line.kind === kind));
  const last = lines[lines.length - 1];
  const add = (): void =>
    onChange([
      ...lines,
      ...lacking.map((kind) => ({
        kind,
        quantity: 1,
        disposition: last?.disposition ?? '',
        destination: last?.destination ?? '',
      })),
    ]);
  return (
    <>
      {lines.map((line, index) => (
        <AssemblyLine
          key={line.kind ?? index}
          line={line}
          onChange={(next) => onChange(lines.map((one, at) => (at === index ? next : one)))}
          onLeave={() => onChange(spread(lines, line))}
        />
      ))}
      {lacking.length > 0 && (
        <PhoneButton onPress={add}>
          {lines.length === 0 ? '按本车列出全部总成' : `补上其余 ${lacking.length} 项总成`}
        </PhoneButton>
      )}
    </>
  );
};

/** Codes of battery packs, one a line. */
export const CodeRows = ({ title, value, onChange }: ListProps & { readonly title: string }) => {
  const codes = Array.isArray(value) ? value.map(String) : [];
  const put = (next: readonly string[]): void => onChange(next.length === 0 ? null : next);
  return (
    <>
      {codes.map((code, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a code being typed has no identity but its place
        <span key={index} className={styles.withButton}>
          <input
            aria-label={`${title}第 ${index + 1} 个`}
            autoCapitalize="characters"
            maxLength={30}
            value={code}
            onChange={(event) => put(codes.map((one, at) => (at === index ? event.target.value.toUpperCase() : one)))}
          />
          <button type="button" className={styles.now} onClick={() => put(codes.filter((_, at) => at !== index))}>
            删除
          </button>
        </span>
      ))}
      <PhoneButton onPress={() => put([...codes, ''])}>添加一个编码</PhoneButton>
    </>
  );
};
