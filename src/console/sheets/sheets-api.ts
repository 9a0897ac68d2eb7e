/** The hub's routes for sheets. */
import { z } from 'zod';
import { type SheetBody, sheetsAnswer, sheetView, sheetWrittenAnswer } from '#shared/protocol/sheets.ts';
import { askHub, post } from '../api.ts';

const nothing = z.null();
const at = (sheetId: string) => `/api/sheets/${encodeURIComponent(sheetId)}`;

export type SheetList = 'recent' | 'favourites' | 'own';

export const fetchSheets = (list: SheetList) => askHub(sheetsAnswer, `/api/sheets/${list}`);

export const searchSheets = (words: string) =>
  askHub(sheetsAnswer, `/api/sheets/search?${new URLSearchParams({ words })}`);

export const fetchSheet = (sheetId: string) => askHub(sheetView, at(sheetId));

export const writeSheet = (sheet: SheetBody) => askHub(sheetWrittenAnswer, '/api/sheets', post(sheet));

/** @param basedOn when what was changed here was written. */
export const changeSheet = (sheetId: string, sheet: SheetBody, basedOn: number) =>
  askHub(sheetWrittenAnswer, at(sheetId), post({ ...sheet, basedOn }, 'PUT'));

export const withdrawSheet = (sheetId: string) => askHub(nothing, at(sheetId), { method: 'DELETE' });

export const setFavourite = (sheetId: string, favourite: boolean) =>
  askHub(nothing, `${at(sheetId)}/favourite`, post({ favourite }, 'PUT'));
