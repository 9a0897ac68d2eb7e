/** Second factors: codes of an authenticator (TOTP, RFC 6238) and, when the telephone is lost, recovery codes. */
import { createHmac, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { z } from 'zod';
import type { Database, Queries } from '../database/database.ts';
import type { Seal } from '../visits/personal-seal.ts';

/** The shared secret, base32. */
export const secondFactorSecret = z.string().regex(/^[A-Z2-7]{32}$/);

export interface SecondFactors {
  /** Null: none, or one that was never confirmed. */
  readonly of: (accountId: string) => Promise<{ readonly recoveryCodesLeft: number } | null>;
  /** A new secret that counts from its confirmation on; null where a confirmed one is there. */
  readonly begin: (
    accountId: string,
    email: string,
  ) => Promise<{ readonly secret: string; readonly address: string } | null>;
  /** @returns ten recovery codes, shown this once; null: the code is wrong, or nothing was begun. */
  readonly confirm: (accountId: string, code: string) => Promise<readonly string[] | null>;
  /** Six digits or a recovery code, each good once. 'recovery': a recovery code was used up. */
  readonly take: (accountId: string, code: string) => Promise<'code' | 'recovery' | null>;
  /** False: there was none. */
  readonly remove: (accountId: string) => Promise<boolean>;
}

export interface SecondFactorDeps {
  readonly database: Database;
  readonly seal: Seal<string>;
  /** Of the recovery codes' hashes. */
  readonly key: Uint8Array;
  /** Of former secrets: codes that were written down then still count. */
  readonly formerKeys: readonly Uint8Array[];
  readonly clock: () => number;
}

const STEP_SECONDS = 30;
/** RFC 6238, 5.2: one step for a clock that drifts and a person who types slowly. */
const DRIFT_STEPS = 1;
const RECOVERY_CODES = 10;
const SECRET_BYTES = 20;
const RECOVERY_BYTES = 10;

const factorRow = z.object({ sealed: z.instanceof(Uint8Array), last_step: z.number() });

export function createSecondFactors(deps: SecondFactorDeps): SecondFactors {
  const { database, seal, key, formerKeys, clock } = deps;
  const hashOf = (accountId: string, code: string, by = key) =>
    createHmac('sha256', by).update(`${accountId} ${code}`).digest('base64url');

  /** The step of a right code; null for a wrong one. */
  function stepOf(accountId: string, sealed: Uint8Array, code: string): number | null {
    const timestamp = clock();
    const totp = new TOTP({ secret: Secret.fromBase32(seal.open(accountId, sealed)), period: STEP_SECONDS });
    const drift = totp.validate({ token: code, timestamp, window: DRIFT_STEPS });
    return drift === null ? null : Math.floor(timestamp / 1000 / STEP_SECONDS) + drift;
  }

  /** Of two who bring one code at once, one wins: the row says which step was taken last. */
  async function takeStep(queries: Queries, accountId: string, code: string, confirmed: boolean) {
    const [factor] = await queries.rows(
      factorRow,
      'select sealed, last_step from second_factors where account_id = $1 and confirmed = $2',
      [accountId, confirmed],
    );
    const step = factor && stepOf(accountId, factor.sealed, code);
    if (!step) return false;
    return (
      (await queries.run(
        `update second_factors set last_step = $2, confirmed = true
         where account_id = $1 and last_step < $2 and confirmed = $3`,
        [accountId, step, confirmed],
      )) > 0
    );
  }

  return {
    async of(accountId) {
      const [found] = await database.rows(
        z.object({ left: z.number() }),
        `select count(r.code_hash)::int as left from second_factors f
         left join recovery_codes r on r.account_id = f.account_id
         where f.account_id = $1 and f.confirmed group by f.account_id`,
        [accountId],
      );
      return found ? { recoveryCodesLeft: found.left } : null;
    },
    async begin(accountId, email) {
      const secret = new Secret({ buffer: new Uint8Array(randomBytes(SECRET_BYTES)).buffer });
      const begun = await database.run(
        `insert into second_factors (account_id, sealed) values ($1, $2)
         on conflict (account_id) do update set sealed = excluded.sealed, last_step = 0
         where not second_factors.confirmed`,
        [accountId, seal.seal(accountId, secret.base32)],
      );
      if (begun === 0) return null;
      const totp = new TOTP({ issuer: 'Vis-à-vis', label: email, secret, period: STEP_SECONDS });
      return { secret: secret.base32, address: totp.toString() };
    },
    async confirm(accountId, code) {
      const codes = Array.from(
        { length: RECOVERY_CODES },
        () => new Secret({ buffer: new Uint8Array(randomBytes(RECOVERY_BYTES)).buffer }).base32,
      );
      const confirmed = await database.transaction(async (queries) => {
        if (!(await takeStep(queries, accountId, code, false))) return false;
        await queries.run(
          'insert into recovery_codes (account_id, code_hash) select $1::uuid, unnest($2::text[])',
          [accountId, codes.map((each) => hashOf(accountId, each))],
        );
        return true;
      });
      if (!confirmed) return null;
      return codes.map((each) => each.match(/.{4}/g)?.join('-') ?? each);
    },
    async take(accountId, code) {
      if (/^\d{6}$/.test(code)) return (await takeStep(database, accountId, code, true)) ? 'code' : null;
      const used = await database.run(
        'delete from recovery_codes where account_id = $1 and code_hash = any($2::text[])',
        [accountId, [key, ...formerKeys].map((by) => hashOf(accountId, code, by))],
      );
      return used > 0 ? 'recovery' : null;
    },
    remove: async (accountId) =>
      (await database.run('delete from second_factors where account_id = $1', [accountId])) > 0,
  };
}
