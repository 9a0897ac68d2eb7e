import type { Account, Administrator, Operator } from '../accounts/store.ts';

/** Says who is who: an administrator for all, an operator for the mairies of his group. */
export type Keeper = Administrator | Operator;

export function isKeeper(account: Account | null): account is Keeper {
  return account?.role === 'administrator' || account?.role === 'operator';
}

/** Null: everything. */
export function groupOf(keeper: Keeper): string | null {
  return keeper.role === 'operator' ? keeper.territoryId : null;
}
