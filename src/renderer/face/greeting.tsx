/** The resident's name: sealed for this page, opened here and nowhere else in the terminal. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import type { PageWords } from '#sealing/page-words.ts';
import type { FaceClient } from '#shared/ipc.ts';
import { greetingName } from '#shared/sealing.ts';

type OpenGreeting = (visitId: string, sealed: string) => Promise<string | null>;

const Opener = createContext<OpenGreeting>(async () => null);

interface Props {
  readonly client: FaceClient;
  readonly words: Promise<PageWords>;
  readonly children: ReactNode;
}

/** Tells main of this page's key: whoever knows the name seals it for that. Drawn once main has shown that it listens. */
export function GreetingOpener({ client, words, children }: Props): ReactNode {
  useEffect(() => {
    void words.then(({ publicKey }) => client.greetingKey(publicKey));
  }, [client, words]);
  const open = useCallback<OpenGreeting>(
    async (visitId, sealed) => (await words).open(greetingName(visitId), sealed),
    [words],
  );
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
