/** The hub's routes for what is kept, and what is held of one person. */
import { z } from 'zod';
import {
  type HeldThing,
  keptAnswer,
  type PersonBody,
  personAnswer,
} from '#shared/protocol/data-protection.ts';
import { read, send } from '../api.ts';

export const fetchKept = () => read('/api/kept', keptAnswer);
export const searchPerson = (wanted: PersonBody) => send('POST', '/api/persons/search', wanted, personAnswer);
export const eraseHeld = ({ domain, id }: HeldThing) =>
  send('POST', '/api/persons/erase', { domain, id }, z.null());
