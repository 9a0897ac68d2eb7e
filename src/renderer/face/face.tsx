/** The face screen's page: the first of the two screens, where the counsellor's face will be. */
import '../look/look.css';
import './face.css';
import { createPageWords } from '#sealing/page-words.ts';
import type { FaceClient } from '#shared/ipc.ts';
import { mountScreen } from '../look/mount-screen.tsx';
import { terminalClient } from '../look/terminal.ts';
import { FaceScreen } from './face-screen.tsx';
import { GreetingOpener } from './greeting.tsx';

const client = terminalClient<FaceClient>();
const words = createPageWords();

mountScreen(client, ({ view }) => (
  <GreetingOpener client={client} words={words}>
    <FaceScreen view={view} />
  </GreetingOpener>
));
