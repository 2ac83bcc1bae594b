import type { VehicleCaseAction, VehicleCaseState } from '#areas/elv/vehicle-case/model/vehicle-case.lifecycle.ts';
import type { SectionId } from '#areas/elv/vehicle-case/model/vehicle-case.views.ts';
import { aside, flow, lift, lower, type Part, raise, targets, withAside } from './case-flow.ts';
import type { ExpectedStep } from './case-witness.ts';

// A reference model of the vehicle case for tests, written from the tender's flow and apart from the definition and `decide`.

/** A car that agrees with the police, one that differs, one under supervision, a stolen one, and one off the register. */
export type Nature = 'plain' | 'differing' | 'supervised' | 'stolen' | 'unregistered';

/** One case as the model sees it; it is told what was done and says what must be so. */
export class CaseModel {
  readonly nature: Nature;
  state: VehicleCaseState = 'intake';
  frozen = false;
  readonly whole = new Set<SectionId>();
  #returned = false;
  #stolen: boolean;
  #raised = false;
  #lowered = false;
  #byLaw = false;
  /** Another identity is asserted, and what the desk found; what was reported goes back first. */
  #asserted: 'unjudged' | 'agreed' | 'rejected' | undefined;
  #notTakenBack = false;
  /** The desk found another vehicle and has not agreed since. */
  #heldWrong = false;
  #reported = false;
  /** As the case was when it was asserted. */
  #accepted: { state: VehicleCaseState; raised: boolean; lowered: boolean } | undefined;
  /** Asked outside and not yet answered. */
  readonly #pending = new Set<'owner' | 'collector' | 'police'>();
  readonly #answered = new Set<'owner' | 'collector' | 'police'>();
  #blocked = false;

  constructor(nature: Nature) {
    this.nature = nature;
    this.#stolen = nature === 'stolen';
  }

  get supervised(): boolean {
    return !this.#lowered && (this.#raised || this.#byLaw);
  }

