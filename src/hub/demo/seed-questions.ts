/** Asks and answers the made-up department's written questions as its people would have: nothing is mailed to anybody. */
import { z } from 'zod';
import type { Result } from '#shared/failure.ts';
import { type Account, findAccountByEmail } from '../accounts/store.ts';
import type { Database } from '../database/database.ts';
import { createMailbox, mail } from '../mail/mailbox.ts';
import { createQuestionSeals } from '../questions/seals.ts';
import { createQuestionStore, type QuestionStore } from '../questions/store.ts';
import { deriveKey } from '../secret.ts';
import { createSeal } from '../visits/personal-seal.ts';
import { type DepartmentQuestion, QUESTIONS } from './department-questions.ts';

interface QuestionDeps {
  readonly database: Database;
  readonly secret: Uint8Array;
  /** Of the clerk. */
  readonly mairieId: string;
  readonly now: number;
}

const HOUR = 3_600_000;

/** In a department whose bodies each have a correspondent. */
export async function seedQuestions(deps: QuestionDeps): Promise<void> {
  const people = await deps.database.rows(
    z.object({ email: z.string(), role: z.string(), body: z.string().nullable() }),
    `select a.email, a.role, b.name as body from accounts a left join bodies b on b.id = a.body_id
     where a.role in ('clerk', 'agent', 'correspondent') order by a.email`,
  );
  const questions = silentStore(deps);
  for (const question of QUESTIONS) {
    const asks = people.find(({ role }) => role === question.by);
    const answers = people.find(
      ({ role, body }) => role === 'correspondent' && body?.startsWith(question.body),
    );
    await play({ ...deps, questions }, question, {
      asks: await accountOf(deps.database, asks?.email),
      answers: await accountOf(deps.database, answers?.email),
    });
  }
}

/** Nobody in it has a mailbox, and what is told here is over. */
function silentStore({ database, secret, now }: QuestionDeps): QuestionStore {
  return createQuestionStore({
    ...{ database, seals: createQuestionSeals(deriveKey(secret, 'questions')), origin: () => '' },
    mailbox: createMailbox({
      ...{ available: false, seal: createSeal(deriveKey(secret, 'mail'), mail) },
      ...{ clock: () => now, onHurry: () => undefined },
    }),
  });
}

async function play(
  { questions, mairieId, now }: QuestionDeps & { readonly questions: QuestionStore },
  { body: _body, by: _by, ago, entries, handedOver, ...asked }: DepartmentQuestion,
  { asks, answers }: { readonly asks: Account; readonly answers: Account },
): Promise<void> {
  const at = (hours: number) => now - hours * HOUR;
  if (answers.role !== 'correspondent') throw new Error('Nobody answers for this body.');
  const elsewhere = asks.role === 'agent' ? asks.mairieIds.find((one) => one !== mairieId) : mairieId;
  const place = { bodyId: answers.bodyId, mairieId: elsewhere ?? mairieId };
  const questionId = kept(await questions.ask(asks, { ...asked, ...place, files: [] }, at(ago)));
  for (const [index, { kind, text, ago: later }] of entries.entries()) {
    const writer = kind === 'reply' ? asks : answers;
    kept(await questions.write(writer, questionId, { kind, text, files: [], seen: index + 1 }, at(later)));
  }
  if (handedOver !== undefined) kept(await questions.close(questionId, at(handedOver)));
}

function kept<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`A question of the demo was refused: ${result.failure.code}`);
  return result.value;
}

async function accountOf(database: Database, email = ''): Promise<Account> {
  const found = await findAccountByEmail(database, email);
  if (!found) throw new Error(`Nobody is "${email}".`);
  return found.account;
}
