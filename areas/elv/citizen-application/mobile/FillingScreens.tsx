import { useEffect, useState } from 'react';
import { failureOf } from '#web-kit/api.ts';
import { Told } from '#web-kit/phone/Told.tsx';
import type { OwnApplicationView } from '../model/citizen.views.ts';
import { AskedField } from './AskedField.tsx';
import { ConsentsFirst } from './ConsentsFirst.tsx';
import styles from './citizen.module.css';
import { citizenApi, readPaper } from './citizen-api.ts';
import { PhotoPlace } from './PhotoPlace.tsx';
import type { OpenApplication } from './use-application.ts';
import { useChosen } from './use-chosen.ts';

const Fields = ({ open, of }: { readonly open: OpenApplication; readonly of: readonly string[] }) => {
  const { view, act } = open;
  return view.fields
    .filter(({ path }) => of.includes(path.split('.')[0] ?? ''))
    .map((field) => (
      <AskedField
        key={field.path}
        field={field}
        onSave={(value) => act('save', () => citizenApi.save({ id: view.id, values: { [field.path]: value } }))}
      />
    ));
};

/** The vehicle: the licence is photographed and read, what was not read is typed. */
export const VehicleStep = ({ open }: { readonly open: OpenApplication }) => {
  const { view, busy, act } = open;
  const [told, setTold] = useState('');
  const licence = view.materials.find(({ part }) => part === 'licence-main');
  const read = (next: OwnApplicationView): void => {
    const photoId = next.materials.find(({ part }) => part === 'licence-main')?.photos.at(-1)?.id;
    if (photoId === undefined) return;
    setTold('');
    void act('read', async () => {
      const answer = await readPaper(view.id, photoId);
      setTold(
        answer.message ?? (answer.read > 0 ? `已识别 ${answer.read} 项，请核对` : '没有识别到新的内容，请直接填写'),
      );
      return answer;
    });
  };
  return (
    <>
      {licence && <ConsentsFirst open={open} materials={[licence]} />}
      {licence && <PhotoPlace open={open} material={licence} after={read} />}
      {busy === 'read' && (
        <p className={styles.second} role="status">
          正在识别行驶证，一般十几秒；也可以先往下填……
        </p>
      )}
      {told !== '' && <p role="status">{told}</p>}
      <Fields open={open} of={['papers']} />
    </>
  );
};

/** As whom, and what of the owner is not known from the sign-in. */
export const PersonStep = ({ open }: { readonly open: OpenApplication }) => {
  const { view, act } = open;
  const [chosen, choose] = useChosen(view.as);
  return (
    <>
      <fieldset className={styles.choices}>
        <legend>您是</legend>
        {(
          [
            ['owner', '车主本人'],
            ['agent', '代理人（替车主办理）'],
          ] as const
        ).map(([as, title]) => (
          <label key={as} className={styles.choice}>
            <input
              type="radio"
              name="as"
              checked={chosen === as}
              onChange={() => choose(as, () => act('as', () => citizenApi.save({ id: view.id, as })))}
            />
            {title}
          </label>
        ))}
      </fieldset>
      <p className={styles.second}>
        登录人 {view.person.name}（{view.person.identityNo}），由一网通办实名核验，不能改填。
      </p>
      {view.otherOwner !== null && (
        <Told tone="returned" alert>
          <p>
            行驶证上的所有人识别为“{view.otherOwner}”，与您的实名不一致。替车主办理的，请选“代理人”；识别有误的请忽略。
          </p>
        </Told>
      )}
      {view.as !== null && <Fields open={open} of={['owner', 'agent']} />}
    </>
  );
};

/** The photographs that are asked for. */
export const MaterialsStep = ({ open }: { readonly open: OpenApplication }) => {
  const { materials } = open.view;
  const asked = materials.filter(({ required }) => required);
  const taken = asked.filter(({ photos }) => photos.length > 0).length;
  return (
    <>
      <p className={styles.count}>
        必拍 {taken}/{asked.length} 张
      </p>
      <ConsentsFirst open={open} materials={materials} />
      {[...asked, ...materials.filter(({ required }) => !required)].map((material) => (
        <PhotoPlace key={material.part} open={open} material={material} />
      ))}
    </>
  );
};

type Listed = Awaited<ReturnType<typeof citizenApi.enterprises>>;

/** All enterprises that may accept vehicles, in the order of the day; none is chosen beforehand. Source: Regulation 715 article 8. */
export const EnterpriseStep = ({ open }: { readonly open: OpenApplication }) => {
  const { view, act } = open;
  const [chosen, choose] = useChosen(view.enterprise?.id);
  const [listed, setListed] = useState<Listed>();
  const [trouble, setTrouble] = useState('');
  useEffect(() => {
    citizenApi.enterprises({}).then(setListed, (error: unknown) => setTrouble(failureOf(error).message));
  }, []);
  return (
    <>
      {view.declineReason !== null && <Told tone="returned">上一家企业没有接收：{view.declineReason}</Told>}
      {trouble !== '' && <Told tone="danger">{trouble}</Told>}
      {listed && (
        <>
          <p className={styles.second}>{listed.order}</p>
          <fieldset className={styles.choices}>
            <legend>
              可以接收车辆的企业 <b>{listed.enterprises.length}</b> 家
            </legend>
            {listed.enterprises.map(({ id, name, district }) => (
              <label key={id} className={styles.choice}>
                <input
                  type="radio"
                  name="enterprise"
                  checked={chosen === id}
                  onChange={() =>
                    choose(id, () => act('enterprise', () => citizenApi.save({ id: view.id, enterpriseId: id })))
                  }
                />
                <span>
                  {name}
                  <small>{district}</small>
                </span>
              </label>
            ))}
          </fieldset>
        </>
      )}
    </>
  );
};
