/** Addresses that need no session come before everything else: a link that was mailed, a forgotten password, a call. */
import type { ReactNode } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import { INVITED_PATH } from '../invited/invitation-link.ts';
import { InvitedPage } from '../invited/invited-page.tsx';
import { ACCOUNT_PATH } from './account-page.tsx';
import { FORGOTTEN_PATH, ForgottenPage } from './forgotten-page.tsx';
import { WELCOME_PATH, WelcomePage } from './welcome-page.tsx';

interface Props {
  readonly isOut: boolean;
  /** Reads again who is logged in. */
  readonly onLoggedIn: () => Promise<void>;
  readonly children: ReactNode;
}

export function AccountAddress({ isOut, onLoggedIn, children }: Props) {
  const [location, navigate] = useHashLocation();
  const [first, token = '', ...rest] = location.split('/').filter(Boolean);
  if (first === INVITED_PATH) return <InvitedPage parts={[token, ...rest]} />;
  if (first === WELCOME_PATH) {
    return (
      <WelcomePage
        key={token}
        token={token}
        // There a second factor is offered.
        onLoggedIn={() => void onLoggedIn().then(() => navigate(`/${ACCOUNT_PATH}`, { replace: true }))}
      />
    );
  }
  return isOut && first === FORGOTTEN_PATH ? <ForgottenPage /> : children;
}