  /** What a part is offered, and whether it could be done at once. */
  abilities(part: Part): ReadonlyMap<VehicleCaseAction, boolean> {
    const { state } = this;
    const offered = [
      ...(flow[state][part] ?? []),
      ...(withAside.has(state) ? aside[part] : []),
      ...(part === 'commission' ? [lift] : []),
    ];
    const apt = offered.filter(
      (action) =>
        (action !== raise || !this.supervised) &&
        (action !== lower || this.supervised) &&
        (action !== lift || this.frozen) &&
        (action !== 'endWrongVehicle' || state !== 'identityCorrecting' || this.#heldWrong) &&
        (action !== 'dropIdentityDecision' || state !== 'identityReview' || this.#notTakenBack) &&
        (action !== 'endWithReportStanding' || (this.#notTakenBack && this.#asserted === 'rejected')),
    );
    return new Map(apt.map((action) => [action, this.#ready(action)]));
  }

  #ready(action: VehicleCaseAction): boolean {
    if (this.frozen) return action === lift;
    const { whole } = this;
    switch (action) {
      case 'submit':
      case 'submitCorrection':
      case 'submitIdentity':
        // Handed in while the police are being asked again; they must have answered before it is passed.
        return whole.has('papers') && whole.has('owner') && this.#isAnswered('owner') && !this.#isBlocked();
      case 'discard':
        return !this.#returned;
      case 'confirmIdentity':
        return this.#asserted === 'agreed' && this.#mayPass();
      case 'endWrongVehicle':
        return this.state === 'identityCorrecting' ? this.#heldWrong : this.#asserted === 'rejected';
      case 'dropIdentity':
      case 'dropIdentityDecision':
        return !this.#heldWrong;
      case 'passDesk':
      case 'passIdentity':
      case 'confirm':
      case 'passDismantling':
      case 'passCorrection':
      case 'resendReport':
        return this.#mayPass();
      case 'handOver':
        return whole.has('tow');
      case 'enter':
        return whole.has('entry');
      case 'submitDismantling':
        return whole.has('dismantling');
      case 'reportDeregistration':
        return whole.has('deregistration');
      case 'collect':
        return whole.has('collection') && this.#isAnswered('collector');
      default:
        return true;
    }
  }

  #mayPass(): boolean {
    return (this.nature === 'unregistered' || this.#isAnswered('police')) && !this.#isBlocked();
  }

  #isAnswered(whom: 'owner' | 'collector' | 'police'): boolean {
    return this.#answered.has(whom) && !this.#pending.has(whom);
  }

  #isBlocked(): boolean {
    return this.#blocked && !this.#pending.has('police');
  }

  #ask(whom: 'owner' | 'collector' | 'police'): void {
    if (whom !== 'police' || this.nature !== 'unregistered') this.#pending.add(whom);
  }

  filled(section: SectionId): void {
    this.whole.add(section);
    if (section === 'papers' && !this.#answered.has('police')) this.#ask('police');
    if (section === 'owner' && !this.#answered.has('owner')) this.#ask('owner');
    if (section === 'collection' && !this.#answered.has('collector')) this.#ask('collector');
  }

  blanked(section: SectionId): void {
    this.whole.delete(section);
  }

  /** The police find the stolen vehicle, and what stood in the way is asked again. */
  found(): void {
    this.#stolen = false;
    if (this.#blocked) this.#ask('police');
  }

  /** Takes a step of a person; answers where it leads. */
  take(action: VehicleCaseAction): ExpectedStep {
    const { state: from } = this;
    if (action === raise) [this.#raised, this.#lowered] = [true, false];
    if (action === lower) [this.#raised, this.#lowered] = [false, true];
    if (action === lift) {
      this.frozen = false;
      if (this.state === 'comparing') this.#ask('police');
    }
    if (action === 'submit') {
      this.#byLaw ||= this.nature === 'supervised';
      this.state = this.nature === 'unregistered' ? 'deskReview' : 'comparing';
      this.#ask('police');
      this.#returned = false;
    } else if (action === 'submitDismantling') {
      this.state = this.supervised ? 'policeReview' : 'dismantleReview';
    } else if (action === 'confirmIdentity') {
      this.state = this.#reported ? 'identityTakingBack' : this.#afterIdentity();
    } else if (action === 'endWrongVehicle') {
      this.state = this.#reported ? 'identityTakingBack' : 'wronglyDismantled';
    } else {
      this.state = targets[action] ?? this.state;
    }
    this.#assert(action, from);
    if (action === 'returnDesk' || action === 'returnConfirm') this.#returned = true;
    return { action, to: this.state };
  }

  #afterIdentity(): VehicleCaseState {
    return this.#asserted === 'rejected' ? 'wronglyDismantled' : 'dismantling';
  }

  #assert(action: VehicleCaseAction, from: VehicleCaseState): void {
    if (action === 'requestIdentity' || action === 'submitIdentity') this.#asserted = 'unjudged';
    if (action === 'endWrongVehicle') this.#asserted = 'rejected';
    if (action === 'requestIdentity') {
      this.#accepted = { state: from, raised: this.#raised, lowered: this.#lowered };
      [this.#lowered, this.#heldWrong] = [false, false];
      // The proof of an earlier assertion is none of this one.
      this.whole.delete('papers');
    }
    if (action === 'dropIdentity' || action === 'dropIdentityDecision') this.#restore();
    if (action === 'requestIdentity' || action === 'submitIdentity') this.#notTakenBack = false;
    if (action === 'submitIdentity') this.#ask('police');
    if (action === 'passIdentity') [this.#asserted, this.#heldWrong] = ['agreed', false];
    if (action === 'rejectIdentity') [this.#asserted, this.#heldWrong] = ['rejected', true];
  }

  /** As it was accepted, so whole. */
  #restore(): void {
    if (!this.#accepted) throw new Error('nothing was asserted');
    ({ state: this.state, raised: this.#raised, lowered: this.#lowered } = this.#accepted);
    this.whole.add('papers').add('owner');
    this.#asserted = undefined;
  }

  /** Whatever is left of the vehicle, until the case has ended. */
  #mayFreeze(): boolean {
    return !['closed', 'refused', 'discarded', 'withdrawn', 'wronglyDismantled'].includes(this.state);
  }

  #move(action: VehicleCaseAction, to: VehicleCaseState): ExpectedStep {
    this.state = to;
    return { action, to };
  }

  /** Everything asked is answered, a report with a refusal if it is to be; answers the steps that follow. */
  answeredAll(refused: boolean): readonly ExpectedStep[] {
    const steps: ExpectedStep[] = [];
    if (this.#pending.has('police')) {
      this.#byLaw ||= this.nature === 'supervised';
      this.#blocked = this.#stolen;
      if (this.#stolen && !this.frozen && this.#mayFreeze()) {
        this.frozen = true;
        steps.push({ action: 'freeze', to: this.state });
      }
    }
    for (const whom of this.#pending) this.#answered.add(whom);
    this.#pending.clear();
    if (this.state === 'comparing' && !this.frozen)
      steps.push(
        this.nature === 'differing' ? this.#move('mismatch', 'deskReview') : this.#move('match', 'confirming'),
      );
    else if (this.state === 'identityTakingBack') {
      if (refused) {
        steps.push(this.#move('refuseTakeBack', 'identityReview'));
        this.#notTakenBack = true;
      } else if (!this.frozen) steps.push(this.#move('takeBackReport', this.#afterIdentity()));
      if (steps.some(({ action }) => action === 'takeBackReport')) {
        this.#reported = false;
        this.whole.delete('deregistration');
      }
    } else if (this.state === 'deregistering') {
      // A no is taken of a frozen case as well, a paper is not.
      if (refused) steps.push(this.#move('refuseDeregistration', 'certified'));
      else if (!this.frozen) steps.push(this.#move('acceptDeregistration', 'deregistered'));
    } else {
      if (this.state === 'policeReview' && !this.frozen) steps.push(this.#move('passSupervised', 'reporting'));
      if (this.state === 'reporting') {
        if (refused) steps.push(this.#move('refuseReport', 'reportRefused'));
        else if (!this.frozen) {
          steps.push(this.#move('certify', this.nature === 'unregistered' ? 'closed' : 'certified'));
          this.#reported = true;
        }
      }
    }
    return steps;
  }
}
