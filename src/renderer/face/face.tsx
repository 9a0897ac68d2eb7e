/** The face screen's page: the first of the two screens, where the counsellor's face will be. */
import '../look/look.css';
import './face.css';
import type { FaceClient } from '#shared/ipc.ts';
import { mountScreen } from '../look/mount-screen.tsx';
import { terminalClient } from '../look/terminal.ts';
import { FaceScreen } from './face-screen.tsx';
import { GreetingOpener, greetingOpener } from './greeting.tsx';

const client = terminalClient<FaceClient>();
const open = greetingOpener(client);

mountScreen(client, ({ view }) => (
  <GreetingOpener open={open}>
    <FaceScreen view={view} />
  </GreetingOpener>
));
