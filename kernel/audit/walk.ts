import { linkDigest } from './digest.ts';
import { type Seal, type SealedHead, sealDigest, sealScheme } from './seal.ts';

/** What can be wrong with a trail; each has its words in `finding-words.ts`. */
export type Break =
  | 'altered'
  | 'missing'
  | 'truncated'
  | 'reordered'
  | 'repeated'
  | 'stray'
  | 'rewritten'
  | 'seal-altered'
  | 'seal-missing'
  | 'seal-reordered'
  | 'seal-unlinked'
  | 'bad-signature'
  | 'unknown-key'
  | 'downgraded'
  | 'unknown-scheme';

/** One break and where it is: the seal, and below it the chain and the place in it. `to` ends a run of missing entries. */
export interface Finding {
  readonly what: Break;
  readonly seal: number;
  readonly chain?: string;
  readonly seq?: number;
  readonly to?: number;
}

/** Whether a signature over a digest is the key's; `unknown-key` when no such key is trusted. */
export type VerifySeal = (keyId: string, digest: string, signature: string) => Promise<boolean | 'unknown-key'>;

/** An entry as the walk meets it. `text` null: an entry of another class, of which only the digest is told. */
export interface WalkedEntry {
  readonly chain: string;
  readonly seq: number;
  readonly digest: string;
  readonly text: string | null;
}

/** Findings are kept up to this many; more say nothing new. */
const mostFindings = 200;

/** One sealed stretch of a chain being walked. */
class Stretch {
  readonly head: SealedHead;
  readonly #seal: number;
  readonly #find: (finding: Finding) => void;
  #expected: number;
  #prev: string | undefined;
  readonly #gaps = new Set<number>();

  constructor(seal: number, head: SealedHead, find: (finding: Finding) => void) {
    this.#seal = seal;
    this.head = head;
    this.#find = find;
    this.#expected = head.fromSeq + 1;
    this.#prev = head.fromDigest;
  }

  #say(what: Break, seq: number, to?: number): void {
    this.#find({ what, seal: this.#seal, chain: this.head.chain, seq, ...(to === undefined ? {} : { to }) });
  }

  take({ seq, digest, text }: WalkedEntry): void {
    if (seq > this.head.seq || seq < this.#expected) {
      this.#say(seq > this.head.seq ? 'stray' : this.#gaps.delete(seq) ? 'reordered' : 'repeated', seq);
      return;
    }
    for (let gap = this.#expected; gap < seq; gap += 1) {
      this.#gaps.add(gap);
      // What follows a gap has nothing before it to be held against.
      this.#prev = undefined;
    }
    if (text !== null && this.#prev !== undefined && linkDigest(this.#prev, text) !== digest) this.#say('altered', seq);
    this.#prev = digest;
    this.#expected = seq + 1;
  }

  close(): void {
    const [first] = this.#gaps;
    if (first !== undefined) this.#say('missing', first, [...this.#gaps].at(-1));
    if (this.#expected <= this.head.seq) this.#say('truncated', this.#expected, this.head.seq);
    else if (this.#prev !== this.head.digest && this.#gaps.size === 0) this.#say('rewritten', this.head.seq);
  }
}

/** Walks seals in order, and under each seal the entries it covers, in the order of its heads. Holds one stretch at a time. */
export class TrailWalk {
  readonly findings: Finding[] = [];
  entries = 0;
  links = 0;
  seals = 0;
  lastDigest: string;
  lastNumber: number;
  readonly #verify: VerifySeal;
  #heads: readonly SealedHead[] = [];
  #at = 0;
  #stretch: Stretch | undefined;
  /** The chain of the last stray entry, so that a whole stray chain is told of once. */
  #stray = '';

  /** @param before the seal before the first one walked */
  constructor(before: { readonly number: number; readonly digest: string }, verify: VerifySeal) {
    this.lastNumber = before.number;
    this.lastDigest = before.digest;
    this.#verify = verify;
  }

  /** Says what was found; also used by readers for what they find themselves. */
  find(finding: Finding): void {
    if (this.findings.length < mostFindings) this.findings.push(finding);
  }

  async seal(seal: Seal): Promise<void> {
    this.endSeal();
    const what = await this.#faultOf(seal);
    const missed = seal.number > this.lastNumber + 1 ? this.lastNumber + 1 : undefined;
    if (missed !== undefined) this.find({ what: 'seal-missing', seal: missed, to: seal.number - 1 });
    if (what) this.find({ what, seal: seal.number });
    this.seals += 1;
    this.lastNumber = Math.max(this.lastNumber, seal.number);
    this.lastDigest = seal.digest;
    this.#heads = seal.heads;
    this.#at = 0;
  }

  async #faultOf(seal: Seal): Promise<Break | undefined> {
    if (seal.number <= this.lastNumber) return 'seal-reordered';
    if (seal.scheme < sealScheme) return 'downgraded';
    if (seal.scheme > sealScheme) return 'unknown-scheme';
    if (sealDigest(seal) !== seal.digest) return 'seal-altered';
    if (seal.number === this.lastNumber + 1 && seal.prev !== this.lastDigest) return 'seal-unlinked';
    const verdict = await this.#verify(seal.keyId, seal.digest, seal.signature);
    if (verdict === 'unknown-key') return 'unknown-key';
    return verdict ? undefined : 'bad-signature';
  }

  /** Leaves stretches of the present seal out: those that were archived and removed, or that nobody asked about. */
  passOver(gone: (head: SealedHead) => boolean): void {
    this.#heads = this.#heads.filter((head) => !gone(head));
  }

  entry(entry: WalkedEntry): void {
    if (entry.text === null) this.links += 1;
    else this.entries += 1;
    if (this.#stretch?.head.chain !== entry.chain && !this.#open(entry)) return;
    this.#stretch?.take(entry);
  }

  /** Goes on to the stretch of the entry's chain; those passed over are missing as a whole. */
  #open({ chain, seq }: WalkedEntry): boolean {
    const next = this.#heads.findIndex((head, index) => index >= this.#at && head.chain === chain);
    if (next < 0) {
      if (this.#stray !== chain) this.find({ what: 'stray', seal: this.lastNumber, chain, seq });
      this.#stray = chain;
      return false;
    }
    this.#closeUpTo(next);
    const head = this.#heads[next];
    if (head) this.#stretch = new Stretch(this.lastNumber, head, (finding) => this.find(finding));
    this.#at = next + 1;
    return true;
  }

  #closeUpTo(next: number): void {
    this.#stretch?.close();
    this.#stretch = undefined;
    for (const { chain, fromSeq, seq } of this.#heads.slice(this.#at, next)) {
      this.find({ what: 'missing', seal: this.lastNumber, chain, seq: fromSeq + 1, to: seq });
    }
  }

  /** Closes what the last seal covers. */
  endSeal(): void {
    this.#closeUpTo(this.#heads.length);
    this.#heads = [];
    this.#at = 0;
    this.#stray = '';
  }

  /** Closes the walk against the last seal there should be. */
  end(lastNumber: number): void {
    this.endSeal();
    if (this.lastNumber < lastNumber) this.find({ what: 'seal-missing', seal: this.lastNumber + 1, to: lastNumber });
  }
}
