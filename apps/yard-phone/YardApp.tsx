import { lazy, type ReactNode, Suspense, useState, useSyncExternalStore } from 'react';
import { CaptureScreen } from '#areas/elv/vehicle-case/mobile/CaptureScreen.tsx';
import { QueueScreen } from '#areas/elv/vehicle-case/mobile/QueueScreen.tsx';
import { TaskList } from '#areas/elv/vehicle-case/mobile/TaskList.tsx';
import { YardContext } from '#areas/elv/vehicle-case/mobile/yard-context.ts';
import { yardPaths } from '#areas/elv/vehicle-case/mobile/yard-words.ts';
import { PhoneButton } from '#web-kit/phone/PhoneButton.tsx';
import { usePath } from '#web-kit/phone/phone-path.ts';
import { Sheet } from '#web-kit/phone/Sheet.tsx';
import { MeScreen } from './MeScreen.tsx';
import { OutScreen } from './OutScreen.tsx';
import type { PhoneSession, Standing } from './phone-session.ts';

/** The form brings the fields and what judges them; nobody needs it for the first photograph. */
const FormScreen = lazy(async () => ({
  default: (await import('#areas/elv/vehicle-case/mobile/FormScreen.tsx')).FormScreen,
}));

const screenOf = (path: string, session: PhoneSession): ReactNode => {
  const [, caseId = '', rest] = /^\/yard\/cases\/([^/]+)(\/form)?$/.exec(path) ?? [];
  if (caseId !== '') {
    const id = decodeURIComponent(caseId);
    return rest ? <FormScreen key={id} caseId={id} /> : <CaptureScreen key={id} caseId={id} />;
  }
  if (path === yardPaths.queue) return <QueueScreen />;
  if (path === yardPaths.me) return <MeScreen session={session} />;
  return <TaskList />;
};

/** What somebody is told who comes after another on the same phone. */
const OthersWaiting = ({ names, onDone }: { readonly names: string; readonly onDone: () => void }) => (
  <Sheet title="本机有他人未发送的照片" foot={<PhoneButton onPress={onDone}>知道了，保留</PhoneButton>}>
    <p>
      {names}{' '}
      在这部手机上拍的照片还没有送达。照片会保留在本机，等其本人再次登录后发送；不会以您的名义上传，您也看不到内容。
    </p>
  </Sheet>
);

const mayCapture = ({ me }: Extract<Standing, { is: 'in' }>): boolean =>
  me === null || me.permissions.includes('elv.vehicle-case:edit');

const Inside = ({
  session,
  standing,
}: {
  readonly session: PhoneSession;
  readonly standing: Extract<Standing, { is: 'in' }>;
}) => {
  const path = usePath();
  const { yard } = standing;
  const { person, photos } = useSyncExternalStore(yard.subscribe, yard.view);
  const [told, setTold] = useState(false);
  if (!mayCapture(standing))
    return (
      <OutScreen
        session={session}
        userName=""
        words={`${standing.me?.name ?? ''} 的账号没有现场采集权限，请换用回收拆解企业经办人的账号登录`}
      />
    );
  const others = new Set(photos.flatMap(({ takenBy, takenByName }) => (takenBy === person.id ? [] : [takenByName])));
  return (
    <YardContext value={yard}>
      <Suspense fallback={null}>{screenOf(path, session)}</Suspense>
      {standing.newcomer && !told && others.size > 0 && (
        <OthersWaiting names={[...others].join('、')} onDone={() => setTold(true)} />
      )}
    </YardContext>
  );
};

/** The phone's program: who is there, and the screen of the address. */
export const YardApp = ({ session }: { readonly session: PhoneSession }) => {
  const standing = useSyncExternalStore(session.subscribe, session.standing);
  if (standing.is === 'starting') return null;
  if (standing.is === 'out') return <OutScreen session={session} userName={standing.userName} words={standing.words} />;
  return <Inside key={standing.yard.view().person.id} session={session} standing={standing} />;
};
