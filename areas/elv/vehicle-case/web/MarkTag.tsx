import { SolidTag, type SolidTone } from '#web-kit/SolidTag.tsx';
import type { Mark } from '../model/vehicle-case.views.ts';

/** Each watch mark's one colour. Source: shared design specification (监销 dark red, 黄标 amber with black text, 新能源 green). */
const toneOf: Readonly<Record<Mark['code'], SolidTone>> = {
  supervised: 'darkRed',
  'yellow-label': 'amber',
  'new-energy': 'green',
  'non-local': 'slate',
  unregistered: 'slate',
  pledged: 'brown',
  sealed: 'red',
  'status-blocked': 'red',
  'status-notice': 'outline',
  'accepted-elsewhere': 'red',
  'check-digit': 'outline',
};

/** One watch mark of a vehicle as a solid tag, with why it stands on hover. */
export const MarkTag = ({
  mark,
  large = false,
}: {
  mark: { readonly code: Mark['code']; readonly title: string; readonly reason?: string };
  large?: boolean;
}) => <SolidTag tone={toneOf[mark.code]} title={mark.title} reason={mark.reason} large={large} />;
