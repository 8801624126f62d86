/** What a secret is verified with: argon2id, memory-hard, with a salt of its own. Loaded at first use. */
export async function hashSecret(secret: string): Promise<string> {
  const { hash } = await import('@node-rs/argon2');
  return hash(secret);
}

export async function secretMatches(verifier: string, secret: string): Promise<boolean> {
  const { verify } = await import('@node-rs/argon2');
  return verify(verifier, secret);
}
