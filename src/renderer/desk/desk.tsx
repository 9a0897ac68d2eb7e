/** The desk screen's page: the second of the two screens, where papers lie between two people. */
import '../look/look.css';
import './desk.css';
import type { DeskClient } from '#shared/ipc.ts';
import { mountScreen } from '../look/mount-screen.tsx';
import { terminalClient } from '../look/terminal.ts';
import { DeskScreen } from './desk-screen.tsx';

const client = terminalClient<DeskClient>();

mountScreen(client, ({ view }) => <DeskScreen view={view} sheetFailed={client.sheetFailed} />);
