/** Whose terminal this is: the commune's own logo and name. */
import type { ReactNode } from 'react';
import type { CommuneLook } from '#shared/ipc.ts';

export function Commune({ look }: { readonly look: CommuneLook }): ReactNode {
  return (
    <header className="commune">
      {look.logo && <img className="commune-logo" src={look.logo} alt="" />}
      <p className="text-m commune-name">{look.name}</p>
    </header>
  );
}
