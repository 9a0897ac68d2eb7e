/** The hub's routes for one's own account. */
import { z } from 'zod';
import {
  ownAccountAnswer,
  recoveryCodesAnswer,
  secondFactorAnswer,
  welcomeAnswer,
  welcomeLookAnswer,
} from '#shared/protocol/own-account.ts';
import { read, send } from '../api.ts';

const nothing = z.null();

export const fetchAccount = () => read('/api/account', ownAccountAnswer);
export const changePassword = (current: string, password: string) =>
  send('PUT', '/api/account/password', { current, password }, nothing);
export const beginFactor = (password: string) =>
  send('POST', '/api/account/second-factor', { password }, secondFactorAnswer);
export const confirmFactor = (code: string) =>
  send('POST', '/api/account/second-factor/confirm', { code }, recoveryCodesAnswer);
export const removeFactor = (password: string) =>
  send('DELETE', '/api/account/second-factor', { password }, nothing);
export const endSession = (sessionKey: string) =>
  send('DELETE', `/api/account/sessions/${encodeURIComponent(sessionKey)}`, null, nothing);
export const lookAtLink = (token: string) => send('POST', '/api/welcome/look', { token }, welcomeLookAnswer);
export const takeLink = (token: string, password: string) =>
  send('POST', '/api/welcome', { token, password }, welcomeAnswer);
export const askForLink = (email: string) => send('POST', '/api/forgotten', { email }, nothing);
