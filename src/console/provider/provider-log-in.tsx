/** The way in through the identity provider; nothing where the hub offers none. */
import { useEffect, useState } from 'react';
import { Button, Checkbox } from 'react-aria-components';
import type { ProviderOffer } from '#shared/protocol/provider-log-in.ts';
import type { ConsoleFailureCode } from '../hub-link.ts';
import { providerWords } from '../words/words.ts';
import { fetchOffer, leaveForProvider } from './provider-requests.ts';

interface Props {
  /** Null: a new try begins. */
  readonly onFailure: (code: ConsoleFailureCode | null) => void;
}

export function ProviderLogIn({ onFailure }: Props) {
  const [offer, setOffer] = useState<ProviderOffer | null>(null);
  const [shared, setShared] = useState(false);
  const [leaving, setLeaving] = useState(false);
  useEffect(() => void fetchOffer().then(setOffer), []);
  // Who comes back with the browser's own button finds the page as it was left.
  useEffect(() => {
    const shownAgain = () => setLeaving(false);
    window.addEventListener('pageshow', shownAgain);
    return () => window.removeEventListener('pageshow', shownAgain);
  }, []);
  if (!offer) return null;

  async function leave(): Promise<void> {
    if (leaving) return;
    setLeaving(true);
    onFailure(null);
    const code = await leaveForProvider(shared);
    // Until the other page is there, the button stays pressed.
    if (!code) return;
    setLeaving(false);
    onFailure(code);
  }

  return (
    <div className="other-way">
      <Button className="button wide" isPending={leaving} onPress={() => void leave()}>
        {leaving ? providerWords.leaving : providerWords.button}
      </Button>
      {offer.ask && (
        <Checkbox isSelected={shared} onChange={setShared} className="checkbox">
          <span className="checkbox-box" aria-hidden="true" />
          {providerWords.shared}
        </Checkbox>
      )}
      <p className="other-way-or">{providerWords.or}</p>
    </div>
  );
}
