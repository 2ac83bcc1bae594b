import type { CallsOf, CallsOn, Offer, OfferCalls, Offering } from './offer.ts';

/** What an area says it offers and needs. */
export interface OfferPlan {
  readonly id: string;
  readonly offers: readonly Offer[];
  readonly needs: readonly Offer[];
}

/** Makes one call of an area that runs in another process. */
export type CallPeer = (area: string, offer: Offer, call: string, input: unknown) => Promise<unknown>;

/** Every offer of the program, reached alike wherever its area runs. */
export interface Offers {
  /** The calls of an offer of one area. */
  of<C extends OfferCalls>(offer: Offer<C>): CallsOf<C>;
  /** The calls of an offer of several, by their areas. */
  each<C extends OfferCalls>(offer: Offer<C>): Readonly<Record<string, CallsOf<C>>>;
  /** Whether an offer of one area is answered in this process. */
  isHere(offer: Offer): boolean;
}

const offeredBy = (plans: readonly OfferPlan[], offer: Offer): readonly string[] =>
  plans.filter(({ offers }) => offers.includes(offer)).map(({ id }) => id);

/** What does not fit between what areas offer and what they need; none where all fits. A fault of the program. */
export const faultsOfOffers = (plans: readonly OfferPlan[]): readonly string[] => {
  const needed = plans.flatMap(({ id, needs }) => needs.map((offer) => ({ id, offer })));
  const offered = new Set(plans.flatMap(({ offers }) => offers));
  return [
    ...needed
      .filter(({ offer }) => !offered.has(offer))
      .map(({ id, offer }) => `${id} needs ${offer.id}, which no area offers`),
    ...[...offered].flatMap((offer) => {
      const by = offeredBy(plans, offer);
      return [
        ...(offer.by === 'one' && by.length > 1 ? [`${offer.id} is offered by ${by.join(' and ')}`] : []),
        ...(needed.some((one) => one.offer === offer)
          ? []
          : [`${by.join(', ')} offers ${offer.id}, which no area needs`]),
      ];
    }),
  ];
};

/**
 * The offers of all areas. `here`: what the areas of this process answer, asked for only when a call is made, since areas that need one another are put
 * together one after the other. Errors: throws where offers and needs do not fit.
 */
export const offersOver = (
  plans: readonly OfferPlan[],
  here: { readonly areas: readonly string[]; readonly offerings: (area: string) => readonly Offering[] },
  callPeer: CallPeer,
): Offers => {
  const faults = faultsOfOffers(plans);
  if (faults.length > 0) throw new Error(faults.join('; '));
  const callsOf = <C extends OfferCalls>(area: string, offer: Offer<C>): CallsOf<C> => {
    const isHere = here.areas.includes(area);
    const calls = Object.keys(offer.calls).map((call) => [
      call,
      ((input, on) => {
        if (!isHere) return callPeer(area, offer, call, input);
        const answers = here.offerings(area).find((one) => one.offer === offer)?.answers;
        const answer = answers?.[call];
        if (!answer) throw new Error(`${area} does not answer ${offer.id}.${call}`);
        return answer(input, on);
      }) satisfies CallsOf<OfferCalls>[string],
    ]);
    // Each function is typed by its call.
    return Object.fromEntries(calls) as CallsOn<Offer<C>>;
  };
  const oneOf = (offer: Offer): string => {
    const [area] = offeredBy(plans, offer);
    if (area === undefined || offer.by !== 'one') throw new Error(`${offer.id} is not the offer of one area`);
    return area;
  };
  return {
    of: (offer) => callsOf(oneOf(offer), offer),
    each: (offer) => Object.fromEntries(offeredBy(plans, offer).map((area) => [area, callsOf(area, offer)])),
    isHere: (offer) => here.areas.includes(oneOf(offer)),
  };
};
