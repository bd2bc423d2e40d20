/** What must come from outside: the world hands it in, a test hands in its own. The twin of `kernel/ports.py`. */

/** n -> n bytes that nobody can foresee. */
export type Random = (length: number) => Uint8Array;

/** One private key that signs and never leaves: who it speaks as, the method it signs for, 64 bytes of Ed25519. */
export interface Signer {
  readonly did: string;
  readonly method: string;
  sign(bytes: Uint8Array): Promise<Uint8Array> | Uint8Array;
}

/** What one service answered, whatever its status. */
export interface Answer {
  readonly mediaType: string;
  readonly body: Uint8Array;
}

/** POST to one service by path: bounded, timed, without cookies. Refuses `network_unavailable`. */
export type Post = (path: string, body: Uint8Array, mediaType: string) => Promise<Answer>;
