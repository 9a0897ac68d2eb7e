/** The resident's name: sealed for this page, opened here and nowhere else in the terminal. */
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { createPageWords } from '#sealing/page-words.ts';
import type { FaceClient } from '#shared/ipc.ts';
import { greetingName } from '#shared/sealing.ts';

type OpenGreeting = (visitId: string, sealed: string) => Promise<string | null>;

const Opener = createContext<OpenGreeting>(async () => null);

/** Makes this page's key and tells main of it: whoever knows the name seals it for that key. */
export function greetingOpener(client: FaceClient): OpenGreeting {
  const ready = createPageWords();
  void ready.then(({ publicKey }) => client.greetingKey(publicKey));
  return async (visitId, sealed) => (await ready).open(greetingName(visitId), sealed);
}

export function GreetingOpener({
  open,
  children,
}: {
  readonly open: OpenGreeting;
  readonly children: ReactNode;
}): ReactNode {
  return <Opener value={open}>{children}</Opener>;
}

/** Undefined: not open yet, which takes an instant. Null: there is no name to say. */
export function useGreeting(visitId: string, sealed: string | null): string | null | undefined {
  const open = useContext(Opener);
  const [opened, setOpened] = useState<{ readonly sealed: string; readonly name: string | null } | null>(
    null,
  );
  useEffect(() => {
    if (sealed === null) return;
    let wanted = true;
    void open(visitId, sealed).then((name) => {
      if (wanted) setOpened({ sealed, name });
    });
    return () => {
      wanted = false;
    };
  }, [open, visitId, sealed]);
  if (sealed === null) return null;
  return opened?.sealed === sealed ? opened.name : undefined;
}
