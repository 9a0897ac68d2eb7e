/** The way in with a passkey; nothing where the browser has none to give. */
import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { passkeyWords } from '../words/words.ts';
import { passkeysWork } from './authenticator.ts';
import { logInWithPasskey } from './passkey-requests.ts';

interface Props {
  /** Null: a new try begins. */
  readonly onFailure: (code: ConsoleFailureCode | null) => void;
  readonly onLoggedIn: () => void;
}

export function PasskeyLogIn({ onFailure, onLoggedIn }: Props) {
  const [asking, setAsking] = useState(false);
  if (!passkeysWork()) return null;

  async function ask(): Promise<void> {
    if (asking) return;
    setAsking(true);
    onFailure(null);
    const done = await logInWithPasskey();
    setAsking(false);
    if (done.ok) onLoggedIn();
    else onFailure(done.code);
  }

  return (
    <div className="other-way">
      <p className="other-way-or">{passkeyWords.or}</p>
      <Button className="button wide" isPending={asking} onPress={() => void ask()}>
        {asking ? passkeyWords.waiting : passkeyWords.button}
      </Button>
      <p className="muted">{passkeyWords.buttonNote}</p>
    </div>
  );
}
