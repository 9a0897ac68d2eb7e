/** The hub's routes for sheets. */
import { z } from 'zod';
import { type SheetBody, sheetsAnswer, sheetView, sheetWrittenAnswer } from '#shared/protocol/sheets.ts';
import { read, send } from '../api.ts';

const nothing = z.null();
const at = (sheetId: string) => `/api/sheets/${encodeURIComponent(sheetId)}`;

export type SheetList = 'recent' | 'favourites' | 'own';

export const fetchSheets = (list: SheetList) => read(`/api/sheets/${list}`, sheetsAnswer);

export const searchSheets = (words: string) =>
  read(`/api/sheets/search?${new URLSearchParams({ words })}`, sheetsAnswer);

export const fetchSheet = (sheetId: string) => read(at(sheetId), sheetView);

export const writeSheet = (sheet: SheetBody) => send('POST', '/api/sheets', sheet, sheetWrittenAnswer);

/** @param basedOn when what was changed here was written. */
export const changeSheet = (sheetId: string, sheet: SheetBody, basedOn: number) =>
  send('PUT', at(sheetId), { ...sheet, basedOn }, sheetWrittenAnswer);

export const withdrawSheet = (sheetId: string) => send('DELETE', at(sheetId), null, nothing);

export const setFavourite = (sheetId: string, favourite: boolean) =>
  send('PUT', `${at(sheetId)}/favourite`, { favourite }, nothing);
