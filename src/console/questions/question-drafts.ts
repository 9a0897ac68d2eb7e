/** What is being written, in the page's memory only: it waits while another page is read. */
export interface AskDraft {
  readonly bodyId: string;
  readonly mairieId: string;
  readonly motive: string;
  readonly residentName: string;
  readonly contact: string;
  readonly text: string;
}

export interface QuestionDrafts {
  ask: AskDraft;
  /** By the question's id. */
  readonly entries: Map<string, string>;
}

export const EMPTY_QUESTION: AskDraft = {
  ...{ bodyId: '', mairieId: '', motive: '', residentName: '', contact: '', text: '' },
};

export function newQuestionDrafts(): QuestionDrafts {
  return { ask: EMPTY_QUESTION, entries: new Map() };
}
