import { createHash } from 'node:crypto';

/** Tokens whose signature was found good, by digest: the least recently used goes first. Times are asked at every use. */
export class VerifiedTokens<T> {
  readonly #claims = new Map<string, T>();
  readonly #sizeMax: number;

  constructor(sizeMax: number) {
    this.#sizeMax = sizeMax;
  }

  get size(): number {
    return this.#claims.size;
  }

  get(token: string): T | undefined {
    const key = digest(token);
    const claims = this.#claims.get(key);
    if (claims === undefined) return undefined;
    this.#claims.delete(key);
    this.#claims.set(key, claims);
    return claims;
  }

  set(token: string, claims: T): void {
    this.#claims.set(digest(token), claims);
    if (this.#claims.size <= this.#sizeMax) return;
    const [oldest = ''] = this.#claims.keys();
    this.#claims.delete(oldest);
  }
}

const digest = (token: string): string => createHash('sha256').update(token).digest('base64');
