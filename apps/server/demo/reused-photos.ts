import type { DemoPhotos } from './demo-photos.ts';
import type { DemoCase } from './demo-vehicles.ts';
import type { Walker } from './walk.ts';

/**
 * The pictures each case of the demo is told with. One yard uses what another has photographed: the stamped number is the very same file, the whole vehicle was edited a little; a reviewer finds both.
 */
export const picturesOf = (plans: readonly DemoCase[], photos: DemoPhotos): ((plan: DemoCase) => Walker['photo']) => {
  const reusing = plans.find(({ rests }) => rests === 'entryReview');
  const used = plans.find(({ rests, yard }) => rests === 'closed' && yard !== reusing?.yard)?.vehicle;
  return (plan) => (part, vehicle) => {
    if (plan === reusing && used && part === 'vin-stamp') return photos.of(part, used);
    if (plan === reusing && used && part === 'whole') return photos.again(part, used);
    return photos.of(part, vehicle);
  };
};
