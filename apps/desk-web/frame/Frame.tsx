import { useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { z } from 'zod';
import { type AreaWeb, openPages } from '#web-kit/area-web.ts';
import { ErrorBoundary } from '#web-kit/ErrorBoundary.tsx';
import { tidyShelf } from '#web-kit/file-shelf.ts';
import { MatterPartsProvider } from '#web-kit/matter-beside.tsx';
import { MatterPlacesProvider, type PlacesByMatter } from '#web-kit/matter-places.tsx';
import { useRemembered } from '#web-kit/remembered.ts';
import { useSession } from '#web-kit/session.tsx';
import { DutiesProvider } from '#web-kit/work-beside.tsx';
import { areas } from '../areas.ts';
import styles from './frame.module.css';
import { OfflineBar } from './OfflineBar.tsx';
import { NoPermissionPage } from './pages.tsx';
import { SideMenu } from './SideMenu.tsx';
import { SignInAgain } from './SignInAgain.tsx';
import { TopBar } from './TopBar.tsx';

/** Where the matters of all areas have their pages. */
const places: PlacesByMatter = Object.assign({}, ...areas.map(({ matters }) => matters));

/** The areas this person may enter. */
const useOpenAreas = (): readonly AreaWeb[] => {
  const session = useSession();
  return areas.filter((area) => openPages(area, session).length > 0);
};

/** Takes away what others left on this machine, and what nobody came back for. */
const useTidyShelf = (): void => {
  const { id } = useSession();
  useEffect(() => {
    // A browser that keeps no files has none to take away.
    tidyShelf(id, Date.now()).catch(() => undefined);
  }, [id]);
};

/** The frame round every page: top bar, side menu, and what must be said whatever the page (line lost, session ended). */
export const Frame = ({ children }: { readonly children: ReactNode }) => {
  const open = useOpenAreas();
  useTidyShelf();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const [folded, setFolded] = useRemembered('desk.side-menu.folded', z.boolean(), false);
  const wanted = areas.find(({ id }) => path.startsWith(`/${id}/`));
  const area = wanted && open.includes(wanted) ? wanted : open[0];
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#content">
        跳到内容
      </a>
      <TopBar areas={open} area={area} />
      <OfflineBar />
      <div className={styles.body}>
        {area && <SideMenu area={area} folded={folded} onFold={setFolded} />}
        <main id="content" className={styles.content} tabIndex={-1}>
          <ErrorBoundary key={path}>
            <DutiesProvider duties={area?.duties ? [area.duties] : []}>
              <MatterPartsProvider parts={area?.beside ?? {}}>
                <MatterPlacesProvider places={places}>
                  {area && (!wanted || area === wanted) ? children : <NoPermissionPage />}
                </MatterPlacesProvider>
              </MatterPartsProvider>
            </DutiesProvider>
          </ErrorBoundary>
        </main>
      </div>
      <SignInAgain />
    </div>
  );
};
