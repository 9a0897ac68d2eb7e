/** What is sealed of questions: each kind under a key that is used for questions only. */
import { z } from 'zod';
import { questionPerson } from '#shared/protocol/questions.ts';
import { createSeal, type Seal } from '../visits/personal-seal.ts';

const written = z.strictObject({ author: z.string(), text: z.string() });
const named = z.strictObject({ name: z.string() });
const content = z.strictObject({ base64: z.string() });

export interface QuestionSeals {
  readonly person: Seal<z.infer<typeof questionPerson>>;
  readonly entry: Seal<z.infer<typeof written>>;
  readonly fileName: Seal<z.infer<typeof named>>;
  readonly file: Seal<z.infer<typeof content>>;
}

/** @param key 32 bytes, derived for questions. @param former keys that it had before, the latest first. */
export function createQuestionSeals(key: Uint8Array, former: readonly Uint8Array[] = []): QuestionSeals {
  return {
    person: createSeal(key, questionPerson, former),
    entry: createSeal(key, written, former),
    fileName: createSeal(key, named, former),
    file: createSeal(key, content, former),
  };
}
