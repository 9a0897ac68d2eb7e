/** The hub's routes for people and places. */
import { z } from 'zod';
import {
  type BodyBody,
  type GroupBody,
  type InviteBody,
  linkAnswer,
  type MairieBody,
  type NewMairieBody,
  type PersonBody,
  peopleAnswer,
  placeAnswer,
} from '#shared/protocol/people.ts';
import { read, send } from '../api.ts';

const nothing = z.null();
const at = (accountId: string) => `/api/people/accounts/${encodeURIComponent(accountId)}`;

export const fetchPeople = () => read('/api/people', peopleAnswer);
export const invite = (person: InviteBody) => send('POST', '/api/people/accounts', person, linkAnswer);
export const changePerson = (accountId: string, change: PersonBody) =>
  send('PUT', at(accountId), change, nothing);
export const lockPerson = (accountId: string, locked: boolean) =>
  send('PUT', `${at(accountId)}/lock`, { locked }, nothing);
export const removePerson = (accountId: string) => send('DELETE', at(accountId), null, nothing);
export const removeFactorOf = (accountId: string) =>
  send('DELETE', `${at(accountId)}/second-factor`, null, nothing);
export const sendLinkTo = (accountId: string) => send('POST', `${at(accountId)}/link`, null, linkAnswer);

export const addMairie = (mairie: NewMairieBody) => send('POST', '/api/people/mairies', mairie, placeAnswer);
export const changeMairie = (mairieId: string, mairie: MairieBody) =>
  send('PUT', `/api/people/mairies/${mairieId}`, mairie, placeAnswer);
export const addGroup = (group: GroupBody) => send('POST', '/api/people/groups', group, placeAnswer);
export const changeGroup = (groupId: string, group: GroupBody) =>
  send('PUT', `/api/people/groups/${groupId}`, group, placeAnswer);
export const addBody = (body: BodyBody) => send('POST', '/api/people/bodies', body, placeAnswer);
export const changeBody = (bodyId: string, body: BodyBody) =>
  send('PUT', `/api/people/bodies/${bodyId}`, body, placeAnswer);
