/** Questions and lines on a terminal of text, or from a pipe. */
import { createInterface } from 'node:readline';
import { words } from './words-fr.ts';

export interface Dialogue {
  readonly say: (line: string) => void;
  /** Asks until the answer is understood. @param read null: not understood. @param usual what Enter stands for. */
  readonly ask: <T>(question: string, read: (answer: string) => T | null, usual?: string) => Promise<T>;
  /** How many were asked. */
  readonly questions: () => number;
  readonly close: () => void;
}

/** Nobody answers any more. */
export class NobodyThere extends Error {}

export function openDialogue(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Dialogue {
  const lines = createInterface({ input, output, terminal: false });
  const typed = lines[Symbol.asyncIterator]();
  let asked = 0;
  const say = (line: string): void => {
    output.write(`${line}\n`);
  };
  return {
    say,
    async ask(question, read, usual) {
      asked += 1;
      for (;;) {
        output.write(`\n${question}${usual ? ` [${usual}]` : ''} : `);
        const { value, done } = await typed.next();
        if (done) throw new NobodyThere();
        const answer = read(value.trim() || (usual ?? ''));
        if (answer !== null) return answer;
        say(words.notUnderstood);
      }
    },
    questions: () => asked,
    close: () => lines.close(),
  };
}
