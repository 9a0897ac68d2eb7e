/** The hub's routes for written questions. */
import { z } from 'zod';
import {
  type Absence,
  type AskBody,
  absenceAnswer,
  askAnswer,
  fileAnswer,
  questionsAnswer,
  questionView,
  type WriteBody,
  waitingAnswer,
} from '#shared/protocol/questions.ts';
import { type HttpAnswer, read, send, sendBytes } from '../api.ts';

const at = (questionId: string) => `/api/questions/${encodeURIComponent(questionId)}`;

export const fetchWaiting = () => read('/api/questions/waiting', waitingAnswer);
export const fetchQuestions = () => read('/api/questions', questionsAnswer);
export const fetchQuestion = (questionId: string) => read(at(questionId), questionView);
export const closeQuestion = (questionId: string) => send('POST', `${at(questionId)}/close`, {}, z.null());
export const fetchAbsence = () => read('/api/absence', absenceAnswer);
export const setAbsence = (absence: Absence | null) => send('PUT', '/api/absence', { absence }, z.null());

export async function ask(question: Omit<AskBody, 'files'>, files: readonly File[]) {
  const ids = await upload(files);
  return ids.ok ? send('POST', '/api/questions', { ...question, files: ids.value }, askAnswer) : ids;
}

export async function write(questionId: string, entry: Omit<WriteBody, 'files'>, files: readonly File[]) {
  const ids = await upload(files);
  return ids.ok ? send('POST', `${at(questionId)}/entries`, { ...entry, files: ids.value }, z.null()) : ids;
}

/** One after the other: on a slow line each of several at once would run out of time. */
async function upload(files: readonly File[]): Promise<HttpAnswer<string[]>> {
  const ids: string[] = [];
  for (const file of files) {
    const name = file.name.trim().slice(0, 200);
    const answer = await sendBytes(`/api/question-files?${new URLSearchParams({ name })}`, file, fileAnswer);
    if (!answer.ok) return answer;
    ids.push(answer.value.fileId);
  }
  return { ok: true, value: ids };
}
