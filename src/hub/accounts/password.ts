/** argon2id with OWASP's minimum for interactive log-in: 19 MiB, 2 passes, 1 lane. */
import { hash as argonHash, type Options, verify } from '@node-rs/argon2';

/** 2 = Algorithm.Argon2id, which the package exports as a const enum that isolated modules cannot read. */
const OPTIONS: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return argonHash(password, OPTIONS);
}

/** The hash of a password that nobody has: compared for an unknown e-mail, so that the answer takes as long. */
const nobody = hashPassword(crypto.randomUUID());

/** @param passwordHash null for an account that does not exist: takes as long, answers false. */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await nobody), password);
  return matches && passwordHash !== null;
}
