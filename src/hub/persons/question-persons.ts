/** What is held of a person in written questions: until their purge, the whole thread. */
import type { Database } from '../database/database.ts';
import type { Mailbox } from '../mail/mailbox.ts';
import { readQuestion } from '../questions/read-question.ts';
import { findQuestion, questionsOfMairies } from '../questions/rows.ts';
import type { QuestionSeals } from '../questions/seals.ts';
import type { QuestionStore } from '../questions/store.ts';
import { matches, type PersonDomain } from './person-domain.ts';

interface QuestionPersonsDeps {
  readonly database: Database;
  readonly questions: Pick<QuestionStore, 'erase'>;
  readonly questionSeals: QuestionSeals;
  readonly mailbox: Mailbox;
  readonly clock: () => number;
}

export function questionPersons(deps: QuestionPersonsDeps): PersonDomain {
  const { database, questions, questionSeals: seals, mailbox, clock } = deps;
  return {
    name: 'question',
    async find(wanted, { mairieIds }) {
      const all = await questionsOfMairies(database, [...mairieIds]);
      const theirs = all.filter(({ questionId, sealed }) =>
        matches(wanted, { names: [seals.person.open(questionId, sealed).residentName] }),
      );
      return Promise.all(
        theirs.map(async (record) => {
          const read = await readQuestion(database, record, { seals, mailbox, now: clock() });
          return {
            domain: 'question' as const,
            id: record.questionId,
            what: `Question écrite de ${record.mairie}, à ${record.body}`,
            at: record.askedAt,
            fields: [
              { name: 'Nom', value: read.residentName },
              { name: 'Motif', value: read.motive },
              ...(read.contact ? [{ name: 'Pour joindre la personne', value: read.contact }] : []),
              ...read.entries.flatMap(({ author, text, files }) => [
                { name: `Écrit par ${author}`, value: text },
                ...files.map(({ name }) => ({ name: 'Pièce jointe', value: name })),
              ]),
            ],
            effect: 'L’échange et ses pièces jointes disparaissent ; une question sans réponse est close.',
            whyNot: null,
          };
        }),
      );
    },
    async erase(id, { mairieIds }) {
      const found = await findQuestion(database, id);
      if (!found || !mairieIds.has(found.mairieId)) return 'notFound';
      return (await questions.erase(id, clock())) ? 'erased' : 'notFound';
    },
  };
}
